import type { Entry } from '../../contract/schema/entry.ts';
import type { Ledger } from '../ledger.ts';
import { openDecisionFinder, type FindDecisions } from './find-decision.ts';

/** What mentions can mean, by the names that they use. */
export interface LinkIndex {
  /** Phases that have a gate of this name. */
  gates: ReadonlyMap<string, readonly string[]>;
  /** Findings by their id within a phase. */
  findings: ReadonlyMap<string, readonly Entry[]>;
  phases: ReadonlySet<string>;
  byId: ReadonlyMap<string, Entry>;
  /** Documents by file name. */
  documents: ReadonlyMap<string, readonly string[]>;
  byKind(kind: Entry['kind']): readonly Entry[];
  findDecisions: FindDecisions;
  /** Decisions by the number that their title begins with: `D-010 — …`, `ADR-7: …`. */
  numbered: ReadonlyMap<string, readonly Entry[]>;
}

const number = /^(?:[A-Z][A-Za-z]*-?\d+(?:-\d+)*)(?=[\s:.—–-])/u;

export function indexLedger(ledger: Ledger): LinkIndex {
  const gates = new Map<string, string[]>();
  for (const phase of ledger.phases) for (const gate of phase.gates) gates.set(gate, [...(gates.get(gate) ?? []), phase.id]);
  const findings = new Map<string, Entry[]>();
  for (const entry of ledger.entries) if (entry.kind === 'finding') add(findings, entry.id.slice(entry.id.indexOf('/') + 1), entry);
  const kinds = new Map<Entry['kind'], Entry[]>();
  for (const entry of ledger.entries) add(kinds, entry.kind, entry);
  const numbered = new Map<string, Entry[]>();
  for (const decision of kinds.get('decision') ?? []) {
    const [id] = number.exec(decision.title) ?? [];
    if (id !== undefined) add(numbered, id, decision);
  }
  const documents = new Map<string, string[]>();
  for (const { path } of ledger.documents) add(documents, path.slice(path.lastIndexOf('/') + 1), path);
  return {
    gates,
    findings,
    phases: new Set([...ledger.phases.map(({ id }) => id), ...ledger.documents.map(({ phase }) => phase)].filter((phase) => phase !== '-')),
    byId: new Map(ledger.entries.map((entry) => [entry.id, entry])),
    documents,
    byKind: (kind) => kinds.get(kind) ?? [],
    findDecisions: openDecisionFinder(kinds.get('decision') ?? []),
    numbered,
  };
}

function add<K, T>(map: Map<K, T[]>, key: K, value: T): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}
