import type { Entry, Place } from '../../contract/schema/entry.ts';
import type { Phase } from '../ledger.ts';
import type { SourceDocument } from './source-document.ts';

/** One entry for each gate, at the place where it is named first: in the documents of its phase, else where history has it. */
export function listGateEntries(phases: readonly Phase[], documents: readonly SourceDocument[], entries: readonly Entry[]): Entry[] {
  return phases.flatMap((phase) => {
    const own = documents.filter(({ stored }) => stored.reading.phase === phase.id);
    return phase.gates.map((gate): Entry => {
      const place = placeOf(gate, own) ?? entries.find((entry) => entry.phase === phase.id && entry.gate === gate)?.place ?? { path: own[0]?.path ?? 'machine-docs', line: 1, endLine: 1, rev: null };
      return { id: `gate:${phase.id}/${gate}`, kind: 'gate', phase: phase.id, title: gate, date: null, time: null, author: null, state: 'none', place: { ...place, endLine: place.line }, fields: {}, refs: [], gate };
    });
  });
}

/** STATUS names its gates in its headings; a review judges them below one. */
const rank: Record<string, number> = { plan: 0, status: 1, review: 2, backlog: 3 };

function placeOf(gate: string, documents: readonly SourceDocument[]): Place | null {
  const named = documents
    .toSorted((a, b) => (rank[a.stored.reading.kind] ?? 9) - (rank[b.stored.reading.kind] ?? 9))
    .flatMap(({ path, stored: { reading } }) => {
      const lines = [...reading.gates.filter((each) => each.gate === gate).map(({ line }) => line), ...reading.drafts.filter(({ kind, key }) => key === gate && (kind === 'claim' || kind === 'verdict')).map(({ line }) => line)];
      return lines.length > 0 ? [{ path, line: Math.min(...lines) }] : [];
    });
  const first = named[0];
  return first ? { ...first, endLine: first.line, rev: null } : null;
}
