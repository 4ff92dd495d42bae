import type { Role } from '../../contract/schema/entry.ts';
import type { Diagnostic } from '../../contract/schema/envelope.ts';
import type { OpenOptions } from '../../ledger/sources/open-revision.ts';
import type { Finding } from '../engine/finding.ts';
import type { Range } from './check-range.ts';
import type { OpenedLedger } from './judge.ts';

/** What is judged: the record as it is; with all of its history; what is staged; or each commit of a range. */
export type CheckScope = { kind: 'state' } | { kind: 'all' } | { kind: 'staged' } | { kind: 'range'; range: Range };

export interface CheckOptions extends Pick<OpenOptions, 'at' | 'cache' | 'afterVerdict'> {
  scope?: CheckScope;
  /** Who asks, and whose change is judged that is not committed yet. */
  role?: Role | null;
  /** Seconds since 1970; the present where it is left out. */
  clock?: number;
}

/** What a check found. */
export interface CheckResult {
  /** What counts: neither known from the baseline nor waived. */
  findings: Finding[];
  baseline: { known: number };
  waived: number;
  /** Every finding, accepted or not. */
  all: Finding[];
  checked: { mode: 'worktree' | 'index' | 'commit' | 'all' | 'range'; revision: string | null; documents: number; commits: number; rules: number };
  /** What could not be read. */
  diagnostics: Diagnostic[];
}

/** A result with the revision that it is of. */
export interface Judgement {
  result: CheckResult;
  opened: OpenedLedger['opened'];
}
