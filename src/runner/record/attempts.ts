import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from '../../durable/replace-file.ts';
import { withLock } from '../../edits/with-lock.ts';
import type { Repository } from '../../git/open-repository.ts';

/** How often each reproduction was begun since its last receipt; kept beside the cache of the clone, and lost with it. */
type Counts = Record<string, number>;

/** Counts a run that begins, so that one that is killed is counted too. Gives the number of runs since the last receipt, this one included. */
export function beginAttempt(repository: Repository, name: string): Promise<number> {
  return change(repository, (counts) => ({ ...counts, [name]: (counts[name] ?? 0) + 1 }), name);
}

/** Begins counting anew: a receipt has been written. */
export async function endAttempts(repository: Repository, name: string): Promise<void> {
  await change(repository, ({ [name]: _ended, ...others }) => others, name);
}

function change({ commonDir }: Repository, edit: (counts: Counts) => Counts, name: string): Promise<number> {
  const path = join(commonDir, 'docket', 'attempts.json');
  return withLock(commonDir, async () => {
    const counts = edit(read(path));
    replaceFile(path, JSON.stringify(counts));
    return counts[name] ?? 0;
  });
}

function read(path: string): Counts {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).filter(([, count]) => typeof count === 'number' && count >= 0)) : {};
  } catch {
    return {};
  }
}
