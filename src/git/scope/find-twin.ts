import { findUnreachable } from '../landing/reach.ts';
import { readPatchIds } from '../landing/patch-ids.ts';
import type { Repository } from '../open-repository.ts';
import { resolveCommits } from '../resolve-commits.ts';
import { runGit } from '../run-git.ts';
import { scopedTree } from './compare-files.ts';
import { filesOfCommit, rootOfCommit } from './read-files.ts';
import type { InScope } from './scope.ts';

/** The commit of a history that a recorded one is, or stands for it now. */
export interface Twin {
  commit: string;
  by: 'ancestor' | 'tree' | 'patch-id';
}

/** A rewritten commit is looked for among so many of the newest ones. */
const mostLooked = 200;

/**
 * The commit in the history of `head` that `commit` is, or was rewritten to: it is reachable, or a reachable one has its tree in scope or its
 * patch-id. Null where there is none. `tree` is that of the scope, as it was recorded; the commit itself need not be here any more.
 */
export async function findTwin(repository: Repository, wanted: { commit: string; tree: string | null }, head: string, inScope: InScope): Promise<Twin | null> {
  const isHere = (await resolveCommits(repository, [wanted.commit])).get(wanted.commit)?.status === 'commit';
  if (isHere && (await findUnreachable(repository, [head], [wanted.commit])).size === 0) return { commit: wanted.commit, by: 'ancestor' };
  const newest = (await runGit(repository, ['--bare', 'rev-list', '--topo-order', `--max-count=${mostLooked}`, head])).toString('latin1').split('\n').filter((line) => line !== '');
  const tree = wanted.tree ?? (isHere ? await treeOf(repository, wanted.commit, inScope) : null);
  for (const commit of newest) if (tree !== null && (await treeOf(repository, commit, inScope)) === tree) return { commit, by: 'tree' };
  if (!isHere) return null;
  const ids = await readPatchIds(repository, [wanted.commit, ...newest], ['machine-docs']);
  const own = ids.get(wanted.commit);
  const same = own === undefined ? undefined : newest.find((commit) => ids.get(commit) === own);
  return same === undefined ? null : { commit: same, by: 'patch-id' };
}

/** The id of a commit's tree restricted to a scope; null where the commit is not here. */
export async function treeOf(repository: Repository, commit: string, inScope: InScope): Promise<string | null> {
  const files = inScope.isWhole ? await rootOfCommit(repository, commit) : await filesOfCommit(repository, commit);
  return files === null ? null : scopedTree(files, inScope, repository.objectFormat);
}
