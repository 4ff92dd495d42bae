import type { Diagnostic } from '../contract/schema/envelope.ts';
import type { Entry } from '../contract/schema/entry.ts';
import type { Docket } from '../ledger/open-docket.ts';
import { findEvidence } from './evidence/evidence-of-gate.ts';
import { readGateFacts } from './evidence/read-facts.ts';
import { getStatus } from './get-status.ts';
import { judgeClaim, type ClaimContext, type ClaimJudgement, type GateEvidence } from './judge-claim.ts';

/** The reproductions in force that a gate rests on. */
export function evidenceOf({ ledger }: Docket, phase: string, gate: string): Entry[] {
  const entries = ledger.entries.filter((entry) => entry.phase === phase);
  return findEvidence(entries, phase, gate).reproductions.flatMap((id) => entries.filter((entry) => entry.id === id));
}

/**
 * May a gate be claimed, as `docket gate` answers: the record, held against the code of now. `replayed` is what cold replays gave just now; without it
 * receipts are believed as far as they go. Reads only; executes nothing.
 */
export async function askClaim(docket: Docket, phase: string, gate: string, replayed: ClaimContext['replayed'] = null): Promise<ClaimJudgement> {
  const facts = await readGateFacts(docket, evidenceOf(docket, phase, gate));
  return judgeClaim(docket.ledger, phase, gate, { facts, replayed, purpose: 'claim' });
}

/**
 * May a phase be called done: every gate has a PASS that is newer than its last claim and not too old by the clock (`now`, seconds since 1970), its
 * evidence holds at the level for DONE, no veto stands and no finding of the phase is open. Reads only.
 */
export async function askDone(docket: Docket, phase: string, now: number, replayed: ClaimContext['replayed'] = null): Promise<ClaimJudgement> {
  const status = getStatus(docket.ledger, { phase, clock: now }).phases[0];
  const done = status?.done ?? { missing: [`phase ${phase} names no gate`] };
  const diagnostics = done.missing.map((message): Diagnostic => ({ rule: 'done-not-allowed', level: 'error', message: `phase ${phase} may not be called done: ${message}`, place: null, related: [], entry: null, next: nextFor(phase, message), fixable: false }));
  const evidence: GateEvidence[] = [];
  const missing = [...done.missing];
  for (const { id } of status?.gates ?? []) {
    const facts = await readGateFacts(docket, evidenceOf(docket, phase, id));
    const judged = judgeClaim(docket.ledger, phase, id, { facts, replayed, purpose: 'done' });
    evidence.push(...judged.evidence);
    missing.push(...judged.missing);
    diagnostics.push(...judged.diagnostics);
  }
  const mark = docket.ledger.phases.find(({ id }) => id === phase)?.done;
  if (mark !== undefined && mark.line !== null && !mark.marked) {
    missing.push(`the DONE section holds a placeholder: ${mark.why ?? 'it says nothing'}`);
    diagnostics.push({ rule: 'done-placeholder', level: 'error', message: `the DONE section of ${phase} holds a placeholder: ${mark.why ?? 'it says nothing'}`, place: { path: mark.path ?? '', line: mark.line }, related: [], entry: null, next: `docket done ${phase}`, fixable: false });
  }
  return { allowed: missing.length === 0, missing, evidence, diagnostics };
}

/** The command that mends what stands in the way of DONE. */
function nextFor(phase: string, missing: string): string {
  const gate = /\bgate (\S+)/u.exec(missing)?.[1];
  if (gate !== undefined) return /has no PASS|too old|again/u.test(missing) ? `docket verdict ${phase}/${gate} pass` : `docket show gate:${phase}/${gate}`;
  return /finding/u.test(missing) ? `docket list finding --phase ${phase} --state open` : `docket status ${phase}`;
}
