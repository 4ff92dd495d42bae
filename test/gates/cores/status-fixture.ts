import type { Entry } from '../../../src/contract/schema/entry.ts';
import type { GateStatus, PhaseStatus } from '../../../src/contract/schema/status.ts';
import { getStatus } from '../../../src/gates/get-status.ts';
import type { CommitFact, Ledger, Phase } from '../../../src/ledger/ledger.ts';
import { makeEntry, makeLedger } from '../../queries/ledger-fixture.ts';

/** The commit of an hour of one day: `c09…`. */
export function commitAt(hour: number): string {
  return `c${String(hour).padStart(2, '0')}`.padEnd(40, '0');
}

export function at(hour: number): string {
  return `2026-05-04T${String(hour).padStart(2, '0')}:00:00Z`;
}

const introduced = (hour: number | null) => (hour === null ? null : { commit: commitAt(hour), at: at(hour) });

/** A claim of barge/H4 in STATUS, committed at an hour; null: not committed yet. */
export function claim(hour: number | null, n = 1, more: Partial<Entry> = {}): Entry {
  return makeEntry(`claim:barge/H4#${n}`, { gate: 'H4', introduced: introduced(hour), place: { path: 'machine-docs/STATUS-barge.md', line: 5, endLine: 9, rev: null }, ...more });
}

export function verdict(hour: number | null, state: string, n = 1, more: Partial<Entry> = {}): Entry {
  return makeEntry(`verdict:barge/H4#${n}`, { gate: 'H4', state, introduced: introduced(hour), ...more });
}

/** A commit whose subject claims or judges H4. */
export function commit(hour: number, says: { claims?: string[]; result?: CommitFact['verdicts'][number]['result']; gate?: string; phase?: string | null }): CommitFact {
  const { claims = [], result, gate = 'H4', phase = 'barge' } = says;
  return {
    commit: commitAt(hour), at: at(hour), author: 'A <a@example.org>', subject: '', role: null, roleFrom: null, prefix: null, phase, scope: null, claims, verdicts: result === undefined ? [] : [{ gate, result, at: null }], trailers: [], documents: [],
  };
}

export function phaseOf(more: Partial<Phase> = {}): Phase {
  return { id: 'barge', order: 1, firstCommit: null, gates: ['H4'], said: [], done: { marked: false, line: null, path: null, why: null, commit: null, forced: null }, ...more };
}

export function ledgerOf(entries: Entry[], commits: CommitFact[] = [], phase: Partial<Phase> = {}, more: Partial<Ledger> = {}): Ledger {
  return makeLedger(entries, { commits, phases: [phaseOf(phase)], revision: { source: 'worktree', commit: commitAt(20), at: at(20), shallow: false }, ...more });
}

/** How the phase barge stands. */
export function phaseStatus(ledger: Ledger, clock?: number): PhaseStatus {
  const [status] = getStatus(ledger, clock === undefined ? {} : { clock }).phases;
  if (status === undefined) throw new Error('no phase');
  return status;
}

/** How its first gate stands. */
export function gateStatus(ledger: Ledger, clock?: number): GateStatus {
  const [gate] = phaseStatus(ledger, clock).gates;
  if (gate === undefined) throw new Error('no gate');
  return gate;
}
