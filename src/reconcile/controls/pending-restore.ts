import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Argv } from '../spec/types.ts';
import { isSystemError, removeFile, replaceFile } from '../../durable/replace-file.ts';

/** Something that was broken on purpose and has to be put right again, whatever becomes of the run that broke it. */
export interface PendingRestore {
  app: string;
  control: string;
  restore: Argv;
}

const form = z.object({ app: z.string(), control: z.string(), restore: z.tuple([z.string()], z.string()) });

function pendingFolder(stateDir: string): string {
  return join(stateDir, 'broken');
}

function pendingPath(stateDir: string, app: string): string {
  return join(pendingFolder(stateDir), `${app}.json`);
}

/** On disk before the break. */
export function rememberRestore(stateDir: string, pending: PendingRestore): void {
  replaceFile(pendingPath(stateDir, pending.app), JSON.stringify(pending, null, 2) + '\n');
}

export function forgetRestore(stateDir: string, app: string): void {
  removeFile(pendingPath(stateDir, app));
}

/** What an earlier run broke and did not put right, by app. A record that cannot be read names its path in `unreadable`. */
export async function readPendingRestores(stateDir: string): Promise<{ pending: PendingRestore[]; unreadable: string[] }> {
  const pending: PendingRestore[] = [];
  const unreadable: string[] = [];
  for (const name of await listRecords(pendingFolder(stateDir))) {
    const path = join(pendingFolder(stateDir), name);
    try {
      pending.push(form.parse(JSON.parse(await readFile(path, 'utf8'))));
    } catch {
      unreadable.push(path);
    }
  }
  return { pending, unreadable };
}

async function listRecords(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.json') && !name.startsWith('.')).sort();
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return [];
    throw error;
  }
}
