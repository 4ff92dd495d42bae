import type { AppState, Attempt } from '../state/types.ts';
import { compareRunning } from './compare-running.ts';
import { backToIdle, leaveToPerson, stopAtDeadlock, stopHere, takeBack } from './endings.ts';
import type { LoopEvent, LoopRules, Saw, Step } from './types.ts';

/** A rollback that was cut short is done again: nobody knows how far it came. */
export function stepRollingBack(state: AppState, attempt: Attempt, event: LoopEvent, rules: LoopRules): Step | null {
  const target = state.last_good;
  if (target === null) return backToIdle(state, 'unhealthy', 'the last good version is gone from the state');
  switch (event.on) {
    case 'looked':
      return goOnTakingBack(state, attempt, target, event.saw, rules);
    case 'taken-back':
      switch (event.how.kind) {
        case 'done':
          return { state: { ...state, phase: 'gating-rollback', attempt: { ...attempt, mark: event.how.mark } }, actions: [{ do: 'gate', version: target, fresh: true }] };
        case 'failed':
          return giveUp(state, attempt, event.how.why);
        case 'conflict':
          return leaveToPerson(state, event.how.why);
        default:
          return stopHere(state, 'unknown', event.how.why);
      }
    case 'settled':
      return stopHere({ ...state, phase: 'stuck' }, event.outcome, event.why);
    default:
      return null;
  }
}

export function stepGatingRollback(state: AppState, attempt: Attempt, event: LoopEvent, rules: LoopRules): Step | null {
  const target = state.last_good;
  if (target === null) return backToIdle(state, 'unhealthy', 'the last good version is gone from the state');
  switch (event.on) {
    case 'looked':
      return goOnTakingBack(state, attempt, target, event.saw, rules);
    case 'gated': {
      const now = compareRunning(event.saw, target, attempt.mark, target);
      if (now.is === 'other' || now.is === 'changed') return leaveToPerson(state, now.is === 'other' ? `${now.version} runs` : `${target} is not as it was deployed`);
      if (event.end === 'deadlock') return stopAtDeadlock(state, attempt.version, event.why);
      if (now.is === 'unknown') return stopHere(state, 'unknown', now.why);
      if (event.end === 'unknown') return stopHere(state, 'unknown', event.why);
      if (event.end === 'fail') return giveUp(state, attempt, event.why);
      if (now.is === 'absent') return stopHere(state, 'unknown', 'the gate passes, but the driver says that nothing runs');
      return { state, actions: [{ do: 'mark-recovered', version: attempt.version }, { do: 'settle', outcome: 'rolled-back', why: `${attempt.version} failed, ${target} is back and healthy` }] };
    }
    case 'settled':
      return event.outcome === 'rolled-back' ? backToIdle(state, event.outcome, event.why) : stopHere({ ...state, phase: 'stuck' }, event.outcome, event.why);
    default:
      return null;
  }
}

/** Between a kill and this run a person may have stepped in; what is neither of the two versions is theirs. */
function goOnTakingBack(state: AppState, attempt: Attempt, target: string, saw: Saw, rules: LoopRules): Step {
  // The mark is of the version that was deployed last: the failed one while rolling back, the good one after it.
  const inPlace = state.phase === 'gating-rollback';
  const now = compareRunning(saw, inPlace ? target : attempt.version, attempt.mark, target);
  if (now.is === 'unknown') return stopHere(state, 'unknown', now.why);
  if (now.is === 'changed') return leaveToPerson(state, `${inPlace ? target : attempt.version} is not as it was deployed`);
  if (now.is === 'other' && now.version !== attempt.version && now.version !== target) return leaveToPerson(state, `${now.version} runs`);
  if (inPlace && now.is === 'ours') return { state, actions: [{ do: 'gate', version: target, fresh: true }] };
  return takeBack(state, attempt, target, rules, `${attempt.version} failed, and taking it back was cut short`);
}

function giveUp(state: AppState, attempt: Attempt, why: string): Step {
  return { state, actions: [{ do: 'raise', reason: 'rollback-failed', version: attempt.version, why }, { do: 'settle', outcome: 'stuck', why }] };
}
