import { link, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { randomUUID } from 'node:crypto';

/** Replaces the file at `path` so that after a crash at any moment either the old or the new content stands there, whole: temporary
 *  file in the same folder, fsync, rename, fsync of the folder. Makes the folder when it is missing. Rejects with the
 *  system's error (e.g. ENOSPC), and then the old content is untouched. `mode` is for our own eyes unless it says otherwise. */
export async function replaceFile(path: string, content: string, mode = 0o600): Promise<void> {
  await placeFile(path, content, mode, (temporary) => rename(temporary, path));
}

/** As `replaceFile`, for a file that may not exist yet; false, and nothing is changed, when it does. */
export async function createFile(path: string, content: string): Promise<boolean> {
  return placeFile(path, content, 0o600, async (temporary) => {
    try {
      await link(temporary, path);
      return true;
    } catch (error) {
      if (isSystemError(error, 'EEXIST')) return false;
      throw error;
    }
  });
}

/** Removes a file and makes that last; a file that is not there is fine. */
export async function removeFile(path: string): Promise<void> {
  await rm(path, { force: true });
  await syncFolder(dirname(path));
}

async function placeFile<T>(path: string, content: string, mode: number, place: (temporary: string) => Promise<T>): Promise<T> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  const temporary = join(folder, `.${randomUUID()}.part`);
  try {
    const file = await open(temporary, 'wx', mode);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    const placed = await place(temporary);
    await syncFolder(folder);
    return placed;
  } finally {
    await rm(temporary, { force: true });
  }
}

/** A rename is only lasting once its folder is on disk too. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** True when `error` carries one of the system's codes given, e.g. `ENOENT`. */
export function isSystemError(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code);
}
