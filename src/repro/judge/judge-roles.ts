import { acceptsSuccess } from '../match/status.ts';
import type { Vacuity } from './cross-match.ts';
import { failureToRun, successWithoutTests } from './harness-failure.ts';
import { outcomeOf, statusOf } from './step-outcome.ts';
import type { StepOutcome } from './step-outcome.ts';
import type { JudgedStep, StepContext, StepVerdict } from './types.ts';

type RoleVerdict = Pick<JudgedStep, 'verdict' | 'why'>;

/** Outcomes that say nothing about the thing under test. */
const saysNothing = new Set<StepOutcome>(['timeout', 'killed', 'not-run', 'infra', 'truncated', 'skipped', 'refused']);

/** Setup, teardown and checks: accepted when they end and print as written, or with status 0. */
export function judgeSupport({ outcome }: StepContext, otherwise: StepVerdict): RoleVerdict {
  if (outcome.outcome === 'match') return accepted(outcome.why);
  return { verdict: saysNothing.has(outcome.outcome) ? 'inconclusive' : otherwise, why: outcome.why };
}

/** Green has to match, and to expect something that the failing run did not do. */
export function judgeGreen(context: StepContext): RoleVerdict {
  const { outcome, own, vacuity } = context;
  if (outcome.outcome === 'killed' && own !== null && isCrash(own.signal)) return { verdict: 'not-green', why: outcome.why };
  if (saysNothing.has(outcome.outcome)) return { verdict: 'inconclusive', why: outcome.why };
  if (outcome.outcome !== 'match') return { verdict: 'not-green', why: outcome.why };
  const idle = own === null ? null : successWithoutTests(own);
  if (idle !== null) return { verdict: 'inconclusive', why: idle };
  if (vacuity !== null && isTooWide(context, vacuity)) return { verdict: 'vacuous', why: vacuity.why };
  return accepted(outcome.why);
}

/** Green accepts a run that did fail as written. A red that fails nowhere is not green's fault. */
function isTooWide({ steps, run, redactions }: StepContext, vacuity: Vacuity): boolean {
  return vacuity.section.role === 'red' && vacuity.pairs.some((pair) => {
    const failing = steps[pair.failing];
    if (failing === undefined || !pair.failingPassesGreen || pair.greenPassesFailing) return false;
    return outcomeOf(failing, run.steps[pair.failing] ?? null, redactions).outcome === 'match';
  });
}

/** Red has to fail, in the way that is written, because of the thing under test. */
export function judgeRed({ steps, index, outcome, own, vacuity }: StepContext): RoleVerdict {
  if (own === null || own.timedOut || saysNothing.has(outcome.outcome)) return { verdict: 'inconclusive', why: own?.timedOut === true ? 'the time limit ended it' : outcome.why };
  const idle = failureToRun(own);
  if (idle !== null) return { verdict: 'inconclusive', why: idle };
  if (vacuity !== null) return judgeVacuousRed(vacuity, outcome.outcome);
  if (outcome.outcome === 'match') return accepted(outcome.why);
  const status = statusOf(steps[index] ?? { observations: [] });
  const passes = own.code === 0 && status !== null && !acceptsSuccess(status);
  return passes ? { verdict: 'vacuous-red', why: `it passes: ${outcome.why}` } : { verdict: 'wrong-red', why: outcome.why };
}

/** Both ways: red passes as green does. One way: one of the contracts is too wide. */
function judgeVacuousRed(vacuity: Vacuity, outcome: StepOutcome): RoleVerdict {
  const passes = vacuity.pairs.some((pair) => pair.failingPassesGreen && (pair.greenPassesFailing || outcome !== 'match'));
  return { verdict: passes ? 'vacuous-red' : 'vacuous', why: vacuity.why };
}

function isCrash(signal: string | null): boolean {
  return signal !== null && /^SIG(?:SEGV|BUS|ABRT|ILL|FPE|TRAP)$/.test(signal);
}

function accepted(why: string): RoleVerdict {
  return { verdict: 'accepted', why };
}
