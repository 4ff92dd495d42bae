import { diffArrays } from 'diff';

/** A run of lines that stayed, went or came. */
export interface LineRun {
  what: 'kept' | 'removed' | 'added';
  lines: readonly string[];
}

/** Beyond so many changed lines the two have little in common, and finding it would cost the square of them. */
const mostChanges = 4000;

/** The lines of a text, without their line feeds. */
export function splitLines(bytes: Buffer): string[] {
  const lines = bytes.toString('utf8').split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** What lies between two texts. Where they differ in too much, all between their common beginning and end went and came. */
export function compareLines(before: readonly string[], after: readonly string[]): LineRun[] {
  const parts = diffArrays([...before], [...after], { maxEditLength: mostChanges });
  if (parts) return parts.map(({ added, removed, value }) => ({ what: added ? 'added' : removed ? 'removed' : 'kept', lines: value }));
  const least = Math.min(before.length, after.length);
  let head = 0;
  while (head < least && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < least - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  const runs: LineRun[] = [
    { what: 'kept', lines: before.slice(0, head) },
    { what: 'removed', lines: before.slice(head, before.length - tail) },
    { what: 'added', lines: after.slice(head, after.length - tail) },
    { what: 'kept', lines: before.slice(before.length - tail) },
  ];
  return runs.filter(({ lines }) => lines.length > 0);
}

/** For each new line (from 1) the old line (from 1) that it is, 0 where it is none. */
export function keptLines(runs: readonly LineRun[]): Int32Array {
  const kept = [0];
  let old = 0;
  for (const { what, lines } of runs) {
    for (let step = 1; step <= lines.length; step += 1) if (what !== 'removed') kept.push(what === 'kept' ? old + step : 0);
    if (what !== 'added') old += lines.length;
  }
  return Int32Array.from(kept);
}
