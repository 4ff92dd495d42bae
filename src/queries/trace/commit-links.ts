import type { Entry } from '../../contract/schema/entry.ts';
import type { CommitFact, Ledger } from '../../ledger/ledger.ts';
import { findByTail } from '../resolve-id.ts';
import type { Link, Relation } from './entry-links.ts';

const declaring: Readonly<Record<string, { type: 'deferred' | 'finding' | 'decision'; relation: Relation }>> = {
  'closes-deferred': { type: 'deferred', relation: 'closes' },
  'closes-finding': { type: 'finding', relation: 'closes' },
  decision: { type: 'decision', relation: 'decides' },
};

/** What a commit says of itself: the gates that its subject claims and judges, what its trailers close and decide, its phase, what it was made of. */
export function commitLinks(fact: CommitFact, { entries, phases }: Ledger, byId: ReadonlyMap<string, Entry>): Link[] {
  const { commit: from, phase } = fact;
  const gate = (name: string, relation: Relation): Link[] => {
    const to = `gate:${phase}/${name}`;
    return byId.has(to) ? [{ from, to, type: 'gate', status: 'resolved', relation, line: null }] : [];
  };
  return [
    ...fact.claims.flatMap((name) => gate(name, 'claims')),
    ...fact.verdicts.flatMap((verdict) => gate(verdict.gate, 'judges')),
    ...fact.trailers.flatMap(({ name, value }) => declaredLinks(from, declaring[name.toLowerCase()], value, entries)),
    ...(phase !== null && phases.some(({ id }) => id === phase) ? [{ from, to: phase, type: 'phase', status: 'resolved', relation: 'of-phase', line: null } satisfies Link] : []),
    ...(fact.replaces ?? []).map((to): Link => ({ from, to, type: 'commit', status: 'rewritten', relation: 'replaces', line: null })),
  ];
}

function declaredLinks(from: string, declares: { type: 'deferred' | 'finding' | 'decision'; relation: Relation } | undefined, value: string, entries: readonly Entry[]): Link[] {
  if (!declares) return [];
  const { type, relation } = declares;
  const own = entries.filter(({ kind }) => kind === type);
  return value.split(/[,;]\s*|\s+and\s+/u).filter((name) => name.trim() !== '').map((name) => {
    const [first, ...others] = findByTail(own, name.trim());
    const status = first === undefined ? 'dangling' : others.length > 0 ? 'ambiguous' : 'resolved';
    return { from, to: first !== undefined && others.length === 0 ? first.id : name.trim(), type, status, relation, line: null };
  });
}
