import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { Failure } from '../../contract/failure.ts';
import { readScopedConfig } from '../../git/local-config.ts';
import { managerNames, type ManagerName } from './names.ts';
import type { Repository } from '../../git/open-repository.ts';

/** The manager of a name that the command line has checked. */
export function findManagerName(name: string | null): ManagerName | null {
  return managerNames.find((known) => known === name) ?? null;
}

export interface Manager {
  name: ManagerName;
  /** Where git looks for its hooks (plain), where husky's are, or the configuration file. Absolute. */
  path: string;
  /** The files are committed: what stands in them holds in every clone. */
  committed: boolean;
}

const lefthookFiles = ['lefthook.yml', '.lefthook.yml', 'lefthook.yaml', '.lefthook.yaml'];
const frameworkFile = '.pre-commit-config.yaml';

/**
 * Finds out who looks after the hooks; `wanted` overrules. Throws a `Failure` of kind usage where a manager is asked for that is not here, or where all
 * repositories of this machine share their hooks.
 */
export async function findManager(repository: Repository, wanted: ManagerName | null): Promise<Manager> {
  const { root, commonDir } = repository;
  const set = await readScopedConfig(repository, 'core.hooksPath');
  const folder = set === null ? join(commonDir, 'hooks') : resolve(root, set.value);
  const husky = findHusky(root, folder);
  const lefthook = lefthookFiles.map((name) => join(root, name)).find((path) => existsSync(path));
  const framework = join(root, frameworkFile);
  if (wanted === 'husky' || (wanted === null && husky !== null)) return { name: 'husky', path: husky ?? refuse('husky', '.husky/'), committed: true };
  if (wanted === 'lefthook' || (wanted === null && lefthook !== undefined && isRunBy(folder, /lefthook/u))) return { name: 'lefthook', path: lefthook ?? refuse('lefthook', 'lefthook.yml'), committed: true };
  if (wanted === 'pre-commit' || (wanted === null && existsSync(framework) && isRunBy(folder, /pre-commit\.com|pre_commit|hook-impl/u))) {
    return { name: 'pre-commit', path: existsSync(framework) ? framework : refuse('pre-commit', frameworkFile), committed: true };
  }
  if (set !== null && (set.scope === 'global' || set.scope === 'system')) {
    throw new Failure('usage', `core.hooksPath is set for all repositories (${set.value}), so hooks of this one would not run`, { next: 'git config --local core.hooksPath .git/hooks' });
  }
  return { name: 'plain', path: folder, committed: !isInside(commonDir, folder) };
}

function findHusky(root: string, folder: string): string | null {
  const way = relative(root, folder).split('/');
  const at = way.indexOf('.husky');
  return at < 0 ? null : join(root, ...way.slice(0, at + 1));
}

function isRunBy(folder: string, mark: RegExp): boolean {
  return ['pre-commit', 'commit-msg', 'pre-push'].some((name) => {
    const file = join(folder, name);
    return existsSync(file) && mark.test(readFileSync(file, 'utf8'));
  });
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return !isAbsolute(way) && way !== '..' && !way.startsWith('../');
}

function refuse(name: string, file: string): never {
  throw new Failure('usage', `there is no ${file} here, so ${name} does not look after the hooks`, { next: 'docket install hooks' });
}
