import type { AppState, Attempt } from '../state/types.ts';
import type { LoopAction, LoopRules, Outcome, Step } from './types.ts';

/** The run ends here and the state stays: the next run goes on from it. */
export function stopHere(state: AppState, outcome: Outcome, why: string): Step {
  return { state, actions: [{ do: 'end', outcome, why }] };
}

/** Nothing is under way any more. */
export function backToIdle(state: AppState, outcome: Outcome, why: string): Step {
  return stopHere({ ...state, phase: 'idle', attempt: null }, outcome, why);
}

/** A person changed the service: it is theirs, and neither deploy nor rollback goes over it. */
export function leaveToPerson(state: AppState, found: string): Step {
  return backToIdle(state, 'conflict', `${found}: changed by somebody else, left as it is`);
}

/** Only a person's word brings a version back that failed. */
export function refuseKnownBad(state: AppState, wanted: string): Step {
  const why = `${wanted} failed before and is not deployed again by itself`;
  return { state: { ...state, phase: 'idle', attempt: null }, actions: [{ do: 'count', reason: 'unhealthy-on-latest', version: wanted, why }, { do: 'end', outcome: 'known-bad', why }] };
}

/** The gate waits for what waits for us: the version is not at fault, and the next run asks the gate again. */
export function stopAtDeadlock(state: AppState, version: string, why: string): Step {
  return { state, actions: [{ do: 'raise', reason: 'gate-deadlock', version, why }, { do: 'end', outcome: 'deadlock', why }] };
}

/** The attempt has failed: back to the last good version where there is one, it is another one, and the version was ours to take away. */
export function failAttempt(state: AppState, attempt: Attempt, rules: LoopRules, why: string): Step {
  const target = attempt.n > 0 ? state.last_good : null;
  if (target === null || target === attempt.version) {
    return { state, actions: [{ do: 'raise', reason: 'unhealthy-on-latest', version: attempt.version, why }, { do: 'settle', outcome: 'unhealthy', why }] };
  }
  return takeBack({ ...state, attempt, phase: 'rolling-back', bad: withVersion(state.bad, attempt.version) }, attempt, target, rules, why);
}

/** The alert stands before the service is touched, so that a rollback which is killed is known as well. A version that is taken
 *  back because nobody wants it any more is not bad, and nobody needs to be alerted. */
export function takeBack(state: AppState, attempt: Attempt, to: string, rules: LoopRules, why: string): Step {
  const raised: LoopAction[] = state.bad.includes(attempt.version) ? [{ do: 'raise', reason: 'unhealthy-on-latest', version: attempt.version, why }] : [];
  return { state: { ...state, phase: 'rolling-back' }, actions: [...raised, { do: 'take-back', to, restore: rules.stateful }] };
}

export function withVersion(versions: string[], version: string): string[] {
  return versions.includes(version) ? versions : [...versions, version];
}
