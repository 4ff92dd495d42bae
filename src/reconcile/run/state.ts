import { takeLock } from '../../durable/lock.ts';
import { readState, repairState, writeState } from '../state/state-file.ts';
import type { AppState } from '../state/types.ts';
import type { App } from '../spec/types.ts';
import { exits, worstExit } from './exits.ts';
import { lockedBy } from './locked.ts';
import { selectApps } from './select-apps.ts';
import type { Infra, InfraResult, Problem } from './types.ts';

export interface AppStateReport {
  app: string;
  /** Null when the file cannot be relied on. */
  state: AppState | null;
  /** Something was changed by this command. */
  changed: boolean;
  /** File that was put aside by a repair. */
  kept: string | null;
}

export interface StateData {
  apps: AppStateReport[];
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
export function resumeApp(infra: Infra, name: string): Promise<InfraResult<StateData>> {
  return changeState(infra, name, (_, state) => (state.phase === 'stuck' ? { ...state, phase: 'idle', attempt: null } : state));
}

/** A person wants the wanted version tried once more, though it failed before. An app that is stuck has to be resumed first. */
export function retryApp(infra: Infra, name: string): Promise<InfraResult<StateData>> {
  return changeState(infra, name, ({ wanted }, state) => {
    if (wanted === null || state.phase !== 'idle' || !state.bad.includes(wanted)) return state;
    const attempt = { version: wanted, id: infra.run.id, n: 0, boot_id: infra.run.bootId, mark: null };
    return { ...state, attempt, bad: state.bad.filter((version) => version !== wanted) };
  });
}

/** Puts a fresh state in the place of one that is refused and keeps the old file beside it; a good one is left alone. */
export function repairApp(infra: Infra, name: string): Promise<InfraResult<StateData>> {
  return underLock(infra, name, async () => {
    const { kept } = await repairState(infra.stateDir, name);
    const reading = await readState(infra.stateDir, name);
    return { exit: exits.yes, data: { apps: [{ app: name, state: reading.ok ? reading.state : null, changed: kept !== null, kept }] }, problems: [] };
  });
}

function changeState(infra: Infra, name: string, change: (app: App, state: AppState) => AppState): Promise<InfraResult<StateData>> {
  return underLock(infra, name, async (app) => {
    const reading = await readState(infra.stateDir, name);
    if (!reading.ok) return { exit: exits.unreadable, data: { apps: [report(name, null)] }, problems: [unreliable(name, reading.path, reading.why)] };
    const next = change(app, reading.state);
    if (next === reading.state) return { exit: next.phase === 'stuck' ? exits.stuck : exits.yes, data: { apps: [report(name, next)] }, problems: [] };
    const written = writeState(infra.stateDir, name, next);
    return { exit: exits.yes, data: { apps: [{ ...report(name, written), changed: true }] }, problems: [] };
  });
}

async function underLock(infra: Infra, name: string, act: (app: App) => Promise<InfraResult<StateData>>): Promise<InfraResult<StateData>> {
  const { apps, problems } = selectApps(infra, [name]);
  const [app] = apps;
  if (app === undefined) return { exit: exits.unreadable, data: { apps: [] }, problems };
  const lock = await takeLock(infra.stateDir);
  if (!lock.held) return { exit: exits.locked, data: { apps: [] }, problems: [lockedBy(infra, lock.holder)] };
  try {
    return await act(app);
  } finally {
    await lock.release();
  }
}

function report(app: string, state: AppState | null): AppStateReport {
  return { app, state, changed: false, kept: null };
}

function unreliable(app: string, path: string, why: string): Problem {
  return { rule: 'unreadable', message: `${path} ${why}`, next: `Run: docket infra state repair ${app}`, path, line: null, column: null };
}
