import type { AppState } from '../state/types.ts';

/** What a driver says runs now. */
export type Saw =
  /** `mark` is the driver's own mark of what stands there; null: it has none. */
  | { kind: 'version'; version: string; mark: string | null }
  /** Asked, and nothing runs. */
  | { kind: 'nothing' }
  /** The driver has no way to tell versions apart. */
  | { kind: 'unversioned' }
  /** It answered with a failure. Before the first deploy that means that nothing is there yet. */
  | { kind: 'failed'; why: string }
  /** It could not be asked. */
  | { kind: 'unknown'; why: string };

/** How handing a version to a driver ended. */
export type Deployed =
  | { kind: 'done'; mark: string | null }
  /** It was tried and it failed: the service may be half changed. */
  | { kind: 'failed'; why: string }
  /** Not known whether it took (limit reached, connection lost). */
  | { kind: 'unknown'; why: string }
  /** It could not be begun: nothing was touched. */
  | { kind: 'not-run'; why: string }
  /** Somebody else changed the service while it was under way. */
  | { kind: 'conflict'; why: string };

/** What the gate said over its whole time, not what one round of probes said. */
export type GateEnd = 'pass' | 'fail' | 'unknown' | 'deadlock' | 'stopped';

/** What came of one run for one app. */
export type Outcome =
  | 'committed'
  | 'noop'
  | 'held'
  | 'rolled-back'
  /** Unhealthy, and nothing good to go back to. */
  | 'unhealthy'
  /** The wanted version failed before; not deployed again. */
  | 'known-bad'
  /** The gate waits for what waits for us. */
  | 'deadlock'
  | 'conflict'
  | 'unknown'
  /** Asked to stop (SIGTERM); the next run goes on from there. */
  | 'interrupted'
  | 'stuck'
  /** Refused before anything was touched: toothless gate, cycle in the order. */
  | 'refused'
  /** The intent could not be written (disk full), so nothing was done. */
  | 'not-written';

export type AlertReason = 'unhealthy-on-latest' | 'rollback-failed' | 'held-major' | 'held-notes' | 'gate-cycle' | 'gate-deadlock' | 'confirm-failed';

/** What happened; the executor reports it, the transition function judges it. */
export type LoopEvent =
  | { on: 'looked'; saw: Saw; run: { id: string; bootId: string } }
  | { on: 'hold-clear'; from: string | null }
  | { on: 'hold-found'; reason: 'held-major' | 'held-notes'; why: string }
  | { on: 'hold-unknown'; why: string }
  | { on: 'snapshot-taken' }
  | { on: 'snapshot-failed'; why: string }
  | { on: 'deployed'; how: Deployed }
  /** `saw`: what ran when the gate had ended. */
  | { on: 'gated'; end: Exclude<GateEnd, 'stopped'>; why: string; saw: Saw }
  | { on: 'taken-back'; how: Deployed }
  /** The alerts that belong to the end of this phase are on disk; `outcome` is what the phase ends with. */
  | { on: 'settled'; outcome: Outcome; why: string };

/** What is to be done next. All but the last action of a step only write alerts; the last one brings the next event. */
export type LoopAction =
  | { do: 'look' }
  /** `from`: what runs, or the last good version; null when neither is known. */
  | { do: 'judge-hold'; from: string | null; to: string }
  /** `version`: what the data belong to. */
  | { do: 'snapshot'; version: string }
  | { do: 'deploy'; version: string }
  /** `fresh`: something was started just now, so the start's grace counts. */
  | { do: 'gate'; version: string; fresh: boolean }
  /** Back to `to`; with its data when `restore`. */
  | { do: 'take-back'; to: string; restore: boolean }
  | { do: 'raise'; reason: AlertReason; version: string; why: string }
  /** Nothing new happened, but the fault still stands: its alert is counted. */
  | { do: 'count'; reason: AlertReason; version: string; why: string }
  | { do: 'mark-recovered'; version: string }
  /** The app runs `version` and its gate held: alerts of this gate may close. */
  | { do: 'close-passed'; version: string }
  | { do: 'settle'; outcome: Outcome; why: string }
  | { do: 'end'; outcome: Outcome; why: string };

export interface Step {
  state: AppState;
  actions: LoopAction[];
}

/** What the specification says, as far as it decides a transition. */
export interface LoopRules {
  wanted: string;
  stateful: boolean;
}
