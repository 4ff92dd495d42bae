import { readFile, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { isSystemError, replaceFile } from '../../durable/replace-file.ts';
import type { AppState } from './types.ts';
import { loopPhases, newState, stateSchema } from './types.ts';

/** A state that is there but cannot be relied on; nothing is deployed over it. */
export interface StateRefused {
  ok: false;
  path: string;
  why: string;
}

export type StateReading = { ok: true; state: AppState } | StateRefused;

const attempt = z.strictObject({ version: z.string(), id: z.string(), n: z.int().min(0), boot_id: z.string(), mark: z.string().nullable() });
const fileForm = z.strictObject({
  schema: z.literal(stateSchema),
  seq: z.int().min(0),
  phase: z.enum(loopPhases),
  attempt: attempt.nullable(),
  last_good: z.string().nullable(),
  previous_good: z.string().nullable(),
  bad: z.array(z.string()),
});

/** Phases in which something is under way: without an attempt there is nothing that could be. */
const needsAttempt: readonly string[] = ['holding', 'snapshotting', 'deploying', 'gating', 'committing', 'rolling-back', 'gating-rollback'];

/** Where the state of `app` stands below the state folder. */
export function statePath(stateDir: string, app: string): string {
  return join(stateDir, `${app}.json`);
}

/** Reads the state of `app`; a missing file is the state of an app that was never deployed. */
export async function readState(stateDir: string, app: string): Promise<StateReading> {
  const path = statePath(stateDir, app);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return { ok: true, state: newState() };
    return { ok: false, path, why: `cannot be read: ${String(error)}` };
  }
  return parseState(path, text);
}

function parseState(path: string, text: string): StateReading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, path, why: 'is torn: not a whole JSON value' };
  }
  const schema = z.object({ schema: z.int() }).safeParse(value);
  if (schema.success && schema.data.schema > stateSchema) return { ok: false, path, why: `has schema ${schema.data.schema}, this version reads up to ${stateSchema}` };
  const read = fileForm.safeParse(value);
  if (!read.success) return { ok: false, path, why: `is not a state: ${z.prettifyError(read.error).replaceAll('\n', ' ')}` };
  if (needsAttempt.includes(read.data.phase) && read.data.attempt === null) return { ok: false, path, why: `is not a state: phase ${read.data.phase} without an attempt` };
  return { ok: true, state: read.data };
}

/** Writes the state durably, with the next `seq`; returns what stands on disk now. */
export function writeState(stateDir: string, app: string, state: AppState): AppState {
  const next = nextState(state);
  replaceFile(statePath(stateDir, app), formatState(next));
  return next;
}

/** The state as it would be written. */
export function nextState(state: AppState): AppState {
  return { ...state, seq: state.seq + 1 };
}

export function formatState(state: AppState): string {
  return JSON.stringify(state, null, 2) + '\n';
}

/** Puts a fresh state in the place of one that is refused; the old file stays beside it. A state that reads well is left alone.
 *  Returns the path of the file that was kept, or null when there was nothing to repair. */
export async function repairState(stateDir: string, app: string): Promise<{ kept: string | null }> {
  const reading = await readState(stateDir, app);
  if (reading.ok) return { kept: null };
  const names = new Set(await readdir(stateDir));
  let n = 1;
  while (names.has(`${app}.json.kept-${n}`)) n += 1;
  const kept = join(stateDir, `${app}.json.kept-${n}`);
  await rename(reading.path, kept);
  writeState(stateDir, app, newState());
  return { kept };
}
