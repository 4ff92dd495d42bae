import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Repository } from './open-repository.ts';

/** The commits that a merge which is under way brings in; none where there is none. */
export function readMergeHeads({ gitDir }: Pick<Repository, 'gitDir'>): string[] {
  const file = join(gitDir, 'MERGE_HEAD');
  if (!existsSync(file)) return [];
  return readFileSync(file, 'latin1').split('\n').filter((line) => /^[0-9a-f]{40,64}$/.test(line));
}
