import { statfsSync } from 'node:fs';
import { findRun, type RunTrace } from './kill-processes.ts';
import { availableMemory, countOutOfMemory, countTasks, type Limits } from './limits.ts';
import { readOrNothing } from './read-or-nothing.ts';

/** Watches over one script of a run. */
export interface Watch {
  /** Ends it; gives which limit was passed, as a sentence, or null. */
  stop(): string | null;
}

const everyMs = 100;
/** The whole machine is looked at each time; each process of the run so often, and at once when the machine looks like it. */
const censusEvery = 20;
const pageBytes = 4096;

interface Baseline {
  tasks: number | null;
  memory: number | null;
  killed: number | null;
  refused: number;
  disk: Disk | null;
}

interface Disk {
  used: number;
  free: number;
}

/** A disk with less than this is full, as far as a build is concerned. */
const fullBytes = 32 * 2 ** 20;

/**
 * Looks ten times a second whether a run has passed a limit, and calls `passed` once with a sentence when it has. It counts the processes itself, because
 * the kernel keeps no such limit for root, and because a program that is refused a process or a file by the kernel fails like a test that does.
 */
export function watchLimits(trace: RunTrace, folder: string, limits: Limits, passed: (why: string) => void): Watch {
  const before: Baseline = { tasks: countTasks(), memory: availableMemory(), killed: countOutOfMemory(), refused: trace.group?.refused() ?? 0, disk: readDisk(folder) };
  let ticks = 0;
  let why: string | null = null;
  const timer = setInterval(() => {
    ticks += 1;
    why = passesDisk(before, folder, limits) ?? (ticks % censusEvery === 0 || isSuspicious(before, limits) ? passesCensus(trace, limits) : passesGroup(before, trace, limits));
    if (why === null) return;
    clearInterval(timer);
    passed(why);
  }, everyMs);
  return {
    stop() {
      clearInterval(timer);
      const killed = countOutOfMemory();
      why ??= passesDisk(before, folder, limits) ?? passesGroup(before, trace, limits);
      return why ?? (before.killed !== null && killed !== null && killed > before.killed ? 'the system ran out of memory and ended a process' : null);
    },
  };
}

/** Whether the machine as a whole shows that the run may have passed a limit: two small files instead of all processes. */
function isSuspicious(before: Baseline, { processes, memoryBytes }: Limits): boolean {
  const [tasks, memory] = [countTasks(), availableMemory()];
  return (tasks !== null && before.tasks !== null && tasks - before.tasks > processes / 2) || (memory !== null && before.memory !== null && before.memory - memory > memoryBytes / 2);
}

function passesGroup({ refused }: Baseline, { group }: RunTrace, { tasks }: Limits): string | null {
  return group !== null && group.refused() > refused ? `it ran more than ${tasks} processes and threads at once` : null;
}

function passesCensus(trace: RunTrace, { processes, tasks, memoryBytes }: Limits): string | null {
  const found = findRun(trace);
  if (found.length > processes) return `it ran more than ${processes} processes at once`;
  if (sum(found, threadsOf) > tasks) return `it ran more than ${tasks} processes and threads at once`;
  // What is shared between parents and children is counted once only where it comes to it: that costs the kernel much more.
  return sum(found, ownMemory) > memoryBytes && sum(found, shareOfMemory) > memoryBytes ? `it used more than ${inGibibytes(memoryBytes)} of memory` : null;
}

function passesDisk({ disk: before }: Baseline, folder: string, { diskBytes }: Limits): string | null {
  const now = readDisk(folder);
  if (now === null || before === null) return null;
  if (now.used - before.used > diskBytes) return `more than ${inGibibytes(diskBytes)} were written to disk`;
  return now.free < fullBytes && before.free >= 2 * fullBytes ? 'the disk is full' : null;
}

function readDisk(folder: string): Disk | null {
  try {
    const { blocks, bfree, bavail, bsize } = statfsSync(folder);
    return { used: (blocks - bfree) * bsize, free: bavail * bsize };
  } catch {
    return null;
  }
}

function sum(processes: readonly number[], of: (pid: number) => number): number {
  return processes.reduce((total, pid) => total + of(pid), 0);
}

function threadsOf(pid: number): number {
  return figure(pid, 'status', /^Threads:\s+(\d+)/m);
}

function ownMemory(pid: number): number {
  const [, resident = 0, shared = 0] = readOrNothing(`/proc/${pid}/statm`).split(' ').map(Number);
  return (resident - shared) * pageBytes;
}

function shareOfMemory(pid: number): number {
  return figure(pid, 'smaps_rollup', /^Pss:\s+(\d+) kB/m) * 1024;
}

function figure(pid: number, file: string, pattern: RegExp): number {
  return Number(pattern.exec(readOrNothing(`/proc/${pid}/${file}`))?.[1] ?? 0);
}

function inGibibytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1).replace(/\.0$/, '')} GiB`;
}
