import type { Ledger } from '../../ledger/ledger.ts';
import type { GateEvents } from '../../gates/gate-events.ts';
import type { Triggered } from '../../gates/triggers/find-triggered.ts';
import type { Status } from '../../contract/schema/status.ts';

/** Everything that rules may ask for. A run makes only what its rules declare. */
export interface RuleInputs {
  /** Documents with their entries, each to be judged by itself: a part of the record is enough. */
  documents: Ledger;
  /** The whole record, as far as states go: mentions may be missing. */
  ledger: Ledger;
  /** The whole record with its mentions and their targets. */
  linked: Ledger;
  gates: GateInputs;
  triggered: readonly Triggered[];
}

export interface GateInputs {
  status: Status;
  /** By `PHASE/GATE`. */
  events: ReadonlyMap<string, GateEvents>;
}

export type InputName = keyof RuleInputs;
