import type { Diagnostic } from '../../contract/schema/envelope.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { supersedeCycle } from '../decisions/supersede-cycle.ts';
import { supersedeOneSided } from '../decisions/supersede-one-sided.ts';
import { supersedeTwice } from '../decisions/supersede-twice.ts';
import { supersedeUnknown } from '../decisions/supersede-unknown.ts';
import { toDiagnostic } from '../engine/finding.ts';
import { activeRules, runRules } from '../engine/run-rules.ts';

/** What is wrong with how the decisions of a ledger that was read in full replace each other. */
export function checkDecisions(ledger: Ledger): Diagnostic[] {
  const rules = activeRules([supersedeCycle, supersedeTwice, supersedeOneSided, supersedeUnknown], ledger.config, 'info');
  return runRules(rules, { decisions: ledger }, { clock: 0, past: false }).map(toDiagnostic);
}
