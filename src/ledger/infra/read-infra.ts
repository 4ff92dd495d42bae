import type { Source } from '../../git/file-listing.ts';
import type { Repository } from '../../git/open-repository.ts';
import { inspectSpec, type Inspection } from '../../reconcile/inspect/find-faults.ts';
import { readWorkingTree } from '../../reconcile/order/working-tree.ts';
import { infraPath } from './infra-path.ts';
import { openTree } from './open-tree.ts';

/**
 * The specification of a repository in its working tree, its index or a commit, the order of starts that it and the files that it names make, and
 * what is wrong with its gates; null where there is none. Asks nobody and executes nothing. Throws a `Failure` of kind usage for an unknown revision.
 */
export async function readInfra(repository: Pick<Repository, 'root' | 'directory' | 'environment'>, source: Source, path = infraPath): Promise<Inspection | null> {
  const tree = source.kind === 'worktree' ? readWorkingTree(repository.root) : openTree(repository, source);
  const text = await tree.read(path);
  return text === null ? null : inspectSpec(text, path, tree);
}
