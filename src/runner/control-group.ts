import { existsSync, mkdirSync, readdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isAlive, ownIdentity, readBootId } from '../durable/process-identity.ts';
import { readOrNothing } from './read-or-nothing.ts';

/** A control group of the kernel around the processes of a run: they cannot leave it, and it holds no more than so many. */
export interface ControlGroup {
  folder: string;
  /** Shell words by which a process goes in there. */
  enter: string;
  /** How many processes were refused so far, because there were as many as there may be. */
  refused(): number;
  remove(): Promise<void>;
}

const mount = '/sys/fs/cgroup';
/** The kernel takes its time to end thousands of processes. */
const mostRounds = 500;
const form = /^docket-(\d+)-(\d+)$/;

/**
 * Makes a control group for a run of this process, where this user may: as root, mostly. Null elsewhere; then the kernel's limit for users holds, which
 * it keeps for everybody but root.
 */
export function openControlGroup(tasks: number): ControlGroup | null {
  const { pid, started } = ownIdentity();
  if (started === null) return null;
  for (const parent of parents()) {
    removeDead(parent);
    const folder = join(parent, `docket-${pid}-${started}`);
    if (make(folder, tasks)) return open(folder);
  }
  return null;
}

function open(folder: string): ControlGroup {
  return {
    folder,
    enter: `{ echo $$ >'${folder}/cgroup.procs'; } 2>/dev/null || exit 126`,
    refused: () => Number(/^max (\d+)$/m.exec(readOrNothing(join(folder, 'pids.events')))?.[1] ?? 0),
    remove: () => removeControlGroup(folder),
  };
}

/** Ends all that is in a control group; nothing in there can start anything meanwhile. */
export async function killControlGroup(folder: string): Promise<void> {
  const limit = readOrNothing(join(folder, 'pids.max')).trim();
  tryWrite(join(folder, 'pids.max'), '0');
  for (let round = 0; round < mostRounds; round += 1) {
    const processes = readOrNothing(join(folder, 'cgroup.procs')).split('\n').flatMap((line) => (line === '' ? [] : [Number(line)]));
    if (processes.length === 0) break;
    for (const pid of processes) tryKill(pid);
    await pause(10);
  }
  tryWrite(join(folder, 'pids.max'), limit);
}

/** Ends what is in there and removes it; what cannot be removed yet goes with the next run. */
export async function removeControlGroup(folder: string): Promise<void> {
  if (!folder.startsWith(`${mount}/`) || !form.test(folder.slice(folder.lastIndexOf('/') + 1)) || !existsSync(folder)) return;
  await killControlGroup(folder);
  for (let round = 0; round < 20 && !tryRemove(folder); round += 1) await pause(10);
}

/** Where a group can be made: the one that docket is in, and those above. */
function parents(): string[] {
  const lines = readOrNothing('/proc/self/cgroup').split('\n');
  const [versions, root] = existsSync(join(mount, 'cgroup.controllers')) ? [/^0::(\/.*)$/, mount] : [/^\d+:(?:\S*,)?pids(?:,\S*)?:(\/.*)$/, join(mount, 'pids')];
  const own = lines.map((line) => versions.exec(line)?.[1]).find((path) => path !== undefined);
  if (own === undefined || own.includes('..')) return [];
  const found: string[] = [];
  for (let path = join(root, own).replace(/\/$/, ''); path.length >= root.length; path = dirname(path)) found.push(path);
  return found;
}

function make(folder: string, tasks: number): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'pids.max'), String(tasks), { flag: 'r+' });
    return true;
  } catch {
    tryRemove(folder);
    return false;
  }
}

/** Empty ones of docket processes that are gone. One that is not empty cannot be removed. */
function removeDead(parent: string): void {
  for (const name of listOrNothing(parent)) {
    const [, pid, started] = form.exec(name) ?? [];
    if (pid !== undefined && started !== undefined && !isAlive({ pid: Number(pid), started, boot_id: readBootId() })) tryRemove(join(parent, name));
  }
}

function tryRemove(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch {
    return !existsSync(folder);
  }
}

function tryWrite(path: string, text: string): void {
  try {
    writeFileSync(path, text, { flag: 'r+' });
  } catch {
    // It was removed meanwhile.
  }
}

function tryKill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone.
  }
}

function listOrNothing(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
