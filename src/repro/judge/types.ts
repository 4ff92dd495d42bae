import type { Redactions } from '../match/compile-pattern.ts';
import type { Difference } from '../match/match-output.ts';
import type { Role, Step } from '../types.ts';
import type { Vacuity } from './cross-match.ts';
import type { Outcome, StepOutcome, StepRun } from './step-outcome.ts';

export type StepVerdict =
  | 'accepted' | 'inconclusive' | 'not-green' | 'vacuous' | 'vacuous-red' | 'wrong-red' | 'toothless' | 'noop' | 'void' | 'pre-red' | 'flaky';

/** `incomplete`: no red, no green, or a neg is needed and missing. `reasoned`: the neg is prose, and nothing was run. `proven` is the best there is. */
export type Verdict = Exclude<StepVerdict, 'accepted'> | 'incomplete' | 'reasoned' | 'proven';

export interface JudgedStep {
  readonly index: number;
  readonly role: Role;
  readonly line: number;
  readonly verdict: StepVerdict;
  /** Of the first run. */
  readonly outcome: StepOutcome;
  readonly difference: Difference | null;
  readonly why: string;
}

export interface Judgement {
  readonly verdict: Verdict;
  readonly steps: readonly JudgedStep[];
  /** Sentences for people: what speaks against it, most important first. */
  readonly why: readonly string[];
  readonly warnings: readonly string[];
}

/** One time through all steps: `steps[i]` is the run of step i, null when it was not run; so are the controls. */
export interface ReproductionRun {
  readonly steps: readonly (StepRun | null)[];
  readonly controls: readonly (NegControl | null)[];
}

/** What was done around a negative control, beside running it. */
export interface NegControl {
  /** patch and revert change files; input and environment stand in the command itself. */
  readonly mutation: 'patch' | 'revert' | 'input' | 'environment';
  /** Whether any byte of the tree was changed; null where the mutation touches no file. */
  readonly changed: boolean | null;
  /** Green's command, run right before the mutation and right after it was taken back. */
  readonly before: StepRun | null;
  readonly after: StepRun | null;
  /** Why the mutation could not be made, e.g. a patch that does not apply. */
  readonly broken: string | null;
}

/** What a judge of one step is given. */
export interface StepContext {
  readonly steps: readonly Step[];
  readonly index: number;
  readonly run: ReproductionRun;
  readonly redactions: Redactions;
  readonly outcome: Outcome;
  readonly own: StepRun | null;
  /** Where the section that this step belongs to, or is compared with, tells nothing apart. */
  readonly vacuity: Vacuity | null;
}
