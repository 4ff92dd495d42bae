import { mkdir, readFile, readdir, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { ProcessIdentity } from './process-identity.ts';
import { isAlive, ownIdentity } from './process-identity.ts';
import { createFile, isSystemError, removeFile } from './replace-file.ts';

export type Lock = { held: true; release: () => Promise<void> } | { held: false; holder: number };

const form = z.object({ pid: z.int(), started: z.string().nullable(), boot_id: z.string() });

/** Takes the one lock of a state folder, or says who holds it; never waits. A holder that died, by whatever signal, blocks nobody.
 *
 *  Lock files are numbered, and the living process with the highest number holds the lock. A file that is left behind is not taken
 *  over: the next number is created instead, which only one process can do, so that two that find the same dead holder cannot both
 *  win. The highest file is emptied on release, never removed, so that no number comes twice; who sees a higher number than its own
 *  after creating it has acted on an old listing, and looks again. */
export async function takeLock(stateDir: string): Promise<Lock> {
  await mkdir(stateDir, { recursive: true });
  const own = JSON.stringify(ownIdentity());
  for (;;) {
    const before = await lockNumbers(stateDir);
    const holder = await livingHolder(stateDir, before);
    if (holder !== null) return { held: false, holder };
    const number = (before.at(-1) ?? 0) + 1;
    const path = lockPath(stateDir, number);
    if (!(createFile(path, own))) continue;
    const after = await lockNumbers(stateDir);
    if (after.some((other) => other > number)) {
      removeFile(path);
      continue;
    }
    for (const old of after) if (old < number) removeFile(lockPath(stateDir, old));
    return { held: true, release: () => truncate(path) };
  }
}

function lockPath(stateDir: string, number: number): string {
  return join(stateDir, `lock.${number}`);
}

async function lockNumbers(stateDir: string): Promise<number[]> {
  const names = await readdir(stateDir);
  return names.flatMap((name) => (/^lock\.[0-9]+$/.test(name) ? [Number(name.slice(5))] : [])).sort((a, b) => a - b);
}

async function livingHolder(stateDir: string, numbers: number[]): Promise<number | null> {
  for (const number of numbers.toReversed()) {
    const identity = await readIdentity(lockPath(stateDir, number));
    if (identity !== null && isAlive(identity)) return identity.pid;
  }
  return null;
}

/** Null for a file that is gone, was released, or was never written by us. */
async function readIdentity(path: string): Promise<ProcessIdentity | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return null;
    throw error;
  }
  try {
    return form.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
