import type { Entry } from '../contract/schema/entry.ts';
import type { PhaseStatus } from '../contract/schema/status.ts';
import { findGates, readGates } from '../documents/vocabulary/gates.ts';

/** The vetoes among a phase's entries, in file order. */
export function listVetoes(entries: readonly Entry[]): PhaseStatus['vetoes'] {
  return entries.filter(isVeto).map((entry) => ({ entry: entry.id, state: isStanding(entry) ? 'standing' : 'cleared', scope: entry.scope ?? null, reason: entry.title }));
}

/** The standing vetoes of a phase; each of them forbids DONE. */
export function standingVetoes(entries: readonly Entry[]): Entry[] {
  return entries.filter((entry) => isVeto(entry) && isStanding(entry));
}

/** Does a standing veto touch a gate? One with a scope touches the gates that it names, one without touches all, or those that its heading opens with. */
export function isVetoed(standing: readonly Entry[], gate: string): boolean {
  return standing.some((veto) => gatesOfVeto(veto)?.includes(gate) ?? true);
}

function isVeto(entry: Entry): boolean {
  return entry.kind === 'veto';
}

function isStanding(entry: Entry): boolean {
  return entry.state !== 'cleared';
}

/** The gates that a veto touches; null where it touches all of its phase. */
export function gatesOfVeto(veto: Pick<Entry, 'scope' | 'title'>): string[] | null {
  if (veto.scope) return findGates(veto.scope).flatMap(({ gates }) => gates);
  const subject = veto.title.replace(/^\W*(?:SCOPED\s+)?VETO\s*(?:[:—–-]|on|for|of)?\s*(?:gates?\s+)?/u, '');
  return subject === veto.title ? null : (readGates(subject, 0)?.gates ?? null);
}
