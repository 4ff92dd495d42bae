import { closeSync, fchmodSync, fstatSync, fsyncSync, lstatSync, openSync, readdirSync, realpathSync, renameSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { Failure } from '../contract/failure.ts';

const temporaryName = /^\.docket-[0-9a-f-]{36}\.tmp$/u;

/**
 * Puts new bytes in a document's place: written beside it, synced, renamed, the folder synced; so that after a crash at any moment the file is
 * either old or new. Mode is kept; a symbolic link is followed. Throws a `Failure` when the system refuses, and then nothing changed.
 */
export function replaceDocument(root: string, path: string, bytes: Uint8Array): void {
  const target = resolveLink(join(root, path));
  const folder = dirname(target);
  const temporary = join(folder, `.docket-${randomUUID()}.tmp`);
  try {
    writeTemporary(temporary, bytes, modeOf(target));
    renameSync(temporary, target);
    syncFolder(folder);
  } catch (error) {
    removeQuietly(temporary);
    throw new Failure('unreadable', `${path} could not be written: ${error instanceof Error ? error.message : String(error)}; it is as it was`, { next: 'Free some room or make the folder writable, then run the same command again.' });
  }
}

/** Removes what writers that were killed left in a folder. Call it under the lock: then no living writer has a file there. */
export function sweepTemporaries(root: string, folder: string): void {
  const full = join(root, folder);
  if (!lstatSync(full, { throwIfNoEntry: false })?.isDirectory()) return;
  for (const name of readdirSync(full)) if (temporaryName.test(basename(name))) removeQuietly(join(full, name));
}

function resolveLink(path: string): string {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ? realpathSync(path) : path;
}

function modeOf(path: string): number {
  return (statSync(path, { throwIfNoEntry: false })?.mode ?? 0o644) & 0o7777;
}

function writeTemporary(path: string, bytes: Uint8Array, mode: number): void {
  const file = openSync(path, 'wx', mode);
  try {
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    if ((fstatSync(file).mode & 0o7777) !== mode) fchmodSync(file, mode);
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
    if (!(error instanceof Error && 'code' in error && (error.code === 'EINVAL' || error.code === 'EPERM'))) throw error;
  } finally {
    closeSync(handle);
  }
}

function removeQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) return;
  }
}
