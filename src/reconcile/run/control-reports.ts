import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { gateDigest } from '../evidence/gate-digest.ts';
import type { App } from '../spec/types.ts';
import { isSystemError, replaceFile } from '../../durable/replace-file.ts';
import type { ControlReport } from './types.ts';

const kinds = ['static', 'loopback', 'destructive', 'differential'] as const;
const form = z.array(z.object({ name: z.string(), kind: z.enum(kinds), verdict: z.string(), why: z.string(), gate: z.string(), at: z.string() }));

export type KeptControl = Omit<ControlReport, 'stale'>;

function keptPath(stateDir: string, app: string): string {
  return join(stateDir, 'controls', `${app}.json`);
}

/** The newest result of every control that was run against the app, each with whether the gate has changed since. What cannot be
 *  read counts as never run: a control is cheap to run again. */
export async function readControlReports(stateDir: string, app: App): Promise<ControlReport[]> {
  const gate = gateDigest(app.gate);
  const kept = await readKept(stateDir, app.name);
  return kept.map((control) => Object.assign(control, { stale: control.gate !== gate }));
}

/** Keeps results in the place of older ones of the same kind and name. */
export async function keepControlReports(stateDir: string, app: string, results: readonly KeptControl[]): Promise<void> {
  const others = (await readKept(stateDir, app)).filter((kept) => !results.some(({ kind, name }) => kind === kept.kind && name === kept.name));
  replaceFile(keptPath(stateDir, app), JSON.stringify([...others, ...results], null, 2) + '\n');
}

async function readKept(stateDir: string, app: string): Promise<KeptControl[]> {
  let text: string;
  try {
    text = await readFile(keptPath(stateDir, app), 'utf8');
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return [];
    throw error;
  }
  try {
    return form.parse(JSON.parse(text));
  } catch {
    return [];
  }
}
