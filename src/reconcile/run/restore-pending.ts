import { faultOf } from '../controls/break-result.ts';
import { forgetRestore, readPendingRestores } from '../controls/pending-restore.ts';
import { commandLimits } from '../drivers/command-limits.ts';
import { runArgv } from '../drivers/run-argv.ts';
import { takeLock } from '../../durable/lock.ts';
import type { Infra, Problem } from './types.ts';

/** Puts right what a run that was killed had broken on purpose; under the lock of the caller. What cannot be put right stays on
 *  disk for the next run. */
export async function restoreBroken(infra: Infra): Promise<Problem[]> {
  const { pending, unreadable } = await readPendingRestores(infra.stateDir);
  const problems = unreadable.map((path): Problem => ({ rule: 'unreadable', message: `${path} says that something is broken, but not what`, next: 'Restore the app by hand, then remove the file.', path, line: null, column: null }));
  for (const { app, control, restore } of pending) {
    infra.say(`${app}: restoring what control ${control} broke`);
    const fault = faultOf(restore, await runArgv(restore, { cwd: infra.root, limitMs: commandLimits.short, clock: infra.clock }));
    if (fault === null) forgetRestore(infra.stateDir, app);
    else problems.push({ rule: 'not-restored', message: `${app} was broken by control ${control} and could not be restored: ${fault}`, next: `Run by hand: ${restore.join(' ')}`, path: null, line: null, column: null });
  }
  return problems;
}

/** As `restoreBroken`, for a run that holds no lock: whoever holds it may have broken something this very moment. */
export async function restorePending(infra: Infra): Promise<Problem[]> {
  const { pending, unreadable } = await readPendingRestores(infra.stateDir);
  if (pending.length === 0 && unreadable.length === 0) return [];
  const lock = await takeLock(infra.stateDir);
  if (!lock.held) return [];
  try {
    return await restoreBroken(infra);
  } finally {
    await lock.release();
  }
}
