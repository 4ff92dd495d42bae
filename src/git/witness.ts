import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Repository } from './open-repository.ts';
import { describeStat, isRacy } from './stat-cache.ts';

const mostReferences = 200;

/**
 * A digest of all that git could answer from: its references, its configuration, and when objects came or went. Equal digests give equal answers on commits.
 * Null where that cannot be told: references in a table, objects of another repository, more loose references than are worth reading, or objects so young
 * that more of them may have come in the same moment.
 *
 * @param now milliseconds; a moment before anything was asked of git
 */
export function describeGit({ gitDir, commonDir }: Repository, now: number): string | null {
  try {
    const digest = createHash('sha256');
    const tell = (name: string, text: string | Buffer): void => void digest.update(`${name}\0${text.length}\0`).update(text);
    if (isThere(join(commonDir, 'reftable')) || isThere(join(commonDir, 'objects/info/alternates'))) return null;
    for (const [folder, name] of [[gitDir, 'HEAD'], [gitDir, 'config.worktree'], [commonDir, 'config'], [commonDir, 'packed-refs'], [commonDir, 'shallow']] as const) {
      const file = join(folder, name);
      tell(name, isThere(file) ? readFileSync(file) : 'none');
    }
    let references = 0;
    for (const path of walk(join(commonDir, 'refs'))) {
      if ((references += 1) > mostReferences) return null;
      tell(path, readFileSync(path));
    }
    const objects = join(commonDir, 'objects');
    for (const name of ['.', ...readdirSync(objects)]) {
      const found = lstatSync(join(objects, name), { bigint: true });
      if (isRacy(found, BigInt(now) * 1_000_000n)) return null;
      tell(name, describeStat(found));
    }
    return digest.digest('hex');
  } catch {
    return null;
  }
}

function* walk(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(path);
    else yield path;
  }
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
