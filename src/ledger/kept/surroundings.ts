import { findPaths } from '../../git/find-paths.ts';
import { statWorktreeFile } from '../../git/read-worktree.ts';
import { describeGit } from '../../git/witness.ts';
import type { OpenedRevision } from '../sources/open-revision.ts';

/** All that the links of a record follow from, beside the record: what git knows, and what lies at the paths that are mentioned. */
export interface Surroundings {
  git: string;
  /** Nothing but git decides what is there in a commit. */
  paths: { wanted: readonly string[]; there: readonly string[]; read: readonly (readonly [path: string, stat: string | null])[] } | null;
}

/**
 * What the links of a revision, which have just been made, follow from; null where that cannot be told. `git` is its digest from before they were made, and
 * `started` a moment before that, in milliseconds.
 */
export function describeSurroundings({ repository, source, sightings }: OpenedRevision, git: string | null, started: number): Surroundings | null {
  if (git === null || sightings === null || source.kind === 'index') return null;
  if (source.kind === 'commit') return { git, paths: null };
  const read = sightings.read.map((path) => [path, statWorktreeFile(repository, path, started)] as const);
  // What changed while it was read may have been read before or after.
  if (read.some(([, stat]) => stat === 'young')) return null;
  return { git, paths: { wanted: sightings.wanted, there: [...sightings.there], read } };
}

/** Whether links made in such surroundings are what they would be now. */
export async function areSame({ repository, source }: OpenedRevision, { git, paths }: Surroundings, now: number): Promise<boolean> {
  if (describeGit(repository, now) !== git || (paths === null) !== (source.kind === 'commit')) return false;
  if (paths === null) return true;
  const there = await findPaths(repository, source, paths.wanted);
  const isAsBefore = there.size === paths.there.length && paths.there.every((path) => there.has(path));
  return isAsBefore && paths.read.every(([path, stat]) => statWorktreeFile(repository, path, now) === stat);
}
