import { syncDocket } from '../../edits/sync.ts';
import { withLock } from '../../edits/with-lock.ts';
import { openRepository } from '../../git/open-repository.ts';
import { openDocket } from '../../ledger/open-docket.ts';
import { passed, type HookAnswer, type HookContext } from './hook-answer.ts';

/** `post-merge`: closes the deferred items whose fix came with the merge, in the working tree; nothing is committed. It never fails: the merge is done. */
export async function postMerge({ dir, cache, role }: HookContext): Promise<HookAnswer> {
  const { commonDir } = await openRepository(dir);
  const { plan, written } = await withLock(commonDir, async () => syncDocket(await openDocket(dir, { cache, role }), { landing: null, dryRun: false, acceptWords: false }));
  if (written.length === 0) return passed;
  const lines = [...plan.closed.map(({ entry, as }) => `closed ${entry} by ${as.slice(0, 12)}`), ...plan.reopened.map(({ entry, commit }) => `reopened ${entry}: ${commit.slice(0, 12)} undid its fix`)];
  return { exitCode: 0, text: `${lines.map((line) => `docket: ${line}\n`).join('')}docket: commit ${written.join(', ')}\n` };
}
