import type { StepOutcome } from '../judge/step-outcome.ts';
import type { NegControl, Verdict } from '../judge/types.ts';
import type { Role } from '../types.ts';

/** Output of one stream, masked and normalised. `text` is null where it stands elsewhere under its digest. */
export interface RecordedOutput {
  readonly sha256: string;
  readonly bytes: number;
  readonly text: string | null;
}

export interface RecordedRun {
  readonly exit: number | null;
  readonly signal: string | null;
  readonly timedOut: boolean;
  readonly truncated: boolean;
  readonly stdout: RecordedOutput;
  readonly stderr: RecordedOutput;
}

export interface RecordedControl {
  readonly mutation: NegControl['mutation'];
  readonly changed: boolean | null;
  readonly broken: string | null;
  readonly before: RecordedRun | null;
  readonly after: RecordedRun | null;
}

export interface RecordedStep {
  readonly role: Role;
  /** The full commit that the step ran at; null for the working tree. */
  readonly at: string | null;
  readonly patch: string | null;
  /** SHA-256 of what bash was given. */
  readonly command: string;
  readonly outcome: StepOutcome;
  readonly ms: number;
  /** Null where the step was not run. */
  readonly run: RecordedRun | null;
  readonly control: RecordedControl | null;
}

interface ReceiptHead {
  readonly v: 1;
  readonly id: string;
  readonly tool: { readonly name: string; readonly version: string };
  /** RFC 3339 time in UTC. */
  readonly time: string;
  readonly commit: string | null;
  /** The tree of the code that the reproduction speaks of, restricted to its scope. */
  readonly tree: string;
  readonly env: { readonly os: string; readonly node: string; readonly bash: string; readonly passed: readonly string[] };
  /** The steps had no network; left out where they had one. */
  readonly isolated?: boolean | undefined;
  readonly verdict: Verdict;
  /** The sum of the receipt before this one in the same document. */
  readonly prev: string | null;
  readonly sum: string;
  /** An SSH signature of the sum. */
  readonly seal: string | null;
}

/** The proof beside a reproduction. Not an authentication: whoever writes the journal can write another. */
export interface RecordReceipt extends ReceiptHead {
  readonly kind: 'record';
  readonly claim: string | null;
  /** The phase in whose document it was written; older receipts do not say. */
  readonly phase?: string | null | undefined;
  /** SHA-256 of the fence's body. */
  readonly contract: string;
  readonly scope: readonly string[];
  readonly dirty: readonly string[];
  readonly base: { readonly commit: string; readonly tree: string } | null;
  readonly steps: readonly RecordedStep[];
  readonly runs: number;
  /** All runs had the same outcomes. */
  readonly stable: boolean;
  /** Runs since the last receipt of this id, failed ones included. */
  readonly attempts: number;
}

/** A run of a build, by the words of its environment. */
export interface CiRun {
  /** `github-actions`, `gitea-actions`, `forgejo-actions`, `woodpecker`, `drone` or `gitlab-ci`. */
  readonly system: string;
  /** The address of the run; null where the environment gives none. */
  readonly run: string | null;
  readonly repository: string | null;
}

/** What a later run of a recorded reproduction gave. */
export interface ReplayReceipt extends ReceiptHead {
  readonly kind: 'replay';
  /** The sum of the receipt that was replayed. */
  readonly of: string;
  readonly by: 'builder' | 'adversary' | 'operator' | 'ci';
  /** The build that replayed it; what stands there is what its environment said. */
  readonly ci?: CiRun;
  readonly cold: boolean;
  readonly steps: readonly { readonly role: Role; readonly outcome: StepOutcome }[];
}

export type Receipt = RecordReceipt | ReplayReceipt;
