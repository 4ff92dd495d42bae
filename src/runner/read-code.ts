import type { Repository } from '../git/open-repository.ts';
import { changedPaths, scopedTree } from '../git/scope/compare-files.ts';
import { filesOfCommit, filesOfWorktree } from '../git/scope/read-files.ts';
import { scopeOf, type InScope } from '../git/scope/scope.ts';

/** The code of the working tree, beside the commit that it stands on. */
export interface CodeState {
  /** Of the working tree, restricted to the scope. */
  tree: string;
  /** Of the commit. */
  committed: string;
  /** Paths in scope that are not as in the commit, untracked ones included. */
  dirty: string[];
  /** The same beyond the scope; the record is left out. */
  changed: string[];
}

export async function readCode(repository: Repository, head: string, inScope: InScope): Promise<CodeState> {
  const committed = (await filesOfCommit(repository, head)) ?? new Map();
  const { files } = await filesOfWorktree(repository);
  return {
    tree: scopedTree(files, inScope, repository.objectFormat), committed: scopedTree(committed, inScope, repository.objectFormat), dirty: changedPaths(committed, files, inScope), changed: changedPaths(committed, files, scopeOf([])),
  };
}
