import { existsSync, realpathSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { Failure } from '../../contract/failure.ts';
import { openRepository, type Repository } from '../../git/open-repository.ts';
import { infraPath } from '../../ledger/infra/infra-path.ts';
import { isGiven, valueOf, type Invocation } from '../invocation.ts';

/** Where the specification of a command is, and what its paths are relative to. */
export interface FoundSpec {
  /** Null outside of git: the folder that docket runs in is then the root. */
  repository: Repository | null;
  root: string;
  /** Absolute. */
  file: string;
  /** Relative to the root, with `/`; absolute where it lies outside. */
  shownAs: string;
}

/**
 * A host that services are deployed on needs no git, nor git's trust in the folder's owner; a revision does. Throws a `Failure` of kind usage for
 * a folder that does not exist and a repository without a working tree.
 */
export async function findSpec({ options, globals }: Pick<Invocation, 'options' | 'globals'>): Promise<FoundSpec> {
  if (!existsSync(globals.dir)) throw new Failure('usage', `there is no folder ${globals.dir}`);
  const repository = await findRepository(globals.dir, globals.at !== null);
  if (repository?.bare === true && globals.at === null) throw new Failure('usage', `${repository.root} has no working tree to run the reconciler in.`, { next: 'git worktree list' });
  const root = repository?.root ?? realpathSync(globals.dir);
  const file = isGiven(options, '--spec') ? resolve(realpathSync(globals.dir), valueOf(options, '--spec') ?? '') : join(root, infraPath);
  return { repository, root, file, shownAs: showPath(root, file) };
}

async function findRepository(dir: string, isNeeded: boolean): Promise<Repository | null> {
  try {
    return await openRepository(dir);
  } catch (error) {
    if (!isNeeded && error instanceof Failure && error.kind === 'usage') return null;
    throw error;
  }
}

/** A path as answers name it: from the root, with `/`; whole where it lies outside. */
export function showPath(root: string, path: string): string {
  const inside = relative(root, isAbsolute(path) ? path : join(root, path));
  return inside.startsWith('..') || isAbsolute(inside) ? path : inside.split(sep).join('/') || '.';
}
