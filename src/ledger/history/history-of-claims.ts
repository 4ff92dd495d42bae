import type { Version } from './file-versions.ts';
import type { ClaimSketch, Sketches } from './version-sketch.ts';
import { keyInOrder, walkEpisodes, type Episode } from './walk-episodes.ts';

/** Does a commit's subject claim the gate? */
export type Declares = (commit: string | null, phase: string, gate: string) => boolean;

/**
 * The claims that a file has held: STATUS is rewritten, so most of them stand in history only. A claim is made anew when it says RE-CLAIMED, gives
 * another date, or when a claim commit of its gate rewrites it; it is back, not new, when it reappears with the date that it had.
 */
export function listClaimEpisodes(versions: readonly Version[], sketches: Sketches, declares: Declares): Episode<ClaimSketch>[] {
  return walkEpisodes<ClaimSketch>(versions, {
    read: (blob) => keyClaims(blob === null ? [] : (sketches.get(blob)?.claims ?? [])),
    same: (before, now) => before.line === now.line && before.endLine === now.endLine && before.title === now.title,
    isAnew: (before, now, version) => (now.reclaim && isReworded(before, now)) || differ(before.date, now.date) || declares(version.commit, now.phase, now.gate),
    isBack: (ended, now, version) => now.date !== null && ended.date === now.date && ended.time === now.time && !now.reclaim && !declares(version.commit, now.phase, now.gate),
  });
}

/** Claims by gate; of several claims of one gate in a version, by their order. */
export function keyClaims(claims: readonly ClaimSketch[]): Map<string, ClaimSketch> {
  return keyInOrder(claims, ({ phase, gate }) => `${phase}/${gate}`);
}

function isReworded(before: ClaimSketch, now: ClaimSketch): boolean {
  return !before.reclaim || before.title !== now.title || before.date !== now.date || before.time !== now.time || before.claimCommit !== now.claimCommit;
}

function differ(before: string | null, now: string | null): boolean {
  return before !== null && now !== null && before !== now;
}
