import type { Redactions } from '../match/compile-pattern.ts';
import type { Role, Step } from '../types.ts';
import { crossMatch } from './cross-match.ts';
import type { Vacuity } from './cross-match.ts';
import { findHollow } from './find-hollow.ts';
import { judgeNeg } from './judge-neg.ts';
import { judgeGreen, judgeRed, judgeSupport } from './judge-roles.ts';
import { comparesTwoChecks } from './sections.ts';
import { outcomeOf } from './step-outcome.ts';
import type { JudgedStep, Judgement, ReproductionRun, StepContext, Verdict } from './types.ts';

/**
 * Judges what was observed, executing nothing. Each run is judged by itself; runs that disagree make a step flaky and
 * are never averaged. Without any run the answer is `inconclusive`.
 */
export function judgeReproduction(steps: readonly Step[], runs: readonly ReproductionRun[], redactions: Redactions): Judgement {
  const judged = runs.map((run) => judgeRun(steps, run, redactions));
  const seen = steps.flatMap((_, index) => agree(judged.flatMap((run) => run[index] ?? [])));
  const missing = whatIsMissing(steps);
  const first = runs.length === 0 ? 'inconclusive' : overall(steps, seen, missing);
  const agreed = first === 'proven' ? withoutHollow(steps, runs, seen) : seen;
  const verdict = first === 'proven' ? overall(steps, agreed, missing) : first;
  const against = agreed.filter((step) => (steps[step.index]?.commands.length ?? 0) > 0 && step.verdict !== 'accepted').map((step) => `${step.role} (line ${String(step.line)}): ${step.verdict}, ${step.why}`);
  return {
    verdict,
    steps: agreed,
    why: [...(runs.length === 0 ? ['nothing was run'] : against), ...missing],
    warnings: agreed.filter((step) => step.role === 'teardown' && step.verdict !== 'accepted').map((step) => `the teardown on line ${String(step.line)} failed: state may be left behind`),
  };
}

function judgeRun(steps: readonly Step[], run: ReproductionRun, redactions: Redactions): JudgedStep[] {
  const vacuities = crossMatch(steps, run.steps, redactions);
  return steps.map((step, index) => {
    const own = run.steps[index] ?? null;
    const outcome = outcomeOf(step, own, redactions);
    const context = { steps, index, run, redactions, outcome, own, vacuity: vacuityOf(index, vacuities) };
    return { index, role: step.role, line: step.line, outcome: outcome.outcome, difference: outcome.difference, ...judgeByRole(context) };
  });
}

/** What all else would let through still has to be about the code. */
function withoutHollow(steps: readonly Step[], runs: readonly ReproductionRun[], judged: readonly JudgedStep[]): JudgedStep[] {
  const hollow = runs.flatMap((run) => findHollow(steps, run.steps));
  return judged.map((step) => {
    const own = hollow.find(({ section }) => section.steps.includes(step.index));
    return own === undefined ? step : { ...step, verdict: own.verdict, why: own.why };
  });
}

function judgeByRole(context: StepContext): Pick<JudgedStep, 'verdict' | 'why'> {
  switch (context.steps[context.index]?.role) {
    case 'red':
      return judgeRed(context);
    case 'green':
      return judgeGreen(context);
    case 'neg':
      return judgeNeg(context);
    case 'check':
      return judgeSupport(context, 'not-green');
    case 'setup':
    case 'teardown':
    case undefined:
      return judgeSupport(context, 'inconclusive');
  }
}

function vacuityOf(index: number, vacuities: readonly Vacuity[]): Vacuity | null {
  const own = vacuities.find(({ section }) => section.steps.includes(index));
  return own ?? vacuities.find(({ section, pairs }) => section.role === 'red' && pairs.some((pair) => pair.green === index)) ?? null;
}

function agree(runs: readonly JudgedStep[]): JudgedStep[] {
  const [first] = runs;
  if (first === undefined) return [];
  const other = runs.find((run) => run.verdict !== first.verdict || run.outcome !== first.outcome);
  if (other === undefined) return [first];
  // A control may have come out otherwise where the step itself did not.
  const of = first.outcome === other.outcome ? 'verdict' : 'outcome';
  return [{ ...first, verdict: 'flaky', why: `runs disagree: ${first[of]} and ${other[of]}` }];
}

function whatIsMissing(steps: readonly Step[]): string[] {
  const has = (role: Role): boolean => steps.some((step) => step.role === role && step.commands.length > 0);
  const reasoned = reasonedNeg(steps);
  return [
    ...(reasoned === undefined ? [] : [`neg (line ${String(reasoned.line)}): reasoned, it is only prose: nothing was run`]),
    ...(has('red') ? [] : ['no red step shows what failed before']),
    ...(has('green') ? [] : ['no green step shows what passes now']),
    ...(comparesTwoChecks(steps) && !has('neg') ? ['red and green run different commands: a neg step has to show that the check can fail'] : []),
  ];
}

/** The negative control that only says what would happen; undefined where one is run, or none is spoken of. */
function reasonedNeg(steps: readonly Step[]): Step | undefined {
  const negs = steps.filter(({ role }) => role === 'neg');
  return negs.some(({ commands }) => commands.length > 0) ? undefined : negs[0];
}

function overall(steps: readonly Step[], judged: readonly JudgedStep[], missing: readonly string[]): Verdict {
  const counted = judged.filter((step) => step.role !== 'teardown' && (steps[step.index]?.commands.length ?? 0) > 0);
  if (counted.some((step) => step.role === 'setup' && step.verdict === 'inconclusive')) return 'inconclusive';
  if (counted.some((step) => step.verdict === 'flaky')) return 'flaky';
  const refused = counted.find((step) => step.verdict !== 'accepted' && step.verdict !== 'inconclusive')?.verdict;
  if (refused !== undefined && refused !== 'accepted') return refused;
  if (counted.length === 0 || counted.some((step) => step.verdict === 'inconclusive')) return 'inconclusive';
  if (reasonedNeg(steps) !== undefined) return 'reasoned';
  return missing.length > 0 ? 'incomplete' : 'proven';
}
