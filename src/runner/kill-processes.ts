import { readFileSync, readdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** The variable by which a process that left its group is still known as one of a run. */
export const markVariable = 'DOCKET_RUN';

/** Sends a signal to a process group; one that is gone is fine. */
export function signalGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

/** A run may start more while it is being ended; after so many rounds what is left is left. */
const mostRounds = 20;

/**
 * Ends every process whose mark begins like this, whatever group or session it has made for itself. Where the system does not show
 * the environments of processes (outside Linux) nothing is found, and the process groups have to do.
 */
export async function killMarked(mark: string): Promise<void> {
  for (let round = 0; round < mostRounds; round += 1) {
    const found = findMarked(mark);
    if (found.length === 0) return;
    // Stopped first, so that none can start another while the rest is being ended.
    for (const pid of found) signal(pid, 'SIGSTOP');
    for (const pid of findMarked(mark)) signal(pid, 'SIGKILL');
    await pause(5);
  }
}

function findMarked(mark: string): number[] {
  const wanted = Buffer.from(`${markVariable}=${mark}`);
  return processes().filter((pid) => pid !== process.pid && carries(pid, wanted));
}

function processes(): number[] {
  try {
    return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));
  } catch {
    return [];
  }
}

function carries(pid: number, wanted: Buffer): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`).includes(wanted) && !isZombie(pid);
  } catch {
    return false;
  }
}

function isZombie(pid: number): boolean {
  return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ESRCH' || error.code === 'EPERM');
}
