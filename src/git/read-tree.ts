import { Failure } from '../contract/failure.ts';
import type { Cache } from './cache-store.ts';
import { addEntry, emptyBlob, emptyTree, sortListing, withoutFiles, type FileListing, type Source } from './file-listing.ts';
import { openObjectReader, type ObjectReader } from './object-reader.ts';
import type { Repository } from './open-repository.ts';
import { decodePath } from './path-names.ts';
import { gitPathspecs, outermostFolders, rootNameMatcher, type Pathspecs } from './pathspecs.ts';
import { listWorktree } from './read-worktree.ts';
import { runGit } from './run-git.ts';

/**
 * The files of one source that are asked for. At most one process of git (none for the working tree), two when the index holds
 * an empty file. Throws a `Failure` of kind usage for an unknown revision, or for the working tree of a bare repository.
 */
export async function listFiles(repository: Repository, source: Source, pathspecs: Pathspecs, cache: Cache): Promise<FileListing> {
  if (source.kind === 'worktree') return listWorktree(repository, pathspecs, cache);
  if (source.kind === 'index') return listIndex(repository, pathspecs);
  return listCommit(repository, source.rev, pathspecs);
}

async function listCommit(repository: Repository, rev: string, pathspecs: Pathspecs): Promise<FileListing> {
  const listing: FileListing = { files: [], skipped: [] };
  const reader = openObjectReader(repository);
  try {
    const root = await readTree(reader, `${rev}^{tree}`);
    if (root === null) throw new Failure('usage', `there is no revision ${rev} here`, { next: 'git log --oneline --all' });
    const matches = rootNameMatcher(pathspecs);
    for (const entry of root) {
      if (!isTree(entry) && (matches(entry.name) || pathspecs.folders.includes(entry.name))) addEntry(listing, { ...entry, path: entry.name, conflict: false });
    }
    for (const folder of outermostFolders(pathspecs)) await addFolder(reader, listing, folder, `${rev}:${folder}`);
    return sortListing(withoutFiles(listing, pathspecs.folders));
  } finally {
    reader.close();
  }
}

async function addFolder(reader: ObjectReader, listing: FileListing, path: string, name: string): Promise<void> {
  const entries = await readTree(reader, name);
  if (entries === null) return;
  for (const entry of entries) if (!isTree(entry)) addEntry(listing, { ...entry, path: `${path}/${entry.name}`, conflict: false });
  await Promise.all(entries.filter(isTree).map((entry) => addFolder(reader, listing, `${path}/${entry.name}`, entry.id)));
}

/** What a path is in a commit; `link` and `submodule` also where the path goes on behind one. */
export type FoundPath = { type: 'file'; id: string } | { type: 'folder' } | { type: 'link' | 'submodule'; at: string };

/** Looks a path (from the root) up in a commit, folder by folder. Null where there is nothing. One process of git. */
export async function findInCommit(repository: Repository, rev: string, path: string): Promise<FoundPath | null> {
  const reader = openObjectReader(repository);
  try {
    let tree = await readTree(reader, `${rev}^{tree}`);
    const names = path.split('/');
    for (const [index, name] of names.entries()) {
      const entry = tree?.find((each) => each.name === name);
      if (!entry) return null;
      const at = names.slice(0, index + 1).join('/');
      if (entry.mode === '120000' || entry.mode === '160000') return { type: entry.mode === '120000' ? 'link' : 'submodule', at };
      const isLast = index === names.length - 1;
      if (!isTree(entry)) return isLast ? { type: 'file', id: entry.id } : null;
      if (isLast) return { type: 'folder' };
      tree = await readTree(reader, entry.id);
    }
    return null;
  } finally {
    reader.close();
  }
}

interface TreeEntry {
  mode: string;
  name: string;
  id: string;
}

function isTree(entry: TreeEntry): boolean {
  return entry.mode === '40000';
}

/** The entries of a tree object: `MODE NAME NUL ID`, the id as bytes. Null when there is no such tree. */
async function readTree(reader: ObjectReader, name: string): Promise<TreeEntry[] | null> {
  const tree = await reader.read(name);
  if (tree === null || tree.type !== 'tree' || tree.bytes === null) return null;
  const { bytes } = tree;
  const idLength = tree.id.length / 2;
  const entries: TreeEntry[] = [];
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(32, at);
    const end = bytes.indexOf(0, space);
    if (space < 0 || end < 0) break;
    entries.push({
      mode: bytes.toString('latin1', at, space),
      name: decodePath(bytes.subarray(space + 1, end)),
      id: bytes.toString('hex', end + 1, end + 1 + idLength),
    });
    at = end + 1 + idLength;
  }
  return entries;
}

async function listIndex(repository: Repository, pathspecs: Pathspecs): Promise<FileListing> {
  const listing: FileListing = { files: [], skipped: [] };
  const output = await runGit(repository, ['--bare', 'ls-files', '-z', '--stage', '--full-name', '--', ...gitPathspecs(pathspecs)]);
  const unmerged = new Map<string, { mode: string; id: string; stage: string }>();
  for (const { mode, id, stage, path } of parseStages(output)) {
    if (stage === '0') addEntry(listing, { path, mode, id, conflict: false });
    // Stages come in order: the base, ours, theirs. Ours counts; where one side deleted the file, the other's.
    else if (unmerged.get(path)?.stage !== '2') unmerged.set(path, { mode, id, stage });
  }
  for (const [path, { mode, id }] of unmerged) addEntry(listing, { path, mode, id, conflict: true });
  return sortListing(withoutFiles(await withoutIntentToAdd(repository, pathspecs, listing), pathspecs.folders));
}

function* parseStages(output: Buffer): Generator<{ mode: string; id: string; stage: string; path: string }> {
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(0, at);
    const tab = output.indexOf(9, at);
    if (end < 0 || tab < 0) return;
    const [mode = '', id = '', stage = ''] = output.toString('latin1', at, tab).split(' ');
    yield { mode, id, stage, path: decodePath(output.subarray(tab + 1, end)) };
    at = end + 1;
  }
}

/** `git add -N` puts a name into the index without a file: it looks like an empty one, but is not part of the next commit. */
async function withoutIntentToAdd(repository: Repository, pathspecs: Pathspecs, listing: FileListing): Promise<FileListing> {
  const empty = listing.files.filter((file) => file.blob !== null && emptyBlob.has(file.blob) && !file.conflict);
  if (empty.length === 0) return listing;
  const args = ['--bare', 'diff-index', '--cached', '--ita-invisible-in-index', '-z', '--name-only', '--no-renames', '--no-ext-diff', '--no-textconv'];
  const output = await runGit(repository, [...args, emptyTree[repository.objectFormat], '--', ...gitPathspecs(pathspecs)]);
  const present = new Set(output.toString('latin1').split('\0').map((name) => decodePath(Buffer.from(name, 'latin1'))));
  return { files: listing.files.filter((file) => !empty.includes(file) || present.has(file.path)), skipped: listing.skipped };
}
