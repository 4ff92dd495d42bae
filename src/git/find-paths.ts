import { lstatSync, type Stats } from 'node:fs';
import type { Source } from './file-listing.ts';
import type { Repository } from './open-repository.ts';
import { decodePath, encodePath, systemPath } from './path-names.ts';
import { runGit } from './run-git.ts';

/** Which of some paths (files or folders, from the root) are there in a source. One process of git at most, two for the index. */
export async function findPaths(repository: Repository, source: Source, paths: Iterable<string>): Promise<Set<string>> {
  const wanted = [...new Set(paths)].filter((path) => path !== '' && !/[\n\0]/.test(path));
  if (wanted.length === 0) return new Set();
  if (source.kind === 'worktree') return findInWorktree(repository.root, wanted);
  if (source.kind === 'commit') return askObjects(repository, wanted, (path) => `${source.rev}:${path}`);
  return findInIndex(repository, wanted);
}

/** Which of some names `COMMIT:PATH` name a file or a folder; one process of git. */
export function findNames(repository: Repository, names: Iterable<string>): Promise<Set<string>> {
  return askObjects(repository, [...new Set(names)].filter((name) => !/[\n\0]/.test(name)), (name) => name);
}

/** So many names go onto one command line. */
const groupSize = 500;

async function findInIndex(repository: Repository, wanted: readonly string[]): Promise<Set<string>> {
  const files = await askObjects(repository, wanted, (path) => `:0:${path}`);
  const rest = wanted.filter((path) => !files.has(path));
  const folders = new Set<string>();
  for (let from = 0; from < rest.length; from += groupSize) {
    const group = rest.slice(from, from + groupSize);
    const listed = await runGit(repository, ['--bare', 'ls-files', '-z', '--full-name', '--', ...group.map((path) => `:(top,literal)${path}`)]);
    for (const file of listed.toString('latin1').split('\0')) addFolders(folders, decodePath(Buffer.from(file, 'latin1')));
  }
  return new Set([...files, ...rest.filter((path) => folders.has(path))]);
}

function addFolders(folders: Set<string>, file: string): void {
  for (let end = file.lastIndexOf('/'); end > 0 && !folders.has(file.slice(0, end)); end = file.lastIndexOf('/', end - 1)) folders.add(file.slice(0, end));
}

/** What lies behind a symbolic link to a folder is none of the repository's files, wherever the link leads. */
function findInWorktree(root: string, wanted: readonly string[]): Set<string> {
  const folders = new Map<string, boolean>([['', true]]);
  const isOwnFolder = (folder: string): boolean => {
    const known = folders.get(folder);
    if (known !== undefined) return known;
    const own = isOwnFolder(folderOf(folder)) && (statOf(root, folder)?.isDirectory() ?? false);
    folders.set(folder, own);
    return own;
  };
  return new Set(wanted.filter((path) => isOwnFolder(folderOf(path)) && statOf(root, path) !== null));
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Null where there is nothing, or nothing that can be looked at (a name that is too long, a folder without permission). */
function statOf(root: string, path: string): Stats | null {
  try {
    return lstatSync(systemPath(root, path), { throwIfNoEntry: false }) ?? null;
  } catch {
    return null;
  }
}

async function askObjects(repository: Repository, paths: readonly string[], nameOf: (path: string) => string): Promise<Set<string>> {
  if (paths.length === 0) return new Set();
  const input = Buffer.concat(paths.flatMap((path) => [encodePath(nameOf(path)), Buffer.from('\n')]));
  const answers = (await runGit(repository, ['--bare', 'cat-file', '--batch-check'], input)).toString('latin1').split('\n');
  return new Set(paths.filter((_, index) => /^[0-9a-f]{40,64} (?:blob|tree|commit) \d+$/.test(answers[index] ?? '')));
}
