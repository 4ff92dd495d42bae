import { exitCode } from '../../contract/exit-codes.ts';
import { Failure } from '../../contract/failure.ts';
import { judgeClaim } from '../../gates/judge-claim.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { isEmptyDocket } from '../../queries/is-empty.ts';
import { findNearest } from '../../queries/nearest.ts';
import { renderGate } from '../../reports/gate-text.ts';
import type { Invocation } from '../invocation.ts';
import { openFor } from '../open.ts';
import { answer, type Outcome } from '../outcome.ts';

/** `docket gate [PHASE/]GATE`. */
export async function run({ arguments: [wanted = ''], globals }: Invocation): Promise<Outcome> {
  const { ledger } = await openFor(globals);
  if (isEmptyDocket(ledger)) {
    const missing = [`there is no document that names the gate ${wanted}`];
    return answer({ data: { gate: wanted, allowed: false, missing, evidence: [] }, render: renderGate, exitCode: exitCode.no, diagnostics: ledger.diagnostics, next: ['docket init'], nextIsAnswer: true });
  }
  const { phase, gate } = findGate(ledger, wanted);
  const { allowed, missing, evidence, diagnostics } = judgeClaim(ledger, phase, gate);
  return answer({
    data: { gate: `${phase}/${gate}`, allowed, missing, evidence },
    render: renderGate,
    exitCode: allowed ? exitCode.yes : exitCode.no,
    diagnostics: [...ledger.diagnostics, ...diagnostics],
    next: allowed ? [] : [`docket show gate:${phase}/${gate}`],
    nextIsAnswer: true,
  });
}

function findGate(ledger: Ledger, wanted: string): { phase: string; gate: string } {
  const name = wanted.replace(/^gate:/, '');
  const known = ledger.phases.flatMap((phase) => phase.gates.map((gate) => ({ phase: phase.id, gate })));
  const found = known.filter(({ phase, gate }) => `${phase}/${gate}` === name || gate === name);
  const [first] = found;
  if (first && found.length === 1) return first;
  const names = known.map(({ phase, gate }) => `${phase}/${gate}`);
  if (first) throw new Failure('usage', `Several phases have a gate ${name}: ${found.map(({ phase, gate }) => `${phase}/${gate}`).join(', ')}.`, { next: `docket gate ${first.phase}/${first.gate}` });
  const close = findNearest(name, names);
  throw new Failure('usage', `Unexpected gate "${wanted}", expected one of ${names.slice(0, 8).join(', ') || 'a gate that a document names'}.`, { next: `docket gate ${close[0] ?? names[0] ?? 'PHASE/GATE'}` });
}
