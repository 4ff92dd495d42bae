import type { Diagnostic } from '../contract/schema/envelope.ts';
import type { Entry } from '../contract/schema/entry.ts';
import type { Docket } from '../ledger/open-docket.ts';
import { findWaiver, gateWaivers } from '../rules/waivers/active-waivers.ts';
import { gateOfLack } from './done-of-phase.ts';
import { judgeDoneBuild } from './builds/judge-done-build.ts';
import { findEvidence } from './evidence/evidence-of-gate.ts';
import { readGateFacts } from './evidence/read-facts.ts';
import { getStatus } from './get-status.ts';
import { judgeClaimText } from './judge-claim-text.ts';
import { judgeOffences } from './judge-offences.ts';
import { judgeVerdicts, standingClaim } from './judge-verdicts.ts';
import { asAccepted, judgeClaim, type ClaimContext, type ClaimJudgement, type GateEvidence } from './judge-claim.ts';

/** The reproductions in force that a gate rests on. */
export function evidenceOf({ ledger }: Docket, phase: string, gate: string): Entry[] {
  const entries = ledger.entries.filter((entry) => entry.phase === phase);
  return findEvidence(entries, phase, gate).reproductions.flatMap((id) => entries.filter((entry) => entry.id === id));
}

/** How a gate is asked for. */
export interface GateQuestion {
  phase: string;
  gate: string;
  /** The text of the claim that is about to be made; null for the one that stands there, if one does. */
  text: Readonly<Record<string, string>> | null;
  /** What cold replays gave just now; without it receipts are believed as far as they go. */
  replayed: ClaimContext['replayed'];
  now: Date;
}

/**
 * May a gate be claimed: the record, held against the code of now, and the text of the claim. Without a text, and without a claim that stands there,
 * only the evidence is judged. Reads only; executes nothing.
 */
export async function askClaim(docket: Docket, { phase, gate, text, replayed, now }: GateQuestion): Promise<ClaimJudgement> {
  const rests = evidenceOf(docket, phase, gate);
  const facts = await readGateFacts(docket, rests);
  const evidence = judgeClaim(docket.ledger, phase, gate, { facts, replayed, purpose: 'claim', today: dayOf(now) });
  const standing = standingClaim(docket.ledger.entries, phase, gate);
  const fields = text ?? standing?.fields;
  if (fields === undefined) return evidence;
  const place = text === null && standing !== undefined ? { path: standing.place.path, line: standing.place.line } : null;
  const entry = text === null && standing !== undefined ? standing.id : `gate:${phase}/${gate}`;
  const faults = judgeClaimText({ gate: `${phase}/${gate}`, fields, evidence: rests });
  const told = faults.map(({ rule, level, message, next }): Diagnostic => ({ rule, level, message, place, related: [], entry, next, fixable: false }));
  const { counting, diagnostics } = acceptWaived(docket, told.map((found) => ({ found, gate: `${phase}/${gate}` })), now);
  return { ...evidence, allowed: evidence.allowed && counting.length === 0, missing: [...counting.map(({ message }) => message), ...evidence.missing], diagnostics: [...diagnostics, ...evidence.diagnostics] };
}

function dayOf(now: Date): string {
  return now.toISOString().slice(0, 10);
}

/** What is in the way, and the gate (`PHASE/GATE`) that it is about besides its entry; null: of none. */
interface Fault {
  found: Diagnostic;
  gate: string | null;
}

/** Parts what still counts from what a decision accepts: that is told all the same, as information. */
function acceptWaived({ ledger }: Docket, faults: readonly Fault[], now: Date): { counting: Diagnostic[]; diagnostics: Diagnostic[] } {
  const waivers = gateWaivers(ledger.entries, dayOf(now));
  const diagnostics = faults.map(({ found, gate }): Diagnostic => {
    const waiver = found.level === 'error' ? findWaiver(waivers, { rule: found.rule, entry: found.entry, path: found.place?.path ?? null, gates: gate === null ? [] : [gate] }) : null;
    return waiver === null ? found : asAccepted(found, waiver);
  });
  return { counting: diagnostics.filter(({ level }) => level === 'error'), diagnostics };
}

