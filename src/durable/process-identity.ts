import { readFileSync } from 'node:fs';
import { isSystemError } from './replace-file.ts';

/** A process, told apart from a later one that was given the same number. */
export interface ProcessIdentity {
  pid: number;
  /** Clock ticks between boot and its start; null where the system has no /proc. */
  started: string | null;
  boot_id: string;
}

/** The kernel's name for this boot; `unknown` where it has none. */
export function readBootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return 'unknown';
  }
}

export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, started: readStart(process.pid), boot_id: readBootId() };
}

/** True while that very process runs. A zombie has let go of everything and counts as gone. */
export function isAlive(identity: ProcessIdentity): boolean {
  if (identity.boot_id !== readBootId()) return false;
  if (identity.started !== null) return readStart(identity.pid) === identity.started;
  try {
    process.kill(identity.pid, 0);
    return true;
  } catch (error) {
    return isSystemError(error, 'EPERM');
  }
}

/** Field 22 of /proc/PID/stat; null for a process that is gone. The name (field 2) may hold blanks and brackets: count from its end. */
function readStart(pid: number): string | null {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return null;
  }
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const state = fields[0];
  return state === 'Z' || state === 'X' ? null : (fields[19] ?? null);
}
