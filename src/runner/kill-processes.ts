import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { killControlGroup, type ControlGroup } from './control-group.ts';

/** The variable by which a process that left its group is still known as one of a run. */
export const markVariable = 'DOCKET_RUN';

/** By what the processes of a run are known: the beginning of their mark and, for one that took it off, their control group or the folder that it works in. */
export interface RunTrace {
  mark: string;
  folder: string | null;
  group: ControlGroup | null;
}

/** Sends a signal to a process group; one that is gone is fine. */
export function signalGroup(group: number, signal: NodeJS.Signals): void {
  signalTo(-group, signal);
}

/** A run may start more while it is being ended; after so many rounds what is left is left. */
const mostRounds = 200;

/**
 * Ends every process of a run, whatever group or session it has made for itself. Where the system does not show the processes (outside Linux)
 * nothing is found, and the process groups have to do.
 */
export async function killRun(trace: RunTrace): Promise<void> {
  if (trace.group !== null) await killControlGroup(trace.group.folder);
  for (let round = 0; round < mostRounds; round += 1) {
    // Each is stopped as soon as it is seen, so that it cannot start another while the rest is looked for.
    if (findRun(trace, (pid) => signalTo(pid, 'SIGSTOP')).length === 0) return;
    findRun(trace, (pid) => signalTo(pid, 'SIGKILL'));
    await pause(5);
  }
}

/** The living processes of a run; `meet` is called for each as it is found. */
export function findRun({ mark, folder }: Pick<RunTrace, 'mark' | 'folder'>, meet: (pid: number) => void = () => undefined): number[] {
  const wanted = Buffer.from(`${markVariable}=${mark}`);
  return processes().filter((pid) => {
    const isOurs = pid !== process.pid && isOf(pid, wanted, folder);
    if (isOurs) meet(pid);
    return isOurs;
  });
}

function processes(): number[] {
  try {
    return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));
  } catch {
    return [];
  }
}

function isOf(pid: number, wanted: Buffer, folder: string | null): boolean {
  try {
    return (readFileSync(`/proc/${pid}/environ`).includes(wanted) || (folder !== null && worksIn(pid, folder))) && !isZombie(pid);
  } catch {
    return false;
  }
}

/** Whether a process has its working directory in a folder, and no terminal: somebody who looks around in there does not belong to the run. */
function worksIn(pid: number, folder: string): boolean {
  if (!readlinkSync(`/proc/${pid}/cwd`).startsWith(`${folder}/`)) return false;
  const [, , , , terminal] = statOf(pid);
  return terminal === '0';
}

function isZombie(pid: number): boolean {
  return statOf(pid)[0] === 'Z';
}

/** The fields of `/proc/PID/stat` behind the name: state, parent, group, session, terminal… */
function statOf(pid: number): string[] {
  const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

function signalTo(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ESRCH' || error.code === 'EPERM');
}
