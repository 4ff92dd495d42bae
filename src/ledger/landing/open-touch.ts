import type { Entry } from '../../contract/schema/entry.ts';
import { readLaterNames } from '../../git/landing/later-names.ts';
import type { GitPlace } from '../../git/run-git.ts';
import { judgeTouch, namedPaths, type PathFacts } from './judge-touch.ts';
import type { LandingCommit } from './types.ts';

/** Says why a commit may not close an item; null: it changes what the item names. */
export type Touch = (item: Entry, commit: LandingCommit) => string | null;

/**
 * The touch rule with renames followed. They cost a walk of history, so they are looked for only where one of the pairs that will be judged
 * changes nothing under the names that the item uses, and then for all of these at once.
 */
export async function openTouch(repository: GitPlace, facts: Omit<PathFacts, 'laterNames'>, pairs: readonly { item: Entry | undefined; commit: LandingCommit }[]): Promise<Touch> {
  const plain: PathFacts = { ...facts, laterNames: () => [] };
  const named = pairs.flatMap(({ item, commit }) => (item && judgeTouch(item, commit, plain) !== null ? namedPaths(item, facts) : []));
  const later = named.length === 0 ? new Map<string, Set<string>>() : await readLaterNames(repository, named);
  return (item, commit) => judgeTouch(item, commit, { ...facts, laterNames: (path) => later.get(path) ?? [] });
}
