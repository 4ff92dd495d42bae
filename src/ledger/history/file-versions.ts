import type { History } from '../../git/history/history.ts';

/** One version of a file: a commit that changed it, or (without commit) what is not committed yet. */
export interface Version {
  commit: string | null;
  /** Commit time, UTC. */
  at: string | null;
  /** The commit before it, which holds the version that this one replaced. */
  parent: string | null;
  before: string | null;
  /** Null when the file is gone. */
  after: string | null;
}

/** All versions of a file, oldest first, those under earlier names too; and, where the source differs from its commit, what it has now. */
export function listVersions(history: History, parents: ReadonlyMap<string, string | null>, path: string, now: { tip: string | null; blob: string | null }): Version[] {
  const versions = history.versions(path).map(({ commit, commitTime, change, blob }): Version => ({ commit, at: commitTime, parent: parents.get(commit) ?? null, before: change.before, after: blob }));
  const committed = history.blob(path);
  return committed === now.blob ? versions : [...versions, { commit: null, at: null, parent: now.tip, before: committed, after: now.blob }];
}

/** The first parent of every commit of a history. */
export function firstParents(history: History): Map<string, string | null> {
  return new Map(
    history.ordinals().map((ordinal) => {
      const { commit, parents } = history.commit(ordinal);
      return [commit, parents[0] ?? null];
    }),
  );
}

/** Did the file go on under another name? Then its history stands there. */
export function wasRenamed(history: History, path: string): boolean {
  const last = history.versions(path).at(-1);
  return last !== undefined && last.blob === null && last.change.from === path && last.change.path !== path;
}
