import type { AppState, Attempt } from '../state/types.ts';
import { compareRunning, isStranger } from './compare-running.ts';
import { backToIdle, failAttempt, leaveToPerson, refuseKnownBad, stopAtDeadlock, stopHere, takeBack, withVersion } from './endings.ts';
import type { LoopEvent, LoopRules, Step } from './types.ts';

type Looked = Extract<LoopEvent, { on: 'looked' }>;
type Gated = Extract<LoopEvent, { on: 'gated' }>;

/** Nothing was touched yet: is there anything to do, and may it be done? */
export function decideWhatToDo(state: AppState, event: Looked, rules: LoopRules): Step {
  const { wanted } = rules;
  if (state.bad.includes(wanted)) return refuseKnownBad(state, wanted);
  const now = compareRunning(event.saw, wanted, null, state.last_good);
  if (now.is === 'unknown') return stopHere(state, 'unknown', now.why);
  if (now.is === 'other' && isStranger(state, wanted, now.version)) return leaveToPerson(state, `${now.version} runs`);
  const begunBefore = state.phase === 'deploying' || state.phase === 'gating' ? state.attempt : null;
  if (begunBefore !== null && wanted === state.last_good && now.is !== 'ours') return takeBack(state, begunBefore, wanted, rules, `${begunBefore.version} is no longer wanted`);
  const askedAgain = state.attempt?.version === wanted;
  const runsWanted = now.is === 'ours' || (now.is === 'untold' && state.last_good === wanted);
  const attempt: Attempt = { version: wanted, id: event.run.id, n: 0, boot_id: event.run.bootId, mark: null };
  if (runsWanted && !askedAgain) {
    if (state.last_good === wanted) return { state: { ...state, phase: 'idle', attempt: null }, actions: [{ do: 'gate', version: wanted, fresh: false }] };
    return { state: { ...state, phase: 'gating', attempt: { ...attempt, mark: now.is === 'ours' ? now.mark : null } }, actions: [{ do: 'gate', version: wanted, fresh: false }] };
  }
  const from = now.is === 'other' ? now.version : now.is === 'ours' ? wanted : state.last_good;
  const begun: AppState = { ...state, phase: 'holding', attempt };
  // Going back to what was good needs nobody's leave.
  if (wanted === state.last_good) return prepare(begun, attempt, from, rules);
  return { state: begun, actions: [{ do: 'judge-hold', from, to: wanted }] };
}

export function stepHolding(state: AppState, attempt: Attempt, event: LoopEvent, rules: LoopRules): Step | null {
  switch (event.on) {
    case 'hold-clear':
      return prepare(state, attempt, event.from, rules);
    case 'hold-found':
      return { state, actions: [{ do: 'raise', reason: event.reason, version: attempt.version, why: event.why }, { do: 'settle', outcome: 'held', why: event.why }] };
    case 'hold-unknown':
      return backToIdle(state, 'unknown', event.why);
    case 'settled':
      return backToIdle(state, event.outcome, event.why);
    default:
      return null;
  }
}

/** A first deploy has nothing to go back to, and no data of an earlier version to lose. */
function prepare(state: AppState, attempt: Attempt, from: string | null, rules: LoopRules): Step {
  if (!rules.stateful || from === null) return deploy(state, attempt, attempt.boot_id);
  return { state: { ...state, phase: 'snapshotting' }, actions: [{ do: 'snapshot', version: from }] };
}

export function stepSnapshotting(state: AppState, attempt: Attempt, event: LoopEvent): Step | null {
  if (event.on === 'snapshot-taken') return deploy(state, attempt, attempt.boot_id);
  if (event.on === 'snapshot-failed') return backToIdle(state, 'unknown', `no snapshot, so no deploy: ${event.why}`);
  return null;
}

function deploy(state: AppState, attempt: Attempt, bootId: string): Step {
  return {
    state: { ...state, phase: 'deploying', attempt: { ...attempt, n: attempt.n + 1, boot_id: bootId, mark: null } },
    actions: [{ do: 'deploy', version: attempt.version }],
  };
}

/** A version that takes the host down with it is started twice, not for ever. */
const startsBeforeGivingUp = 2;

/** While the state says `deploying`, it is not known whether the deploy took; only `current` and the gate can tell. */
export function stepDeploying(state: AppState, attempt: Attempt, event: LoopEvent, rules: LoopRules): Step | null {
  switch (event.on) {
    case 'looked': {
      const counted = countBoot(attempt, event.run.bootId);
      if (counted === 'too-often') return failAttempt(state, attempt, rules, 'the host went down twice while this version was deployed');
      const now = compareRunning(event.saw, attempt.version, attempt.mark, state.last_good);
      if (now.is === 'unknown') return stopHere(state, 'unknown', now.why);
      if (now.is === 'other' && isStranger(state, rules.wanted, now.version)) return leaveToPerson(state, `${now.version} runs`);
      if (now.is !== 'ours') return deploy(state, attempt, event.run.bootId);
      return { state: { ...state, attempt: { ...counted, mark: now.mark } }, actions: [{ do: 'gate', version: attempt.version, fresh: true }] };
    }
    case 'deployed': {
      const { how } = event;
      if (how.kind === 'done') return { state: { ...state, phase: 'gating', attempt: { ...attempt, mark: how.mark } }, actions: [{ do: 'gate', version: attempt.version, fresh: true }] };
      if (how.kind === 'failed') return failAttempt(state, attempt, rules, how.why);
      if (how.kind === 'conflict') return leaveToPerson(state, how.why);
      // The first time, a deploy that could not begin has touched nothing; later ones leave the doubt of the one before.
      return how.kind === 'not-run' && attempt.n === 1 ? backToIdle(state, 'unknown', how.why) : stopHere(state, 'unknown', how.why);
    }
    case 'gated':
      if (event.end === 'fail' && attempt.n < startsBeforeGivingUp && isAsLeft(event, attempt, state)) return deploy(state, attempt, attempt.boot_id);
      return judgeGate(state, attempt, event, rules);
    default:
      return settleFailure(state, attempt, event);
  }
}

