import type { Diagnostic } from '../../contract/schema/envelope.ts';
import { openDocket } from '../../ledger/open-docket.ts';
import type { OpenOptions } from '../../ledger/sources/open-revision.ts';
import { allRules } from '../all-rules.ts';
import type { Finding } from '../engine/finding.ts';
import { activeRules, inputsOf, runRules } from '../engine/run-rules.ts';
import { loadInputs } from './load-inputs.ts';

export interface CheckOptions extends OpenOptions {
  /** History is judged too: every commit, and what only history has. */
  all?: boolean;
  /** Seconds since 1970; the present where it is left out. */
  clock?: number;
}

/** What a check found. */
export interface CheckResult {
  /** What counts: neither known from the baseline nor waived. */
  findings: Finding[];
  baseline: { known: number };
  waived: number;
  checked: { mode: 'worktree' | 'index' | 'commit' | 'all' | 'range'; revision: string | null; documents: number; commits: number; rules: number };
  /** What could not be read. */
  diagnostics: Diagnostic[];
}

/** Judges a revision by all rules of its configuration. Throws as `openDocket` does, and a `Failure` of kind config for wrong options of rules. */
export async function checkDocket(dir: string, options: CheckOptions = {}): Promise<CheckResult> {
  const { ledger } = await openDocket(dir, options);
  const rules = activeRules(allRules, ledger.config, 'info');
  const findings = runRules(rules, loadInputs(ledger, inputsOf(rules)), { clock: options.clock ?? Date.now() / 1000, past: options.all ?? false });
  return {
    findings,
    baseline: { known: 0 },
    waived: 0,
    checked: { mode: options.all ? 'all' : ledger.revision.source, revision: ledger.revision.commit, documents: ledger.documents.length, commits: 0, rules: rules.length },
    diagnostics: ledger.diagnostics.filter(({ rule }) => rule !== 'front-matter'),
  };
}
