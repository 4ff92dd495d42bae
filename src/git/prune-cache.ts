import { lstatSync, readdirSync, rmSync, statSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const sizeLimit = 256 * 1024 * 1024;
const lookEveryMs = 60 * 60 * 1000;

/**
 * Keeps the cache within its size: when a look is due, removes the files that were not used for longest until three quarters of
 * `limit` are left, temporary files of writers that were killed, and the folders of older layouts.
 */
export function pruneCache(top: string, folder: string, limit = sizeLimit): void {
  try {
    if (!isDue(join(top, 'pruned'))) return;
    removeOldLayouts(top, folder);
    removeOldest(folder, limit);
  } catch {
    // Another process prunes too, or the folder went away: the next look will do.
  }
}

function isDue(stamp: string): boolean {
  const now = Date.now();
  try {
    const found = lstatSync(stamp);
    if (!found.isFile() || Math.abs(now - found.mtimeMs) < lookEveryMs) return false;
    utimesSync(stamp, now / 1000, now / 1000);
  } catch {
    writeFileSync(stamp, '', { flag: 'wx', mode: 0o600 });
  }
  return true;
}

function removeOldLayouts(top: string, folder: string): void {
  for (const name of readdirSync(top)) {
    if (/^v\d+$/.test(name) && versionOf(name) < versionOf(basename(folder))) rmSync(join(top, name), { recursive: true, force: true });
  }
}

function versionOf(name: string): number {
  return Number(name.slice(1));
}

function removeOldest(folder: string, limit: number): void {
  const files = readdirSync(folder).map((name) => {
    const { size, mtimeMs } = statSync(join(folder, name));
    return { path: join(folder, name), size, mtimeMs, temporary: name.startsWith('.new-') };
  });
  for (const file of files) {
    if (file.temporary && Date.now() - file.mtimeMs > lookEveryMs) unlinkSync(file.path);
  }
  let total = files.reduce((sum, file) => sum + file.size, 0);
  if (total <= limit) return;
  for (const file of files.sort((a, b) => a.mtimeMs - b.mtimeMs)) {
    if (total <= (limit / 4) * 3) return;
    unlinkSync(file.path);
    total -= file.size;
  }
}
