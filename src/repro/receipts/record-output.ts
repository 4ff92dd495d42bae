import type { StepRun } from '../judge/step-outcome.ts';
import type { NegControl } from '../judge/types.ts';
import { sha256 } from './digests.ts';
import type { RecordedControl, RecordedOutput, RecordedRun, RecordedStep } from './types.ts';

/** So many bytes of output per step stand in the receipt itself. */
export const inlineBytes = 4096;

/** Outputs that are too long for a receipt, by digest; they belong into files of their own. */
export type Evidence = Map<string, string>;

/** Gives the output of a digest, null when nobody has it. */
export type OutputSource = (sha256: string) => string | null;

/** Keeps track of what a step may still hold inline, and of what it holds already. */
export interface OutputBudget {
  left: number;
  readonly held: Set<string>;
}

export function startBudget(): OutputBudget {
  return { left: inlineBytes, held: new Set() };
}

/** Records a run's output: inline while the step's budget lasts, once for equal texts, else as evidence. */
export function recordRun(run: StepRun, budget: OutputBudget, evidence: Evidence): RecordedRun {
  return {
    exit: run.code, signal: run.signal, timedOut: run.timedOut, truncated: run.truncated,
    stdout: recordOutput(run.stdout, budget, evidence), stderr: recordOutput(run.stderr, budget, evidence),
  };
}

export function recordControl(control: NegControl, budget: OutputBudget, evidence: Evidence): RecordedControl {
  const { mutation, changed, broken, before, after } = control;
  return {
    mutation, changed, broken,
    before: before === null ? null : recordRun(before, budget, evidence),
    after: after === null ? null : recordRun(after, budget, evidence),
  };
}

function recordOutput(output: string, budget: OutputBudget, evidence: Evidence): RecordedOutput {
  const text = output.replace(/\p{Surrogate}/gu, '\uFFFD');
  const digest = sha256(text);
  const bytes = Buffer.byteLength(text, 'utf8');
  if (budget.held.has(digest)) return { sha256: digest, bytes, text: null };
  budget.held.add(digest);
  if (bytes > budget.left) {
    evidence.set(digest, text);
    return { sha256: digest, bytes, text: null };
  }
  budget.left -= bytes;
  return { sha256: digest, bytes, text };
}

/** Every output that stands in a receipt's steps, by digest; a text that is not that of its digest is left out. */
export function inlineOutputs(steps: readonly RecordedStep[]): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const output of steps.flatMap(outputsOf)) {
    if (output.text !== null && sha256(output.text) === output.sha256) texts.set(output.sha256, output.text);
  }
  return texts;
}

/** All recorded outputs of a step, those of its control included. */
export function outputsOf(step: RecordedStep): RecordedOutput[] {
  const runs = [step.run, step.control?.before ?? null, step.control?.after ?? null];
  return runs.flatMap((run) => (run === null ? [] : [run.stdout, run.stderr]));
}

/** The run as it can be judged again; null where an output is lost. */
export function restoreRun(run: RecordedRun, source: OutputSource): StepRun | null {
  const stdout = source(run.stdout.sha256);
  const stderr = source(run.stderr.sha256);
  if (stdout === null || stderr === null) return null;
  return { stdout, stderr, code: run.exit, signal: run.signal, timedOut: run.timedOut, truncated: run.truncated, unusable: null };
}
