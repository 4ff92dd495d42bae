import { randomBytes } from 'node:crypto';
import { chmodSync, closeSync, constants, fstatSync, futimesSync, lstatSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { encodePages, openPages, type CachePages } from './cache-pages.ts';
import { pruneCache } from './prune-cache.ts';

/** What docket remembers of a repository beside its documents. Deleting any of it, at any moment, changes no answer. */
export interface Cache {
  /** The bytes that were written under the key; null when there are none, or when they are damaged. */
  read(key: string): Buffer | null;
  /** Keeps the bytes if that is possible; a full disk or a read-only folder means no cache, and is nobody's error. */
  write(key: string, bytes: Uint8Array): void;
  /** The same for what is large and read in parts: what `writePages` wrote; null when there is none. It has to be closed. */
  open(key: string): CachePages | null;
  writePages(key: string, bytes: Buffer): void;
}

/** Raised when the layout of the folder changes; older folders are removed by pruning. */
const layoutVersion = 1;
const mark = Buffer.from('docket\n3');
const headerLength = mark.length + 4;
const secondsUntilTouched = 24 * 60 * 60;

/** A cache that keeps nothing, for `--no-cache`. */
export const noCache: Cache = { read: () => null, write: () => {}, open: () => null, writePages: () => {} };

/**
 * The cache of a repository, in `docket/` below the git folder that all its working trees share. Each key is one file, written
 * beside itself and renamed, so that readers and other writers see the old bytes or the new ones. Nothing is read or written
 * through a symbolic link, nor in a folder of another user.
 *
 * Size: 256 MiB. At most once an hour a writer looks, and removes what was not used for longest until three quarters are left.
 *
 * @param key letters, digits, `.`, `_` and `-`
 */
export function openCache(repository: { commonDir: string }): Cache {
  const top = join(repository.commonDir, 'docket');
  const folder = join(top, `v${layoutVersion}`);
  let usable: boolean | null = null;
  const canRead = (): boolean => (usable ??= isOwnFolder(top) && isOwnFolder(folder));
  const write = (key: string, parts: readonly Uint8Array[]): void => {
    const name = safeName(key);
    if (!canRead()) usable = makeOwnFolder(top) && makeOwnFolder(folder);
    if (!usable) return;
    if (writeAtomically(folder, name, parts)) pruneCache(top, folder);
  };
  return {
    read: (key) => {
      const name = safeName(key);
      return canRead() ? readChecked(folder, name) : null;
    },
    write: (key, bytes) => write(key, [headerOf(key, bytes), bytes]),
    open: (key) => {
      const name = safeName(key);
      return canRead() ? openChecked(folder, name) : null;
    },
    writePages: (key, bytes) => write(key, encodePages(key, bytes)),
  };
}

function safeName(key: string): string {
  if (!/^[A-Za-z0-9][\w.-]{0,199}$/.test(key)) throw new Error(`not a cache key: ${key}`);
  return key;
}

function isOwnFolder(path: string): boolean {
  try {
    const found = lstatSync(path);
    return found.isDirectory() && isMine(found);
  } catch {
    return false;
  }
}

function makeOwnFolder(path: string): boolean {
  try {
    mkdirSync(path, { mode: 0o700 });
    return true;
  } catch {
    if (!isOwnFolder(path)) return false;
  }
  try {
    chmodSync(path, 0o700);
    return true;
  } catch {
    return false;
  }
}

function isMine(found: Stats): boolean {
  return process.geteuid === undefined || found.uid === process.geteuid();
}

function readChecked(folder: string, name: string): Buffer | null {
  const file = openOwn(join(folder, name));
  if (file === null) return null;
  try {
    const bytes = readFileSync(file.fd);
    const body = bytes.subarray(headerLength);
    return bytes.length >= headerLength && bytes.subarray(0, headerLength).equals(headerOf(name, body)) ? body : null;
  } catch {
    return null;
  } finally {
    closeSync(file.fd);
  }
}

function openChecked(folder: string, name: string): CachePages | null {
  const file = openOwn(join(folder, name));
  if (file === null) return null;
  let pages: CachePages | null = null;
  try {
    pages = openPages(name, file.fd, file.size);
  } catch {
    // It cannot be read, which is as if it were not there.
  }
  if (pages === null) closeSync(file.fd);
  return pages;
}

/** Opens a plain file of the caller's own, and marks it as used. */
function openOwn(path: string): { fd: number; size: number } | null {
  let fd: number;
  try {
    fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch {
    return null;
  }
  try {
    const found = fstatSync(fd);
    if (found.isFile() && isMine(found)) {
      touch(fd, found);
      return { fd, size: found.size };
    }
  } catch {
    // As if it were not there.
  }
  closeSync(fd);
  return null;
}

/** The checksum is of the key and the bytes: a file that somebody put in another's place is none. */
function headerOf(key: string, bytes: Uint8Array): Buffer {
  const header = Buffer.alloc(headerLength);
  mark.copy(header);
  header.writeUInt32LE(crc32(bytes, crc32(key)), mark.length);
  return header;
}

/** Pruning goes by the time of modification; what is used is kept young, by at most one write a day. */
function touch(fd: number, found: Stats): void {
  const now = Date.now() / 1000;
  if (now - found.mtimeMs / 1000 > secondsUntilTouched) futimesSync(fd, now, now);
}

function writeAtomically(folder: string, name: string, parts: readonly Uint8Array[]): boolean {
  const temporary = join(folder, `.new-${process.pid}-${randomBytes(6).toString('hex')}`);
  let fd: number;
  try {
    fd = openSync(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW, 0o600);
  } catch {
    return false;
  }
  try {
    try {
      for (const bytes of parts) writeWhole(fd, bytes);
    } finally {
      closeSync(fd);
    }
    renameSync(temporary, join(folder, name));
    return true;
  } catch {
    rmSync(temporary, { force: true });
    return false;
  }
}

function writeWhole(fd: number, bytes: Uint8Array): void {
  let from = 0;
  while (from < bytes.length) from += writeSync(fd, bytes, from);
}
