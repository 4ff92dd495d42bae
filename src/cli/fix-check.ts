import { Failure } from '../contract/failure.ts';
import { fixFindings, type FixResult } from '../edits/fix-findings.ts';
import { withLock } from '../edits/with-lock.ts';
import { openRepository } from '../git/open-repository.ts';
import { openDocket } from '../ledger/open-docket.ts';
import type { CheckResult } from '../rules/check/check-result.ts';

/** What `check --fix` did, and what the record says after it. */
export interface FixedCheck {
  fix: FixResult;
  result: CheckResult;
}

/** Mends what is safe to mend of the working tree, then judges it again; a dry run leaves it as it is. Throws a `Failure` of kind usage for anything but the working tree. */
export async function fixCheck(dir: string, check: () => Promise<CheckResult>, { cache, dryRun }: { cache: boolean; dryRun: boolean }): Promise<FixedCheck> {
  const work = async (): Promise<FixedCheck> => {
    const result = await check();
    if (result.checked.mode !== 'worktree' && result.checked.mode !== 'all') throw new Failure('usage', `Unexpected --fix for ${result.checked.mode}, expected the working tree.`, { next: 'docket check --fix --dry-run' });
    const fix = await fixFindings(await openDocket(dir, { cache }), result.findings, dryRun);
    return { fix, result: fix.written.length > 0 ? await check() : result };
  };
  return dryRun ? work() : withLock((await openRepository(dir)).commonDir, work);
}

/** One line for each file that changed, and each finding that could not be mended. */
export function renderFix({ fixed, left, written }: FixResult): string {
  const mended = written.map((path) => `mended ${path}: ${fixed.filter((one) => one.path === path).map(({ rule, entry }) => `${rule} ${entry}`).join(', ')}\n`);
  return [...mended, ...left.map(({ rule, entry, why }) => `left   ${rule} ${entry}: ${why}\n`)].join('');
}
