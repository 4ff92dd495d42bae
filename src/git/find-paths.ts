import { lstatSync, type Stats } from 'node:fs';
import { askObjects } from './ask-objects.ts';
import type { Source } from './file-listing.ts';
import type { Repository } from './open-repository.ts';
import { decodePath, systemPath } from './path-names.ts';
import { runGit } from './run-git.ts';

/** Which of some paths (files or folders, from the root) are there in a source. One process of git at most, two for the index. */
export async function findPaths(repository: Repository, source: Source, paths: Iterable<string>): Promise<Set<string>> {
  const wanted = [...new Set(paths)].filter((path) => path !== '' && !/[\n\0]/.test(path));
  if (wanted.length === 0) return new Set();
  if (source.kind === 'worktree') return findInWorktree(repository.root, wanted);
  if (source.kind === 'commit') return findObjects(repository, wanted, (path) => `${source.rev}:${path}`);
  return findInIndex(repository, wanted);
}

/** The object behind a name. */
export interface NamedObject {
  id: string;
  type: 'blob' | 'tree' | 'commit';
}

/** What some names `COMMIT:PATH` mean: a file, a folder, a submodule; null where nothing is there. One process of git at most. */
export async function nameObjects(repository: Repository, names: Iterable<string>): Promise<Map<string, NamedObject | null>> {
  const wanted = [...new Set(names)];
  const asked = wanted.filter((name) => !/[\n\0]/.test(name));
  const objects = new Map<string, NamedObject | null>(wanted.map((name) => [name, null]));
  const answers = await askObjects(repository, asked);
  for (const [index, name] of asked.entries()) objects.set(name, readAnswer(answers[index]));
  return objects;
}

/** So many names go onto one command line. */
const groupSize = 500;

async function findInIndex(repository: Repository, wanted: readonly string[]): Promise<Set<string>> {
  const files = await findObjects(repository, wanted, (path) => `:0:${path}`);
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

async function findObjects(repository: Repository, paths: readonly string[], nameOf: (path: string) => string): Promise<Set<string>> {
  const answers = await askObjects(repository, paths.map(nameOf));
  return new Set(paths.filter((_, index) => readAnswer(answers[index]) !== null));
}

function readAnswer(answer: string | undefined): NamedObject | null {
  const [, id, type] = /^([0-9a-f]{40,64}) (blob|tree|commit) \d+$/.exec(answer ?? '') ?? [];
  return id !== undefined && (type === 'blob' || type === 'tree' || type === 'commit') ? { id, type } : null;
}
