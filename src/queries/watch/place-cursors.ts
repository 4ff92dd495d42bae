import type { Ancestry } from '../../git/follow-head.ts';

/**
 * After which commits of a stretch of history everything up to there has been passed, so that a reader who goes on from such a commit misses nothing
 * and gets nothing twice: those that all commits before them lead to. `start` are the commits that the stretch begins behind.
 */
export function findCuts(stretch: readonly Ancestry[], start: readonly string[]): Set<string> {
  const cuts = new Set<string>();
  const heads = new Set(start);
  for (const { commit, parents } of stretch) {
    for (const parent of parents) heads.delete(parent);
    heads.add(commit);
    if (heads.size === 1) cuts.add(commit);
  }
  return cuts;
}