export function stepGating(state: AppState, attempt: Attempt, event: LoopEvent, rules: LoopRules): Step | null {
  if (event.on === 'gated') return judgeGate(state, attempt, event, rules);
  if (event.on !== 'looked') return settleFailure(state, attempt, event);
  const counted = countBoot(attempt, event.run.bootId);
  if (counted === 'too-often') return failAttempt(state, attempt, rules, 'the host went down twice while this version was on trial');
  const now = compareRunning(event.saw, attempt.version, attempt.mark, state.last_good);
  if (now.is === 'unknown') return stopHere(state, 'unknown', now.why);
  if (now.is === 'other' || now.is === 'changed') return leaveToPerson(state, now.is === 'other' ? `${now.version} runs` : `${attempt.version} is not as it was deployed`);
  return { state: { ...state, attempt: counted }, actions: [{ do: 'gate', version: attempt.version, fresh: true }] };
}

function countBoot(attempt: Attempt, bootId: string): Attempt | 'too-often' {
  if (attempt.n === 0 || attempt.boot_id === bootId) return attempt;
  return attempt.n >= startsBeforeGivingUp ? 'too-often' : { ...attempt, n: attempt.n + 1, boot_id: bootId };
}

function isAsLeft(event: Gated, attempt: Attempt, state: AppState): boolean {
  const now = compareRunning(event.saw, attempt.version, attempt.mark, state.last_good);
  return now.is === 'ours' || now.is === 'absent' || now.is === 'untold';
}

function judgeGate(state: AppState, attempt: Attempt, event: Gated, rules: LoopRules): Step {
  const now = compareRunning(event.saw, attempt.version, attempt.mark, state.last_good);
  if (now.is === 'other') return leaveToPerson(state, `${now.version} runs`);
  if (now.is === 'changed') return leaveToPerson(state, `${attempt.version} is not as it was deployed`);
  if (event.end === 'deadlock') return stopAtDeadlock(state, attempt.version, event.why);
  if (now.is === 'unknown') return stopHere(state, 'unknown', now.why);
  if (event.end === 'unknown') return stopHere(state, 'unknown', event.why);
  if (event.end === 'fail') return failAttempt(state, attempt, rules, event.why);
  if (now.is === 'absent') return stopHere(state, 'unknown', `the gate passes, but the driver says that nothing runs`);
  return { state: { ...state, phase: 'committing' }, actions: commitActions(attempt) };
}

function settleFailure(state: AppState, attempt: Attempt, event: LoopEvent): Step | null {
  if (event.on !== 'settled') return null;
  // What was good once, or was put there by a person, may be well again by itself.
  const bad = attempt.n === 0 || attempt.version === state.last_good ? state.bad : withVersion(state.bad, attempt.version);
  return backToIdle({ ...state, bad }, event.outcome, event.why);
}

function commitActions(attempt: Attempt): Step['actions'] {
  return [{ do: 'close-passed', version: attempt.version }, { do: 'settle', outcome: 'committed', why: `${attempt.version} passed its gate` }];
}

/** The gate has held: what is left is to write it down, unless somebody changed the service since. */
export function stepCommitting(state: AppState, attempt: Attempt, event: LoopEvent, rules: LoopRules): Step | null {
  if (event.on === 'looked') {
    const now = compareRunning(event.saw, attempt.version, attempt.mark, state.last_good);
    if (now.is === 'unknown') return stopHere(state, 'unknown', now.why);
    if (now.is === 'ours' || now.is === 'untold') return { state, actions: commitActions(attempt) };
    return leaveToPerson(state, now.is === 'other' ? `${now.version} runs` : `${attempt.version} is not as it was deployed`);
  }
  if (event.on !== 'settled') return null;
  const { version } = attempt;
  const committed: AppState = {
    ...state,
    phase: 'idle',
    attempt: null,
    last_good: version,
    previous_good: state.last_good === version ? state.previous_good : state.last_good,
    bad: state.bad.filter((bad) => bad !== version),
  };
  // An attempt of an earlier run was finished first; what is wanted by now comes next.
  if (version !== rules.wanted) return { state: committed, actions: [{ do: 'look' }] };
  return stopHere(committed, event.outcome, event.why);
}
