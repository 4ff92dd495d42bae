import type { Versions } from '../../git/merge-texts.ts';

/**
 * A line that one side has, the other did not take out, and the merged text lacks, as a sentence; null where there is none. What both sides added
 * may stand once.
 */
export function findLoss({ base, ours, theirs }: Versions, merged: Uint8Array): string | null {
  const [o, a, b, m] = [countLines(base), countLines(ours), countLines(theirs), countLines(merged)];
  for (const line of new Set([...a.keys(), ...b.keys()])) {
    const count = (counts: Map<string, number>): number => counts.get(line) ?? 0;
    const goneFrom = (side: Map<string, number>): number => Math.max(0, count(o) - count(side));
    const expected = Math.max(count(a) - goneFrom(b), count(b) - goneFrom(a));
    if (count(m) < expected) return `the line "${line.slice(0, 80)}" would be lost`;
  }
  return null;
}

/** How often each line stands there, blank ones left out; as bytes, one character each. */
function countLines(bytes: Uint8Array): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of Buffer.from(bytes).toString('latin1').split(/\r\n|\r|\n/u)) {
    if (line.trim() !== '') counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  return counts;
}
