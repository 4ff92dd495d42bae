import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readFileSync, realpathSync, type BigIntStats } from 'node:fs';
import { dirname } from 'node:path';
import { Failure } from '../contract/failure.ts';
import { blobId } from './blob-id.ts';
import type { Cache } from './cache-store.ts';
import { sortListing, withoutFiles, type FileListing } from './file-listing.ts';
import { objectSizeLimit } from './object-reader.ts';
import type { Repository } from './open-repository.ts';
import { decodePath, systemPath } from './path-names.ts';
import { outermostFolders, rootNameMatcher, type Pathspecs } from './pathspecs.ts';
import type { Content } from './read-blobs.ts';
import { describeStat, isRacy, openStatCache, type StatCache } from './stat-cache.ts';

/**
 * The files of the working tree, read from the folders themselves: untracked and ignored ones count too. Symbolic links are not
 * followed, other repositories inside are not entered, and what is not a plain file is not opened. Blob ids are those of the
 * bytes as they lie there; a file whose stat data are known is not read again.
 */
export function listWorktree(repository: Repository, pathspecs: Pathspecs, cache: Cache): FileListing {
  if (repository.bare) throw new Failure('usage', `${repository.root} has no working tree`, { next: 'add --at HEAD to read a commit' });
  const listing: FileListing = { files: [], skipped: [] };
  const stats = openStatCache(repository, pathspecs, cache);
  const matches = rootNameMatcher(pathspecs);
  const walk: Walk = { repository, listing, stats };
  for (const name of readNames(walk, '')) if (matches(name)) addPath(walk, name, 'shallow');
  for (const folder of outermostFolders(pathspecs)) addPath(walk, folder, 'deep');
  stats.save();
  return sortListing(withoutFiles(listing, pathspecs.folders));
}

/** The bytes of one file of the working tree, or why they cannot be had. */
export function readWorktreeFile(repository: Repository, path: string): Content {
  const { root } = repository;
  if (path.split('/').includes('..') || path.startsWith('/')) return { bytes: null, unreadable: 'outside the repository' };
  try {
    const folder = Buffer.from(systemPath(root, dirname(path)));
    if (dirname(path) !== '.' && !realpathSync(folder, 'buffer').equals(folder)) return { bytes: null, unreadable: 'behind a symbolic link' };
    const fd = openSync(systemPath(root, path), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const why = whyNotRead(fstatSync(fd, { bigint: true }));
      return why === null ? { bytes: readFileSync(fd), unreadable: null } : { bytes: null, unreadable: why };
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    return { bytes: null, unreadable: describe(error) };
  }
}

const gone = 'it is not there';

interface Walk {
  repository: Repository;
  listing: FileListing;
  stats: StatCache;
}

function readNames(walk: Walk, path: string): string[] {
  try {
    return readdirSync(systemPath(walk.repository.root, path), { encoding: 'buffer' }).map(decodePath);
  } catch (error) {
    walk.listing.skipped.push({ path, why: describe(error) });
    return [];
  }
}

function addPath(walk: Walk, path: string, depth: 'shallow' | 'deep'): void {
  const { repository, listing } = walk;
  const found = statOf(repository.root, path);
  if (found === null) return;
  if (typeof found === 'string') listing.skipped.push({ path, why: found });
  else if (found.isSymbolicLink()) listing.skipped.push({ path, why: 'a symbolic link' });
  else if (!found.isDirectory()) addFile(walk, path, found);
  else if (depth === 'deep') addFolder(walk, path);
}

function addFolder(walk: Walk, path: string): void {
  const names = readNames(walk, path);
  if (names.includes('.git')) walk.listing.skipped.push({ path, why: 'a repository of its own' });
  else for (const name of names) addPath(walk, `${path}/${name}`, 'deep');
}

function addFile(walk: Walk, path: string, found: BigIntStats): void {
  const { repository, listing, stats } = walk;
  const mode = (found.mode & 0o100n) === 0n ? '100644' : '100755';
  const file = { path, mode, bytes: Number(found.size), conflict: false };
  const why = whyNotRead(found);
  if (why !== null) {
    listing.files.push({ ...file, blob: null, unreadable: why });
    return;
  }
  const known = stats.find(path, found);
  if (known !== null) {
    listing.files.push({ ...file, blob: known, unreadable: null });
    return;
  }
  const content = readWorktreeFile(repository, path);
  if (content.unreadable === gone) return;
  if (content.bytes === null) {
    listing.files.push({ ...file, blob: null, unreadable: content.unreadable });
    return;
  }
  const blob = blobId(content.bytes, repository.objectFormat);
  stats.add(path, found, blob);
  listing.files.push({ ...file, bytes: content.bytes.length, blob, unreadable: null });
}

function statOf(root: string, path: string): BigIntStats | string | null {
  try {
    return lstatSync(systemPath(root, path), { bigint: true });
  } catch (error) {
    return isMissing(error) ? null : describe(error);
  }
}

function whyNotRead(found: BigIntStats): string | null {
  if (found.isFile()) return found.size > BigInt(objectSizeLimit) ? `larger than ${objectSizeLimit / 1024 / 1024} MiB` : null;
  if (found.isFIFO()) return 'a named pipe';
  if (found.isSocket()) return 'a socket';
  return found.isDirectory() ? 'a folder' : 'a device';
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

function describe(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EACCES' || code === 'EPERM') return 'no permission to read it';
  if (code === 'ELOOP') return 'a symbolic link';
  if (code === 'ENOENT') return gone;
  return error instanceof Error ? error.message : String(error);
}

/**
 * What tells a file of the working tree from what it was: its size, times and number; null where there is none. `young` where it changed so shortly before
 * `since` (milliseconds) that a later change might leave no trace.
 */
export function statWorktreeFile(repository: Repository, path: string, since: number): string | null {
  const found = statOf(repository.root, path);
  if (found === null || typeof found === 'string') return found;
  return isRacy(found, BigInt(since) * 1_000_000n) ? 'young' : describeStat(found);
}
