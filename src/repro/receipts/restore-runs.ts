import { judgeReproduction } from '../judge/judge-reproduction.ts';
import type { Judgement, NegControl, ReproductionRun } from '../judge/types.ts';
import type { Redactions } from '../match/compile-pattern.ts';
import type { Step } from '../types.ts';
import { sha256 } from './digests.ts';
import { inlineOutputs, restoreRun } from './record-output.ts';
import type { OutputSource } from './record-output.ts';
import type { RecordedControl, RecordedRun, RecordReceipt } from './types.ts';

/** What a receipt says was observed, and the digests of outputs that nobody has any more. */
export interface RestoredRuns {
  readonly run: ReproductionRun;
  readonly lost: readonly string[];
}

/**
 * Rebuilds the recorded run from a receipt. `evidence` gives outputs that were too long for it; a text that does not
 * have its digest counts as lost.
 */
export function restoreRuns(receipt: RecordReceipt, evidence: OutputSource): RestoredRuns {
  const inline = inlineOutputs(receipt.steps);
  const lost = new Set<string>();
  const source: OutputSource = (digest) => {
    const text = inline.get(digest) ?? evidence(digest);
    if (text !== null && sha256(text) === digest) return text;
    lost.add(digest);
    return null;
  };
  const restore = (run: RecordedRun | null): ReturnType<typeof restoreRun> => (run === null ? null : restoreRun(run, source));
  const control = (recorded: RecordedControl | null): NegControl | null =>
    recorded === null ? null : { mutation: recorded.mutation, changed: recorded.changed, broken: recorded.broken, before: restore(recorded.before), after: restore(recorded.after) };
  const run = { steps: receipt.steps.map((step) => restore(step.run)), controls: receipt.steps.map((step) => control(step.control)) };
  return { run, lost: [...lost] };
}

/** Judges what a receipt holds against the contract that stands beside it now. Unstable recordings are flaky. */
export function judgeReceipt(steps: readonly Step[], receipt: RecordReceipt, evidence: OutputSource, redactions: Redactions): Judgement {
  const { run, lost } = restoreRuns(receipt, evidence);
  const judgement = judgeReproduction(steps, [run], redactions);
  const warnings = [...judgement.warnings, ...lost.map((digest) => `output ${digest.slice(0, 12)} is lost: it cannot be judged again`)];
  if (receipt.stable) return { ...judgement, warnings };
  return { ...judgement, warnings, verdict: 'flaky', why: ['the recorded runs disagreed', ...judgement.why] };
}
