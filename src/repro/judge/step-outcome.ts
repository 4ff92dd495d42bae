import { matchStream } from '../match/match-output.ts';
import type { Difference } from '../match/match-output.ts';
import type { Redactions } from '../match/compile-pattern.ts';
import { acceptsEnding, readStatus } from '../match/status.ts';
import type { Ending, StatusExpectation } from '../match/status.ts';
import type { Observation, Step } from '../types.ts';

/** One execution of one step: normalised output and how it ended. */
export interface StepRun extends Ending {
  readonly stdout: string;
  readonly stderr: string;
  /** Part of the output was dropped. */
  readonly truncated: boolean;
  /** Why there is nothing to judge, whatever the rest says. */
  readonly unusable: { readonly outcome: 'infra' | 'skipped' | 'refused' | 'killed'; readonly why: string } | null;
}

export type StepOutcome =
  | 'match' | 'mismatch' | 'exit-mismatch' | 'timeout' | 'killed' | 'not-run' | 'infra' | 'truncated' | 'skipped' | 'refused';

export interface Outcome {
  readonly outcome: StepOutcome;
  readonly difference: Difference | null;
  readonly why: string;
}

type Contract = Pick<Step, 'role' | 'line' | 'observations'>;

/** What `→?` says, null when there is no such line or none that can be read. */
export function statusOf(step: Pick<Step, 'observations'>): StatusExpectation | null {
  const written = step.observations.find((observation) => observation.mode === 'status');
  return written === undefined ? null : readStatus(written.text);
}

/**
 * Whether a run keeps a step's contract. Where no status is written a red step and a negative control may end as they
 * like, and every other step has to succeed. An unreadable status is kept by nothing.
 */
export function outcomeOf(step: Contract, run: StepRun | null, redactions: Redactions): Outcome {
  if (run === null) return bare('skipped', 'the step was not run');
  if (run.unusable !== null) return bare(run.unusable.outcome, run.unusable.why);
  const ending = differenceOfEnding(step, run);
  if (run.timedOut && ending !== null) return bare('timeout', 'the time limit ended it');
  if (run.code === 126 || run.code === 127) return bare('not-run', `exit status ${String(run.code)}: the command could not be run${lastWords(run.stderr)}`);
  if (run.signal !== null && ending !== null) return { ...bare('killed', `${run.signal} ended it`), difference: ending };
  const output = matchStream(step.observations, 'stdout', run.stdout, redactions) ?? matchStream(step.observations, 'stderr', run.stderr, redactions);
  if (output !== null) return { outcome: run.truncated ? 'truncated' : 'mismatch', difference: output, why: output.message };
  if (ending !== null) return { outcome: 'exit-mismatch', difference: ending, why: ending.message };
  return bare('match', 'it ended and printed as written');
}

/**
 * Whether a run keeps everything that a step's author wrote down, defaults left aside. True where nothing is written:
 * what expects nothing accepts anything.
 */
export function keepsWrittenContract(step: Contract, run: StepRun, redactions: Redactions): boolean {
  const status = statusOf(step);
  if (status !== null && !acceptsEnding(status, run)) return false;
  if (status === null && step.observations.some((each) => each.mode === 'status')) return false;
  return matchStream(step.observations, 'stdout', run.stdout, redactions) === null && matchStream(step.observations, 'stderr', run.stderr, redactions) === null;
}

/** What the shell said of it, as far as it says it shortly. */
function lastWords(stderr: string): string {
  const line = stderr.trim().split('\n').at(-1)?.trim() ?? '';
  return line === '' || line.length > 120 ? '' : ` (${line})`;
}

function bare(outcome: StepOutcome, why: string): Outcome {
  return { outcome, difference: null, why };
}

function differenceOfEnding(step: Contract, run: StepRun): Difference | null {
  const written = step.observations.find((observation) => observation.mode === 'status');
  const expectation = written === undefined ? defaultStatus(step) : readStatus(written.text);
  const kept = written === undefined && expectation === null ? !run.timedOut && run.signal === null : expectation !== null && acceptsEnding(expectation, run);
  return kept ? null : describeEnding(step, written, run);
}

function defaultStatus(step: Contract): StatusExpectation | null {
  return step.role === 'red' || step.role === 'neg' ? null : { kind: 'codes', codes: [0] };
}

function describeEnding(step: Contract, written: Observation | undefined, run: StepRun): Difference {
  const got = run.timedOut ? 'timeout' : (run.signal ?? String(run.code));
  const expected = written?.text ?? (defaultStatus(step) === null ? 'an exit status' : '0');
  return { stream: 'status', line: written?.line ?? step.line, outputLine: null, expected, got, message: `Unexpected exit status ${got}, expected ${expected}` };
}
