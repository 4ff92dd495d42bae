import { lstatSync, readlinkSync } from 'node:fs';
import { Failure } from '../../contract/failure.ts';
import { blobId } from '../blob-id.ts';
import type { Repository } from '../open-repository.ts';
import { decodePath, encodePath, systemPath } from '../path-names.ts';
import { readWorktreeFile } from '../read-worktree.ts';
import { runGit, tryGit, type GitPlace } from '../run-git.ts';
import type { TreeFile, TreeFiles } from './tree-id.ts';

/** All files of a commit. Null where there is no such commit here. */
export function filesOfCommit(repository: GitPlace, commit: string): Promise<TreeFiles | null> {
  return listTree(repository, commit, ['-r']);
}

/** What stands at the root of a commit, folders as wholes. Null where there is no such commit here. */
export function rootOfCommit(repository: GitPlace, commit: string): Promise<TreeFiles | null> {
  return listTree(repository, commit, []);
}

async function listTree(repository: GitPlace, commit: string, options: readonly string[]): Promise<TreeFiles | null> {
  const { code, stdout } = await tryGit(repository, ['--bare', 'ls-tree', ...options, '-z', '--full-tree', `${commit}^{tree}`]);
  if (code !== 0) return null;
  const files = new Map<string, TreeFile>();
  for (const record of records(stdout)) {
    const tab = record.indexOf(9);
    const [mode = '', , id = ''] = record.toString('latin1', 0, tab).split(' ');
    files.set(decodePath(record.subarray(tab + 1)), { mode: mode.replace(/^0/, ''), id });
  }
  return files;
}

/** The working tree as it would be committed with all that is in it, and why some of it counts as changed whatever its bytes are. */
export interface WorktreeFiles {
  files: TreeFiles;
  /** Paths that an external filter would have to convert, which is not run: path → the filter's name. */
  filtered: ReadonlyMap<string, string>;
}

/**
 * The files of the working tree, untracked ones included, ignored ones not. A path whose stat data match the index keeps the index's blob id;
 * the others are hashed with git's own conversion of line ends and no external filter. Writes nothing and runs no program of the repository's.
 * Paths that the index is told to take for unchanged are looked at all the same.
 */
export async function filesOfWorktree(repository: Repository): Promise<WorktreeFiles> {
  if (repository.bare) throw new Failure('usage', `${repository.root} has no working tree`, { next: 'git worktree list' });
  const place: GitPlace = { directory: repository.root, environment: { ...repository.environment, GIT_WORK_TREE: repository.root } };
  const quiet = await withoutFilters(place);
  const [staged, changed, untracked] = await Promise.all([
    runGit(place, ['ls-files', '-z', '--stage', '-v']),
    runGit(place, [...quiet, 'diff-files', '-z', '--name-only', '--no-renames', '--ignore-submodules=dirty', '--no-ext-diff', '--no-textconv']),
    runGit(place, ['ls-files', '-z', '--others', '--exclude-standard']),
  ]);
  const files = new Map<string, TreeFile>();
  const looked = new Set<string>([...records(changed), ...records(untracked)].map((path) => decodePath(path).replace(/\/$/, '')));
  for (const { path, tag, stage, file } of stagedFiles(staged)) {
    files.set(path, file);
    if (stage !== '0' || /[a-z]/.test(tag) || (tag === 'S' && isThere(repository.root, path))) looked.add(path);
  }
  await lookAt(repository, place, quiet, [...looked], files);
  return { files, filtered: await filtersOf(place, [...looked].filter((path) => files.has(path))) };
}

function* records(output: Buffer): Generator<Buffer> {
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(0, at);
    if (end < 0) return;
    yield output.subarray(at, end);
    at = end + 1;
  }
}

function* stagedFiles(output: Buffer): Generator<{ path: string; tag: string; stage: string; file: TreeFile }> {
  for (const record of records(output)) {
    const tab = record.indexOf(9);
    const [tag = '', mode = '', id = '', stage = ''] = record.toString('latin1', 0, tab).split(' ');
    yield { path: decodePath(record.subarray(tab + 1)), tag, stage, file: { mode, id } };
  }
}

/** Settings that shut out every external filter by its name, so that comparing and hashing start no program. */
async function withoutFilters(place: GitPlace): Promise<string[]> {
  const { stdout } = await tryGit(place, ['config', '-z', '--name-only', '--get-regexp', '^filter\\.']);
  const names = new Set([...records(stdout)].flatMap((key) => /^filter\.(.+)\.\w+$/s.exec(key.toString('utf8'))?.[1] ?? []));
  return [...names].flatMap((name) => ['clean', 'smudge', 'process'].flatMap((kind) => ['-c', `filter.${name}.${kind}=`]).concat('-c', `filter.${name}.required=false`));
}

async function lookAt(repository: Repository, place: GitPlace, quiet: readonly string[], paths: readonly string[], files: Map<string, TreeFile>): Promise<void> {
  const keepsModes = (await tryGit(place, ['config', '--type=bool', '--get', 'core.fileMode'])).stdout.toString('utf8').trim() !== 'false';
  const regular: { path: string; mode: string }[] = [];
  for (const path of paths) {
    const found = lstatSync(systemPath(repository.root, path), { throwIfNoEntry: false });
    const before = files.get(path);
    if (found === undefined) files.delete(path);
    else if (found.isSymbolicLink()) files.set(path, { mode: '120000', id: blobId(readlinkSync(systemPath(repository.root, path), 'buffer'), repository.objectFormat) });
    else if (found.isFile()) regular.push({ path, mode: keepsModes ? ((found.mode & 0o100) === 0 ? '100644' : '100755') : before?.mode === '100755' ? '100755' : '100644' });
    // A repository inside this one: its own commit is not asked for, so that it counts as changed.
    else files.set(path, { mode: '160000', id: '0'.repeat(repository.objectFormat === 'sha1' ? 40 : 64) });
  }
  const ids = await hash(repository, place, quiet, regular.map(({ path }) => path));
  for (const [index, { path, mode }] of regular.entries()) files.set(path, { mode, id: ids[index] ?? '' });
}

async function hash(repository: Repository, place: GitPlace, quiet: readonly string[], paths: readonly string[]): Promise<string[]> {
  const plain = paths.filter((path) => !path.includes('\n') && !path.startsWith('"'));
  const output = plain.length === 0 ? '' : (await runGit(place, [...quiet, 'hash-object', '--stdin-paths'], Buffer.concat(plain.flatMap((path) => [encodePath(path), Buffer.from('\n')])))).toString('latin1');
  const known = new Map(output.split('\n').map((id, index) => [plain[index], id]));
  return paths.map((path) => known.get(path) ?? blobId(readWorktreeFile(repository, path).bytes ?? Buffer.alloc(0), repository.objectFormat));
}

async function filtersOf(place: GitPlace, paths: readonly string[]): Promise<Map<string, string>> {
  if (paths.length === 0) return new Map();
  const output = await runGit(place, ['check-attr', '-z', '--stdin', 'filter'], Buffer.concat(paths.flatMap((path) => [encodePath(path), Buffer.from([0])])));
  const words = [...records(output)];
  const filters = new Map<string, string>();
  for (let at = 0; at + 2 < words.length; at += 3) {
    const value = words[at + 2]?.toString('utf8') ?? '';
    if (value !== 'unspecified' && value !== 'unset' && value !== 'set') filters.set(decodePath(words[at] ?? Buffer.alloc(0)), value);
  }
  return filters;
}

function isThere(root: string, path: string): boolean {
  return lstatSync(systemPath(root, path), { throwIfNoEntry: false }) !== undefined;
}
