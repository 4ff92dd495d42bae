import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { replaceFile } from '../../durable/replace-file.ts';
import { withLock } from '../../edits/with-lock.ts';
import type { Repository } from '../../git/open-repository.ts';

/** How often a reproduction was begun since its last receipt, and what that receipt told; kept beside the cache of the clone, and lost with it. */
const countSchema = z.object({ begun: z.int().min(0), told: z.int().min(0), sum: z.string().nullable() });
const storeSchema = z.record(z.string(), countSchema);

type Count = z.infer<typeof countSchema>;

const nothing: Count = { begun: 0, told: 0, sum: null };

/**
 * Counts a run that begins, so that one that is killed is counted too. Gives the number of runs since the last receipt of it that still stands in the
 * record (`standing` says so by its digest): taking a receipt out again hides no attempt.
 */
export async function beginAttempt(repository: Repository, name: string, standing: (sum: string) => boolean): Promise<number> {
  const count = await change(repository, name, ({ begun, told, sum }) => (sum === null || standing(sum) ? { begun: begun + 1, told, sum } : { begun: begun + told + 1, told: 0, sum: null }));
  return count.begun;
}

/** Begins counting anew: a receipt has been written that tells of so many. */
export async function endAttempts(repository: Repository, name: string, sum: string): Promise<void> {
  await change(repository, name, ({ begun }) => ({ begun: 0, told: begun, sum }));
}

function change({ commonDir }: Repository, name: string, edit: (count: Count) => Count): Promise<Count> {
  const path = join(commonDir, 'docket', 'attempts.json');
  return withLock(commonDir, async () => {
    const counts = read(path);
    const count = edit(counts[name] ?? nothing);
    replaceFile(path, JSON.stringify({ ...counts, [name]: count }));
    return count;
  });
}

function read(path: string): Record<string, Count> {
  try {
    const read = storeSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return read.success ? read.data : {};
  } catch {
    return {};
  }
}
