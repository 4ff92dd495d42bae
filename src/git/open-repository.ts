import { existsSync, lstatSync, readFileSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { Failure } from '../contract/failure.ts';
import { explainFailure } from './explain-failure.ts';
import { locatePlainly } from './locate-plainly.ts';
import { tryGit, type GitPlace } from './run-git.ts';

export type ObjectFormat = 'sha1' | 'sha256';

/** One repository as it was found. All paths are absolute and free of symbolic links. */
export interface Repository extends GitPlace {
  /** The top of the working tree; of a bare repository (and inside `.git`) the git folder itself. */
  root: string;
  /** This working tree's own git folder, e.g. `/r/.git/worktrees/x`. */
  gitDir: string;
  /** The git folder that all working trees share. */
  commonDir: string;
  objectFormat: ObjectFormat;
  /** The commit that HEAD names, or null on an unborn branch. */
  head: string | null;
  /** The branch that HEAD names, without `refs/heads/`; null when HEAD is detached. */
  branch: string | null;
  shallow: boolean;
  /** There is no working tree to read. */
  bare: boolean;
}

const separator = '--docket-next';

/**
 * Finds the repository that `dir` lies in, by one call of git where it is not laid out in the usual way. The caller's `GIT_DIR`, `GIT_WORK_TREE`, `GIT_INDEX_FILE`,
 * `GIT_OBJECT_DIRECTORY` and alternates hold when `dir` is the current folder, as for git itself, and else only when they
 * belong to the repository that was found: a hook may ask about another repository.
 *
 * @param said what git said of this folder already, asked with `locateArguments`: it is not asked again, unless that is not whole
 *
 * Throws a `Failure` of kind usage when there is none, when git is missing, or when git does not trust the folder's owner.
 */
export async function openRepository(dir: string, caller: NodeJS.ProcessEnv = process.env, said: string | null = null): Promise<Repository> {
  const start = existingFolder(dir);
  const callersFolder = existingFolder(process.cwd());
  const named = start === callersFolder ? pick(caller, ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_COMMON_DIR']) : {};
  const known = said === null ? locateWithoutGit(start, caller) : readLocated(start, said);
  const found = known ?? (await locate(start, named)) ?? (named['GIT_DIR'] === undefined ? null : await locate(start, {}));
  if (found === null) throw explainFailure(start, ['rev-parse'], { code: 128, stderr: 'fatal: not a git repository' });
  const place: GitPlace = { directory: found.gitDir, environment: repositoryEnvironment(found, caller, callersFolder) };
  const branch = await readBranch(found, place);
  return { ...found, branch, ...place };
}

type Located = Pick<Repository, 'root' | 'gitDir' | 'commonDir' | 'objectFormat' | 'head' | 'shallow' | 'bare'>;

function locateWithoutGit(start: string, caller: NodeJS.ProcessEnv): Located | null {
  const found = locatePlainly(start, caller);
  return found && { ...found, commonDir: found.gitDir, objectFormat: 'sha1', shallow: false, bare: false };
}

/**
 * Options that rev-parse does not know come out as they are: they part the paths, which may hold line breaks. HEAD stands last, because rev-parse ends there
 * on an unborn branch.
 */
export const locateArguments: readonly string[] = [
  'rev-parse', '--is-bare-repository', '--is-shallow-repository', '--show-object-format', '--absolute-git-dir', separator, '--git-common-dir', separator, '--show-cdup', separator, 'HEAD', '--',
];

async function locate(start: string, environment: Record<string, string>): Promise<Located | null> {
  const outcome = await tryGit({ directory: start, environment }, locateArguments);
  const located = readLocated(start, outcome.stdout.toString('utf8'));
  if (located === null) {
    if (/not a git repository/.test(outcome.stderr) && environment['GIT_DIR'] !== undefined) return null;
    throw explainFailure(start, locateArguments, outcome);
  }
  if (located.head === null && !/bad revision 'HEAD'/.test(outcome.stderr)) throw explainFailure(start, locateArguments, outcome);
  return located;
}

/** Null where a part is missing. */
function readLocated(start: string, text: string): Located | null {
  const [first = '', common, up, last] = text.split(`${separator}\n`);
  const [bare, shallow, objectFormat, ...gitDirLines] = first.split('\n');
  if (common === undefined || up === undefined || last === undefined || (objectFormat !== 'sha1' && objectFormat !== 'sha256')) return null;
  const head = /^([0-9a-f]{40,64})\n/.exec(last)?.[1] ?? null;
  const gitDir = realpathSync(gitDirLines.slice(0, -1).join('\n'));
  // Without a working tree rev-parse prints no line at all for --show-cdup; at its top it prints an empty one.
  const root = up === '' ? null : realpathSync(resolve(start, up.slice(0, -1)));
  return {
    root: root ?? gitDir,
    gitDir,
    commonDir: realpathSync(resolve(start, common.slice(0, -1))),
    objectFormat,
    head,
    shallow: shallow === 'true',
    bare: bare === 'true' || root === null,
  };
}

function existingFolder(dir: string): string {
  const next = 'give the folder of a git repository';
  if (!existsSync(dir)) throw new Failure('usage', `there is no folder ${dir}`, { next });
  if (!statSync(dir).isDirectory()) throw new Failure('usage', `${dir} is not a folder`, { next });
  try {
    return realpathSync(dir);
  } catch (error) {
    // Node gives names that are no UTF-8 with other characters in them, and does not find them again.
    throw new Failure('usage', `the folder ${dir} cannot be opened: ${error instanceof Error ? error.message : String(error)}`, { next: 'give a folder whose path is UTF-8' });
  }
}

/** The branch that HEAD names. Read from the file, because rev-parse says nothing of an unborn branch. */
async function readBranch(found: Located, place: GitPlace): Promise<string | null> {
  const file = join(found.gitDir, 'HEAD');
  const text = lstatSync(file).isSymbolicLink() ? `ref: ${readlinkSync(file)}` : readFileSync(file, 'utf8');
  const branch = /^ref:\s*refs\/heads\/([^\n]+)/.exec(text)?.[1] ?? null;
  // Where references are kept in a table, the file is there for old programs only.
  if (branch === '.invalid') return (await tryGit(place, ['symbolic-ref', '-q', '--short', 'HEAD'])).stdout.toString('utf8').trim() || null;
  if (branch !== null && found.head === null && existsSync(join(found.commonDir, 'refs/heads', branch))) {
    throw new Failure('unreadable', `the branch ${branch} names no commit`, { next: 'git fsck' });
  }
  return branch;
}

/** The variables that name this repository for every later call, so that git need not look for it again. */
function repositoryEnvironment(found: Located, caller: NodeJS.ProcessEnv, callersFolder: string): Record<string, string> {
  const environment: Record<string, string> = { GIT_DIR: found.gitDir };
  const fromInside = isInside(found.root, callersFolder) || isInside(found.gitDir, callersFolder);
  const { GIT_INDEX_FILE: index, GIT_OBJECT_DIRECTORY: objects, GIT_SHALLOW_FILE: shallow, GIT_COMMON_DIR: common } = caller;
  if (index) {
    // git takes a relative one from the top of the working tree.
    const file = resolve(fromInside ? found.root : callersFolder, index);
    const foreign = !isInside(found.gitDir, file) && file.includes('/.git/');
    if (!foreign && (fromInside || isInside(found.gitDir, file))) environment['GIT_INDEX_FILE'] = file;
  }
  if (objects) {
    // A hook of `git receive-pack` sees what was pushed in a folder of its own.
    const folder = resolve(callersFolder, objects);
    if (isInside(found.commonDir, folder)) {
      environment['GIT_OBJECT_DIRECTORY'] = folder;
      Object.assign(environment, pick(caller, ['GIT_ALTERNATE_OBJECT_DIRECTORIES', 'GIT_QUARANTINE_PATH']));
    }
  }
  if (fromInside && shallow) environment['GIT_SHALLOW_FILE'] = resolve(callersFolder, shallow);
  if (fromInside && common) environment['GIT_COMMON_DIR'] = found.commonDir;
  return environment;
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (!isAbsolute(way) && way !== '..' && !way.startsWith('../'));
}

function pick(variables: NodeJS.ProcessEnv, names: readonly string[]): Record<string, string> {
  const picked: Record<string, string> = {};
  for (const name of names) {
    const value = variables[name];
    if (value !== undefined && value !== '') picked[name] = value;
  }
  return picked;
}
