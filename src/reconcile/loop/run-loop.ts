import { isDeepStrictEqual } from 'node:util';
import type { DriverHandle } from '../drivers/types.ts';
import type { AppState } from '../state/types.ts';
import type { GateReport } from './await-gate.ts';
import type { HoldAnswer } from './judge-hold.ts';
import { begin, step } from './step.ts';
import type { AlertReason, Deployed, LoopAction, LoopEvent, LoopRules, Outcome, Step } from './types.ts';

/** Everything that the loop can do to the world. */
export interface LoopPorts {
  driver: DriverHandle;
  /** Of this run. */
  run: { id: string; bootId: string };
  /** Aborted by SIGTERM: the loop ends at the next safe point. */
  stop: AbortSignal;
  /** Durable; resolves to what stands on disk. Rejects when it could not be written. */
  save: (state: AppState) => Promise<AppState>;
  awaitGate: (version: string, fresh: boolean) => Promise<GateReport>;
  judgeHold: (from: string | null, to: string) => Promise<HoldAnswer>;
  /** Takes or brings back the data that belong to `version`; null, or why that failed. */
  snapshot: (version: string) => Promise<string | null>;
  restore: (version: string) => Promise<string | null>;
  alert: (alert: LoopAlert) => Promise<void>;
  markRecovered: (version: string) => Promise<void>;
  closePassed: (version: string) => Promise<void>;
}

export interface LoopAlert {
  reason: AlertReason;
  version: string;
  why: string;
  lastGood: string | null;
  /** The attempt it belongs to, else the run. */
  countFor: string;
  isNewFault: boolean;
}

export interface LoopResult {
  state: AppState;
  outcome: Outcome;
  why: string;
}

/** Drives one app from the state on disk to the end of a run. Every state is written before the act that it announces; when it
 *  cannot be written, the act does not happen. Rejects only for a bug. */
export async function runLoop(state: AppState, rules: LoopRules, ports: LoopPorts): Promise<LoopResult> {
  let onDisk = state;
  let next = begin(state, rules);
  for (;;) {
    const saved = await save(onDisk, next, ports);
    if ('why' in saved) return { state: onDisk, outcome: 'not-written', why: saved.why };
    onDisk = saved.state;
    const happened = await actAll(next.actions, onDisk, ports);
    if (!('on' in happened)) return { ...happened, state: onDisk };
    next = step(onDisk, happened, rules);
  }
}

async function save(onDisk: AppState, next: Step, ports: LoopPorts): Promise<{ state: AppState } | { why: string }> {
  if (isDeepStrictEqual(next.state, onDisk)) return { state: onDisk };
  try {
    return { state: await ports.save(next.state) };
  } catch (error) {
    return { why: describeWriteError(error) };
  }
}

type Ended = { outcome: Outcome; why: string };

async function actAll(actions: readonly LoopAction[], state: AppState, ports: LoopPorts): Promise<LoopEvent | Ended> {
  for (const action of actions) {
    if (ports.stop.aborted && isBeginning(action)) return { outcome: 'interrupted', why: `asked to stop while ${state.phase}; the next run goes on from here` };
    const happened = await act(action, state, ports);
    if (happened !== null) return happened;
  }
  throw new Error(`phase ${state.phase}: the last action brought no event`);
}

/** Between two acts the state on disk says all there is to know; within one it does not. */
function isBeginning(action: LoopAction): boolean {
  return action.do === 'snapshot' || action.do === 'deploy' || action.do === 'take-back' || action.do === 'gate' || action.do === 'judge-hold';
}

async function act(action: LoopAction, state: AppState, ports: LoopPorts): Promise<LoopEvent | Ended | null> {
  switch (action.do) {
    case 'look':
      return { on: 'looked', saw: await ports.driver.look(), run: ports.run };
    case 'judge-hold': {
      const answer = await ports.judgeHold(action.from, action.to);
      if (answer.kind === 'clear') return { on: 'hold-clear', from: action.from };
      return answer.kind === 'held' ? { on: 'hold-found', reason: answer.reason, why: answer.why } : { on: 'hold-unknown', why: answer.why };
    }
    case 'snapshot': {
      const failed = await ports.snapshot(action.version);
      return failed === null ? { on: 'snapshot-taken' } : { on: 'snapshot-failed', why: failed };
    }
    case 'deploy':
      return { on: 'deployed', how: await ports.driver.deploy(action.version) };
    case 'take-back':
      return { on: 'taken-back', how: await takeBack(action.to, action.restore, ports) };
    case 'gate': {
      const { end, why } = await ports.awaitGate(action.version, action.fresh);
      if (end === 'stopped') return { outcome: 'interrupted', why: `asked to stop while ${state.phase}; the next run goes on from here` };
      return { on: 'gated', end, why, saw: await ports.driver.look() };
    }
    case 'settle':
      return { on: 'settled', outcome: action.outcome, why: action.why };
    case 'end':
      return { outcome: action.outcome, why: action.why };
    default:
      return writeAlert(action, state, ports);
  }
}

async function takeBack(to: string, restore: boolean, { driver, restore: bringBack }: LoopPorts): Promise<Deployed> {
  const failed = restore ? await bringBack(to) : null;
  return failed === null ? driver.deploy(to) : { kind: 'failed', why: `the data were not restored: ${failed}` };
}

/** An alert that cannot be written is as much a reason to stop as a state that cannot. */
async function writeAlert(action: Extract<LoopAction, { do: 'raise' | 'count' | 'mark-recovered' | 'close-passed' }>, state: AppState, ports: LoopPorts): Promise<Ended | null> {
  try {
    switch (action.do) {
      case 'mark-recovered':
        await ports.markRecovered(action.version);
        return null;
      case 'close-passed':
        await ports.closePassed(action.version);
        return null;
      default: {
        const { reason, version, why } = action;
        const countFor = action.do === 'raise' ? (state.attempt?.id ?? ports.run.id) : ports.run.id;
        await ports.alert({ reason, version, why, lastGood: state.last_good, countFor, isNewFault: action.do === 'raise' });
        return null;
      }
    }
  } catch (error) {
    return { outcome: 'not-written', why: describeWriteError(error) };
  }
}

/** The system's word for a write that failed; anything else is a bug and goes on up. */
function describeWriteError(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return `could not be written, so nothing more was done: ${error.message}`;
  throw error;
}
