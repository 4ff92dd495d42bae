import { readFile } from 'node:fs/promises';
import { takeLock } from '../../durable/lock.ts';
import { formatState, nextState, readState, repairState, statePath, writeState } from '../state/state-file.ts';
import { newState, type AppState } from '../state/types.ts';
import type { App } from '../spec/types.ts';
import { exits, worstExit } from './exits.ts';
import { lockedBy } from './locked.ts';
import { selectApps } from './select-apps.ts';
import type { AppStateReport, FileChange, Infra, InfraResult, Mode, Problem } from './types.ts';

export interface StateData {
  apps: AppStateReport[];
}

export interface StateChangeData extends StateData {
  /** Null when nothing had to be changed. */
  change: FileChange | null;
}

/** What is remembered of the apps. Executes nothing and changes nothing. Exit 0; 2 when a state cannot be relied on; 5 when an app
 *  is stuck. */
export async function showState(infra: Infra, names: readonly string[]): Promise<InfraResult<StateData>> {
  const { apps, problems } = selectApps(infra, names);
  const reports = await Promise.all(apps.map(async ({ name }) => {
    const reading = await readState(infra.stateDir, name);
    if (!reading.ok) problems.push(unreliable(name, reading.path, reading.why));
    return report(name, reading.ok ? reading.state : null);
  }));
  const stuck = reports.some(({ state }) => state?.phase === 'stuck');
  return { exit: worstExit(stuck ? [exits.stuck] : [], problems), data: { apps: reports }, problems };
}

/** A person has looked after an app that was stuck: the next run may begin. Versions that failed stay refused. */
export function resumeApp(infra: Infra, name: string, mode: Mode = 'write'): Promise<InfraResult<StateChangeData>> {
  return changeState(infra, name, mode, (_, state) => (state.phase === 'stuck' ? { ...state, phase: 'idle', attempt: null } : state));
}

/** A person wants the wanted version tried once more, though it failed before. An app that is stuck has to be resumed first. */
export function retryApp(infra: Infra, name: string, mode: Mode = 'write'): Promise<InfraResult<StateChangeData>> {
  return changeState(infra, name, mode, ({ wanted }, state) => {
    if (wanted === null || state.phase !== 'idle' || !state.bad.includes(wanted)) return state;
    const attempt = { version: wanted, id: infra.run.id, n: 0, boot_id: infra.run.bootId, mark: null };
    return { ...state, attempt, bad: state.bad.filter((version) => version !== wanted) };
  });
}

/** Puts a fresh state in the place of one that is refused and keeps the old file beside it; a good one is left alone. */
export function repairApp(infra: Infra, name: string, mode: Mode = 'write'): Promise<InfraResult<StateChangeData>> {
  return underLock(infra, name, async () => {
    const before = await readState(infra.stateDir, name);
    if (before.ok) return { exit: exits.yes, data: unchanged(name, before.state), problems: [] };
    const change = changeOf(before.path, await readFile(before.path, 'utf8').catch(() => null), nextState(newState()));
    const { kept } = mode === 'write' ? await repairState(infra.stateDir, name) : { kept: null };
    return { exit: exits.yes, data: { apps: [{ app: name, state: nextState(newState()), changed: true, kept }], change }, problems: [] };
  });
}

function changeState(infra: Infra, name: string, mode: Mode, change: (app: App, state: AppState) => AppState): Promise<InfraResult<StateChangeData>> {
  return underLock(infra, name, async (app) => {
    const reading = await readState(infra.stateDir, name);
    if (!reading.ok) return { exit: exits.unreadable, data: unchanged(name, null), problems: [unreliable(name, reading.path, reading.why)] };
    const next = change(app, reading.state);
    if (next === reading.state) return { exit: next.phase === 'stuck' ? exits.stuck : exits.yes, data: unchanged(name, next), problems: [] };
    const path = statePath(infra.stateDir, name);
    const done = changeOf(path, await readFile(path, 'utf8'), nextState(next));
    const state = mode === 'write' ? writeState(infra.stateDir, name, next) : nextState(next);
    return { exit: exits.yes, data: { apps: [{ app: name, state, changed: true, kept: null }], change: done }, problems: [] };
  });
}

function changeOf(path: string, before: string | null, after: AppState): FileChange {
  return { from: path, to: path, before, after: formatState(after) };
}

async function underLock(infra: Infra, name: string, act: (app: App) => Promise<InfraResult<StateChangeData>>): Promise<InfraResult<StateChangeData>> {
  const { apps, problems } = selectApps(infra, [name]);
  const [app] = apps;
  if (app === undefined) return { exit: exits.unreadable, data: { apps: [], change: null }, problems };
  const lock = await takeLock(infra.stateDir);
  if (!lock.held) return { exit: exits.locked, data: { apps: [], change: null }, problems: [lockedBy(infra, lock.holder)] };
  try {
    return await act(app);
  } finally {
    await lock.release();
  }
}

function report(app: string, state: AppState | null): AppStateReport {
  return { app, state, changed: false, kept: null };
}

function unchanged(app: string, state: AppState | null): StateChangeData {
  return { apps: [report(app, state)], change: null };
}

function unreliable(app: string, path: string, why: string): Problem {
  return { rule: 'unreadable', message: `${path} ${why}`, next: `Run: docket infra state repair ${app}`, path, line: null, column: null };
}
