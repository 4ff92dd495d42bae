import type { Change } from '../../ledger/changes/types.ts';
import type { SyncPlan } from '../../ledger/landing/types.ts';
import type { CommitFact, Ledger } from '../../ledger/ledger.ts';
import type { GateEvents } from '../../gates/gate-events.ts';
import type { Triggered } from '../../gates/triggers/find-triggered.ts';
import type { Build } from '../../ledger/builds/build.ts';
import type { KnownFinding } from '../accept/baseline.ts';
import type { Diagnostic } from '../../contract/schema/envelope.ts';
import type { SpecFault } from '../../reconcile/inspect/find-faults.ts';
import type { Status } from '../../contract/schema/status.ts';

/** Everything that rules may ask for. A run makes only what its rules declare. */
export interface RuleInputs {
  /** Documents with their entries, each to be judged by itself: a part of the record is enough. */
  documents: Ledger;
  /** The whole record, as far as states go: mentions may be missing. */
  ledger: Ledger;
  /** The whole record with its mentions and their targets. */
  linked: Ledger;
  /** The decisions of the record with what supersedes them; the other entries may be missing. */
  decisions: Pick<Ledger, 'entries'>;
  gates: GateInputs;
  triggered: readonly Triggered[];
  /** What the judged commits, or what is about to be committed, did to the record. */
  changes: readonly Change[];
  commits: JudgedCommits;
  /** What sync would do. */
  landing: SyncPlan;
  /** Declarations of the judged commits that close nothing, since they do not touch what they name. */
  declined: SyncPlan['refused'];
  /** Closed items whose closing cites a commit that does not touch what they name. */
  miscited: SyncPlan['refused'];
  /** The text of each document, by path. */
  texts: ReadonlyMap<string, string>;
  /** What a change puts into the baseline of known findings. */
  grown: readonly KnownFinding[];
  /** Files outside of the record that differ from the commit which the working tree or the index stands on. */
  uncommitted: readonly string[];
  /** What is wrong with the specification of services; nothing where there is none. */
  infra: readonly SpecFault[];
  /** What reproductions lack, and what is only reasoned. */
  evidence: readonly Diagnostic[];
  /** What the forge said of the code that claims claim, by the id of the claim; nothing where it was never asked. */
  builds: ReadonlyMap<string, Build>;
  /** Lines outside of the record that speak of decisions. */
  citations: readonly { path: string; line: number; text: string }[];
}

export interface GateInputs {
  status: Status;
  /** By `PHASE/GATE`. */
  events: ReadonlyMap<string, GateEvents>;
}

export interface JudgedCommits {
  /** Oldest first; one that is not committed yet has no id. */
  facts: readonly CommitFact[];
  /** The record as it stands after them. */
  ledger: Ledger;
}

export type InputName = keyof RuleInputs;
