import { closeSync, fchmodSync, fsyncSync, linkSync, lstatSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { randomUUID } from 'node:crypto';

/** For our own eyes: what a new file gets where nothing else is said. */
const privateMode = 0o600;
/** The pattern, as git reads such, of the files that a killed process leaves. */
export const temporaryFiles = '.docket-*.tmp';
const temporaryName = /^\.docket-[0-9a-f-]{36}\.tmp$/;

/**
 * Replaces the file at `path` so that after a crash at any moment either the old or the new content stands there, whole: temporary file in the
 * same folder, fsync, rename, fsync of the folder. Makes the folder when it is missing. The mode of a file that stands there is kept, a new one
 * gets `mode` less the umask. Throws the system's error (e.g. ENOSPC), and then the old content is untouched. It does not return before the
 * content is on disk, so that nothing else of this process happens in between.
 */
export function replaceFile(path: string, content: string | Uint8Array, mode = privateMode): void {
  const old = lstatSync(path, { throwIfNoEntry: false });
  const kept = old?.isFile() === true ? old.mode & 0o7777 : null;
  placeFile(path, content, { mode, kept }, (temporary) => renameSync(temporary, path));
}

/** As `replaceFile`, for a file that may not exist yet; false, and nothing is changed, when it does (a link that leads nowhere does, too). */
export function createFile(path: string, content: string | Uint8Array, mode = privateMode): boolean {
  return placeFile(path, content, { mode, kept: null }, (temporary) => {
    try {
      linkSync(temporary, path);
      return true;
    } catch (error) {
      if (isSystemError(error, 'EEXIST')) return false;
      throw error;
    }
  });
}

/** Removes a file and makes that last; a file that is not there is fine. */
export function removeFile(path: string): void {
  rmSync(path, { force: true });
  syncFolder(dirname(path));
}

/** Removes what writers that were killed left in a folder. To be called where no living one can be writing there, as under a lock. */
export function sweepTemporaries(folder: string): void {
  if (lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return;
  for (const name of readdirSync(folder)) if (temporaryName.test(name)) rmSync(join(folder, name), { force: true });
}

interface Modes {
  mode: number;
  /** Exactly this one instead, whatever the umask. */
  kept: number | null;
}

function placeFile<T>(path: string, content: string | Uint8Array, modes: Modes, place: (temporary: string) => T): T {
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true });
  const temporary = join(folder, `.docket-${randomUUID()}.tmp`);
  try {
    writeSynced(temporary, Buffer.from(content), modes);
    const placed = place(temporary);
    syncFolder(folder);
    return placed;
  } finally {
    rmSync(temporary, { force: true });
  }
}

function writeSynced(path: string, bytes: Uint8Array, { mode, kept }: Modes): void {
  const file = openSync(path, 'wx', kept ?? mode);
  try {
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    if (kept !== null) fchmodSync(file, kept);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** A rename is lasting only once its folder is on disk; some file systems refuse to sync a folder, and then the rename has to do. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } catch (error) {
    if (!isSystemError(error, 'EINVAL', 'EPERM')) throw error;
  } finally {
    closeSync(handle);
  }
}

/** True when `error` carries one of the system's codes given, e.g. `ENOENT`. */
export function isSystemError(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code);
}
