import { totalmem } from 'node:os';
import { readOrNothing } from './read-or-nothing.ts';

/** What all processes of a run may use together. No build that is meant comes near; what has no end does. */
export interface Limits {
  processes: number;
  /** Processes and threads together. */
  tasks: number;
  /** Memory of their own, shared pages counted once. */
  memoryBytes: number;
  /** By how much the file system that they write to may fill up. */
  diskBytes: number;
}

const gibibyte = 2 ** 30;
/** Each process by itself: so many open files at most, and so many where it asks for no more. */
const openFiles = { hard: 65_536, soft: 4096 };

/** The limits of every step: three quarters of the memory that there is for docket itself, the rest is the same everywhere. */
export function defaultLimits(): Limits {
  return { processes: 2048, tasks: 4096, memoryBytes: Math.floor(memoryOfMachine() * 0.75), diskBytes: 20 * gibibyte };
}

/** What the kernel, or the container that this runs in, has to give. */
function memoryOfMachine(): number {
  const constrained = process.constrainedMemory();
  return constrained > 0 && constrained < totalmem() ? constrained : totalmem();
}

/**
 * What bash does before a script: limits that the kernel keeps, and a word to it that whoever runs out of memory should take these processes first.
 * The limit of processes is the user's, not the run's, so it leaves room for what runs already; for root the kernel keeps none.
 */
export function limitsOfKernel({ tasks }: Limits): string {
  const files = Math.min(openFiles.hard, hardLimit('Max open files') ?? 0);
  const all = Math.min((countTasks() ?? Number.POSITIVE_INFINITY) + tasks, hardLimit('Max processes') ?? 0);
  return [
    'ulimit -c 0',
    ...(files > 0 ? [`ulimit -S -n ${Math.min(openFiles.soft, files)}`, `ulimit -H -n ${files}`] : []),
    ...(all > 0 && Number.isFinite(all) ? [`ulimit -u ${all}`] : []),
    '{ echo 1000 >/proc/self/oom_score_adj; } 2>/dev/null',
  ].join('; ');
}

/** A hard limit of this process; null where the system does not tell it. */
function hardLimit(name: string): number | null {
  const found = new RegExp(`^${name} +\\S+ +(\\d+|unlimited)`, 'm').exec(readOrNothing('/proc/self/limits'))?.[1];
  if (found === undefined) return null;
  return found === 'unlimited' ? Number.POSITIVE_INFINITY : Number(found);
}

/** All threads of the machine; null where the system does not tell. */
export function countTasks(): number | null {
  const found = /^\S+ \S+ \S+ \d+\/(\d+)/.exec(readOrNothing('/proc/loadavg'))?.[1];
  return found === undefined ? null : Number(found);
}

/** How often the kernel has ended a process for want of memory; null where it does not tell. */
export function countOutOfMemory(): number | null {
  const found = /^oom_kill (\d+)$/m.exec(readOrNothing('/proc/vmstat'))?.[1];
  return found === undefined ? null : Number(found);
}

/** Bytes of memory that are to be had now; null where the system does not tell. */
export function availableMemory(): number | null {
  const found = /^MemAvailable: +(\d+) kB$/m.exec(readOrNothing('/proc/meminfo'))?.[1];
  return found === undefined ? null : Number(found) * 1024;
}
