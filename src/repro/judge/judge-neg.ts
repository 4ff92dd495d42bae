import { isAnyLines } from '../match/any-lines.ts';
import { acceptsSuccess } from '../match/status.ts';
import type { Step } from '../types.ts';
import { failureOfMutation } from './harness-failure.ts';
import { pairsOf, sectionsOf } from './sections.ts';
import { keepsWrittenContract, outcomeOf, statusOf } from './step-outcome.ts';
import type { StepRun } from './step-outcome.ts';
import type { JudgedStep, NegControl, StepContext } from './types.ts';

type NegVerdict = Pick<JudgedStep, 'verdict' | 'why'>;

/**
 * A negative control counts when green held before it, the mutation changed something, the check still ran and saw it
 * in the way that is written, and green holds again. Everything else says why it is none.
 */
export function judgeNeg(context: StepContext): NegVerdict {
  const { own, outcome, run } = context;
  const section = sectionsOf(context.steps).find((each) => each.steps.includes(context.index));
  const pairs = section === undefined ? [] : pairsOf(context.steps, section);
  const green = context.steps[pairs.find((pair) => pair.failing === context.index)?.green ?? pairs[0]?.green ?? -1];
  if (green === undefined) return inconclusive('no green step shows that the check passes without the mutation');
  const control = section?.steps.map((index) => run.controls[index] ?? null).find((each) => each !== null) ?? null;
  const before = judgeBefore(context, green, control, pairs[0]?.green ?? -1);
  if (before !== null) return before;
  if (own === null || own.unusable !== null) return inconclusive(outcome.why);
  return judgeMutated(context, own, green) ?? judgeAfter(context, green, control);
}

function judgeBefore(context: StepContext, green: Step, control: NegControl | null, greenIndex: number): NegVerdict | null {
  const { steps, index, run, redactions } = context;
  if (control === null && steps[index]?.patch !== null) return inconclusive('nothing is recorded of the run before the mutation');
  const before = control === null ? (run.steps[greenIndex] ?? null) : control.before;
  const outcome = outcomeOf(green, before, redactions);
  if (before === null || before.unusable !== null || before.timedOut) return inconclusive(`green before the mutation: ${outcome.why}`);
  if (outcome.outcome !== 'match') return { verdict: 'pre-red', why: `red already before the mutation: ${outcome.why}` };
  if (control?.broken !== undefined && control.broken !== null) return { verdict: 'void', why: control.broken };
  return control?.changed === false ? { verdict: 'noop', why: 'the mutation changed no byte' } : null;
}

function judgeMutated(context: StepContext, own: StepRun, green: Step): NegVerdict | null {
  const { steps, index, outcome, vacuity, redactions } = context;
  if (outcome.outcome === 'not-run') return { verdict: 'void', why: outcome.why };
  const broken = failureOfMutation(own);
  if (broken !== null) return { verdict: 'void', why: `the check did not run: ${broken}` };
  if (outcome.outcome === 'timeout' || outcome.outcome === 'truncated') return inconclusive(outcome.why);
  if (vacuity !== null && vacuity.section.steps.includes(index)) return { verdict: vacuity.pairs.some((pair) => pair.failingPassesGreen) ? 'toothless' : 'vacuous', why: vacuity.why };
  if (outcome.outcome === 'match') return pinsTheInstrument(steps[index], own) ? null : { verdict: 'void', why: 'only its exit status is written: a crash would look the same; write a line that it prints' };
  const status = statusOf(steps[index] ?? { observations: [] });
  const passes = own.code === 0 && status !== null && !acceptsSuccess(status);
  if (passes || keepsWrittenContract(green, own, redactions)) return { verdict: 'toothless', why: `the check passes with the mutation: ${outcome.why}` };
  return { verdict: 'void', why: `it failed in another way: ${outcome.why}` };
}

/** A silent check has nothing to write; one that speaks has to be held to a line, or a crash passes for a detection. */
function pinsTheInstrument(step: Step | undefined, own: StepRun): boolean {
  if (own.stdout.trim() === '' && own.stderr.trim() === '') return true;
  if (own.code === 0) return true;
  return step?.observations.some((each) => each.mode !== 'status' && !isAnyLines(each) && each.text.trim() !== '') ?? false;
}

function judgeAfter(context: StepContext, green: Step, control: NegControl | null): NegVerdict {
  const after = control?.after ?? null;
  if (after === null) {
    if (control === null || control.changed === null) return { verdict: 'accepted', why: 'the check saw the mutation' };
    return inconclusive('nothing is recorded of the run after the mutation was taken back');
  }
  const outcome = outcomeOf(green, after, context.redactions);
  return outcome.outcome === 'match' ? { verdict: 'accepted', why: 'the check saw the mutation' } : inconclusive(`green after the mutation was taken back: ${outcome.why}`);
}

function inconclusive(why: string): NegVerdict {
  return { verdict: 'inconclusive', why };
}
