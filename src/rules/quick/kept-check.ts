import { configPath } from '../../ledger/config/config.ts';
import { infraPath } from '../../ledger/infra/infra-path.ts';
import { cacheKey } from '../../ledger/sources/cache-key.ts';
import type { IndexCheck } from './index-check.ts';
import type { IndexCheckOptions } from './index-check-options.ts';
import type { StagedCommit } from './open-staged.ts';

/** What was found when the same index was judged on the same commit before; null where it was not, or the day is another one. */
export function keptCheck(commit: StagedCommit, options: IndexCheckOptions): IndexCheck | null {
  const kept = commit.cache.read(keyOf(commit, options));
  return kept === null ? null : (JSON.parse(kept.toString('utf8')) as IndexCheck);
}

export function keepCheck(commit: StagedCommit, options: IndexCheckOptions, check: IndexCheck): void {
  commit.cache.write(keyOf(commit, options), Buffer.from(JSON.stringify(check), 'utf8'));
}

/** Waivers run out with the day. */
function keyOf({ parents, staged }: StagedCommit, { role, author, clock }: IndexCheckOptions): string {
  return cacheKey('index-check', parents, staged.digest, role, author, new Date(clock * 1000).toISOString().slice(0, 10));
}

/** Is there nothing that could be judged? A merge may lose what another side wrote without a change against its first parent. */
export function isEmptyCommit({ staged, parents }: StagedCommit): boolean {
  return staged.files.length === 0 && parents.length < 2;
}

/** Does the commit change which files the hook looks at? */
export function changesHookPaths({ staged }: StagedCommit): boolean {
  return staged.files.some(({ path }) => path === configPath || path === infraPath);
}
