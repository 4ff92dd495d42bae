import { killRun } from './kill-processes.ts';
import { runReproduction, type RunRequest, type TimedRun } from './run-reproduction.ts';
import { openSession } from './session.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs a reproduction in folders of its own and clears them away, whatever happens. A signal to docket ends the step that runs, leaves the others out,
 * runs the teardown all the same, and shows as `aborted`.
 */
export async function runInSession(request: Omit<RunRequest, 'aborted'>, times: number): Promise<{ runs: TimedRun[]; aborted: boolean }> {
  const session = await openSession(request.repository.root);
  let aborted = false;
  const abort = (name: NodeJS.Signals): void => {
    // The teardown gets its chance; who is in a hurry asks twice, and the next session clears away. The signal itself ends docket then, since
    // any exit code would say something of what is tested.
    if (aborted) for (const signal of signals) process.off(signal, abort);
    if (aborted) process.kill(process.pid, name);
    aborted = true;
    void killRun(session);
  };
  for (const signal of signals) process.on(signal, abort);
  try {
    const runs = await runReproduction({ ...request, aborted: () => aborted }, session, times);
    return { runs, aborted };
  } finally {
    for (const signal of signals) process.off(signal, abort);
    await session.close();
  }
}