export interface DoneQuestion extends Pick<GateQuestion, 'phase' | 'replayed' | 'now'> {
  /** Whether a DONE section that holds a placeholder is in the way. */
  placeholder: 'refused' | 'accepted';
}

/**
 * May a phase be called done: every gate has a PASS that is newer than its last claim and not too old by the clock (`now`), its
 * evidence holds at the level for DONE, no veto stands, no finding of the phase is open, and the builds that the configuration requires are green. Reads only.
 */
export async function askDone(docket: Docket, { phase, replayed, now, placeholder }: DoneQuestion): Promise<ClaimJudgement> {
  const status = getStatus(docket.ledger, { phase, clock: now.getTime() / 1000 }).phases[0];
  const done = status?.done ?? { missing: [`phase ${phase} names no gate`] };
  const build = await judgeDoneBuild(docket);
  const bare: Pick<Diagnostic, 'level' | 'related' | 'fixable'> = { level: 'error', related: [], fixable: false };
  const lacking = done.missing.map((message): Fault => {
    const gate = gateOfLack(message);
    return { found: { ...bare, rule: 'done-not-allowed', message: `phase ${phase} may not be called done: ${message}`, place: null, entry: null, next: nextFor(phase, message) }, gate: gate === null ? null : `${phase}/${gate}` };
  });
  const verdicts = status === undefined ? [] : (await judgeVerdicts(docket, status, now)).map(({ gate, ...told }): Fault => ({ found: { ...bare, ...told }, gate: `${phase}/${gate}` }));
  const offences = (await judgeOffences(docket, phase)).map((found): Fault => ({ found, gate: null }));
  const judged = acceptWaived(docket, [...lacking, ...verdicts, ...offences], now);
  // A red build comes first: mending it changes the code, and with it all the rest.
  const diagnostics = [...build.diagnostics, ...judged.diagnostics];
  const evidence: GateEvidence[] = [];
  const missing = [...build.missing, ...judged.counting.map(({ rule, message }) => (rule === 'done-not-allowed' ? message.slice(message.indexOf(': ') + 2) : message))];
  for (const { id } of status?.gates ?? []) {
    const facts = await readGateFacts(docket, evidenceOf(docket, phase, id));
    const claim = judgeClaim(docket.ledger, phase, id, { facts, replayed, purpose: 'done', today: dayOf(now) });
    evidence.push(...claim.evidence);
    missing.push(...claim.missing);
    diagnostics.push(...claim.diagnostics);
  }
  const mark = docket.ledger.phases.find(({ id }) => id === phase)?.done;
  if (placeholder === 'refused' && mark !== undefined && mark.line !== null && !mark.marked) {
    missing.push(`the DONE section holds a placeholder: ${mark.why ?? 'it says nothing'}`);
    diagnostics.push({ rule: 'done-placeholder', level: 'error', message: `the DONE section of ${phase} holds a placeholder: ${mark.why ?? 'it says nothing'}`, place: { path: mark.path ?? '', line: mark.line }, related: [], entry: null, next: `docket done ${phase}`, fixable: false });
  }
  return { allowed: missing.length === 0, missing, evidence, diagnostics };
}

/** The command that mends what stands in the way of DONE. */
function nextFor(phase: string, missing: string): string {
  const gate = gateOfLack(missing);
  if (gate !== null) return /has no PASS|too old|again/u.test(missing) ? `docket verdict ${phase}/${gate} pass` : `docket show gate:${phase}/${gate}`;
  return missing.startsWith('finding ') ? `docket list finding --phase ${phase} --state open` : `docket status ${phase}`;
}
