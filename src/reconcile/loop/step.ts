import type { AppState } from '../state/types.ts';
import { compareRunning } from './compare-running.ts';
import { leaveToPerson, refuseKnownBad, stopAtDeadlock, stopHere } from './endings.ts';
import { stepGatingRollback, stepRollingBack } from './step-back.ts';
import { decideWhatToDo, stepCommitting, stepDeploying, stepGating, stepHolding, stepSnapshotting } from './step-forward.ts';
import type { LoopEvent, LoopRules, Step } from './types.ts';

/** The first step of a run, from whatever state the run before it left. */
export function begin(state: AppState, rules: LoopRules): Step {
  if (state.phase === 'stuck') {
    const why = 'a rollback failed; only a person can go on from here';
    return { state, actions: [{ do: 'count', reason: 'rollback-failed', version: state.attempt?.version ?? rules.wanted, why }, { do: 'end', outcome: 'stuck', why }] };
  }
  if (isUntouched(state) && state.bad.includes(rules.wanted)) return refuseKnownBad(state, rules.wanted);
  return { state, actions: [{ do: 'look' }] };
}

/** The next state and what is to be done in it. Pure: the same arguments give the same answer, and nothing is touched.
 *  Throws when `event` cannot happen in this phase, which is a bug in the executor. */
export function step(state: AppState, event: LoopEvent, rules: LoopRules): Step {
  const next = dispatch(state, event, rules);
  if (next === null) throw new Error(`event ${event.on} cannot happen in phase ${state.phase}`);
  return next;
}

function dispatch(state: AppState, event: LoopEvent, rules: LoopRules): Step | null {
  const { attempt, phase } = state;
  if (event.on === 'looked' && isOpenToNewWish(state, rules)) return decideWhatToDo(state, event, rules);
  if (phase === 'idle') return event.on === 'gated' ? stepIdleGate(state, event, rules) : null;
  if (attempt === null) return null;
  switch (phase) {
    case 'holding':
      return stepHolding(state, attempt, event, rules);
    case 'snapshotting':
      return stepSnapshotting(state, attempt, event);
    case 'deploying':
      return stepDeploying(state, attempt, event, rules);
    case 'gating':
      return stepGating(state, attempt, event, rules);
    case 'committing':
      return stepCommitting(state, attempt, event, rules);
    case 'rolling-back':
      return stepRollingBack(state, attempt, event, rules);
    case 'gating-rollback':
      return stepGatingRollback(state, attempt, event, rules);
    case 'stuck':
      return null;
  }
}

function isUntouched(state: AppState): boolean {
  return state.phase === 'idle' || state.phase === 'holding' || state.phase === 'snapshotting';
}

/** Nothing was touched yet; or the attempt under way is of a version that nobody wants any more. */
function isOpenToNewWish(state: AppState, rules: LoopRules): boolean {
  if (isUntouched(state)) return true;
  return (state.phase === 'deploying' || state.phase === 'gating') && state.attempt?.version !== rules.wanted;
}

/** The wanted version is the last good one and runs: the gate says whether it is well, and nothing is deployed either way. */
function stepIdleGate(state: AppState, event: Extract<LoopEvent, { on: 'gated' }>, rules: LoopRules): Step {
  const version = rules.wanted;
  const now = compareRunning(event.saw, version, null, state.last_good);
  if (now.is === 'other') return leaveToPerson(state, `${now.version} runs`);
  switch (event.end) {
    case 'pass':
      return { state, actions: [{ do: 'close-passed', version }, { do: 'end', outcome: 'noop', why: `${version} runs and is healthy` }] };
    case 'fail':
      return { state, actions: [{ do: 'raise', reason: 'unhealthy-on-latest', version, why: event.why }, { do: 'end', outcome: 'unhealthy', why: event.why }] };
    case 'deadlock':
      return stopAtDeadlock(state, version, event.why);
    case 'unknown':
      return stopHere(state, 'unknown', event.why);
  }
}
