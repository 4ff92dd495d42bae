import type { Entry, Event, Ref } from '../../contract/schema/entry.ts';

/** How one thing is tied to another. All but `mentions` follow from what the two are, not from words. */
export type Relation =
  | 'mentions' | 'supersedes' | 'superseded-by' | 'amends' | 'amended-by' | 'claims' | 'judges' | 'closes' | 'decides' | 'replaces' | 'of-phase'
  | 'introduced-by' | 'changed-by' | 'closed-by' | 'reopened-by' | 'sent-by' | 'grown-by' | 'consumed-by';

/** A tie between two things; `to` is the id, full sha, path or phase that is meant, or what was written where nothing was found. */
export interface Link {
  from: string;
  to: string;
  /** What `to` is. */
  type: Ref['type'];
  status: Ref['status'];
  relation: Relation;
  /** The line of the mention in the file of `from`; null for what stands in no line. */
  line: number | null;
  via?: Ref['via'];
}

/** What the words of an entry mention. */
export function mentionLinks(entry: Entry): (Link & { line: number })[] {
  return entry.refs.map(({ target, value, type, status, line, via }) => ({ from: entry.id, to: target ?? value, type, status, relation: 'mentions', line, ...(via ? { via } : {}) }));
}

/** What an entry is tied to by what it is: its gate, its phase, the decisions that it replaces, the commits that brought, changed and ended it. */
export function relationLinks(entry: Entry, byId: ReadonlyMap<string, Entry>): Link[] {
  return [...successionLinks(entry, byId), ...gateLinks(entry, byId), ...phaseLinks(entry), ...commitLinksOf(entry)];
}

/** The word of the successor stands for both; only an old decision whose successor does not know it speaks for itself. So it is with what amends. */
function successionLinks(entry: Entry, byId: ReadonlyMap<string, Entry>): Link[] {
  const known = (side: 'supersedes' | 'amends', target: string | null): boolean => target !== null && byId.get(target)?.[side]?.some((link) => link.target === entry.id) === true;
  const tie = (relation: Relation, { words, target }: { words: string; target: string | null }): Link => ({
    from: entry.id, to: target ?? words, type: 'decision', status: target === null ? 'dangling' : 'resolved', relation, line: entry.place.line,
  });
  return [
    ...(entry.supersedes ?? []).map((link) => tie('supersedes', link)),
    ...(entry.supersededBy ?? []).filter(({ target }) => !known('supersedes', target)).map((link) => tie('superseded-by', link)),
    ...(entry.amends ?? []).map((link) => tie('amends', link)),
    ...(entry.amendedBy ?? []).filter(({ target }) => !known('amends', target)).map((link) => tie('amended-by', link)),
  ];
}

function gateLinks(entry: Entry, byId: ReadonlyMap<string, Entry>): Link[] {
  const { kind, gate, phase } = entry;
  if ((kind !== 'claim' && kind !== 'verdict') || gate === undefined) return [];
  const to = `gate:${phase}/${gate}`;
  return byId.has(to) ? [{ from: entry.id, to, type: 'gate', status: 'resolved', relation: kind === 'claim' ? 'claims' : 'judges', line: entry.place.line }] : [];
}

function phaseLinks({ id, phase }: Entry): Link[] {
  return phase === '-' ? [] : [{ from: id, to: phase, type: 'phase', status: 'resolved', relation: 'of-phase', line: null }];
}

/** The commits that brought an entry, changed and ended it. */
export function commitLinksOf(entry: Entry): Link[] {
  const { introduced, changed, closed, history, sent, grown, consumed } = entry;
  const tie = (relation: Relation, event: Pick<Event, 'commit'> | null | undefined): Link[] =>
    event ? [{ from: entry.id, to: event.commit, type: 'commit', status: 'resolved', relation, line: null }] : [];
  const closings = closed?.commit ? [{ commit: closed.commit }] : [];
  const links = [
    ...tie(entry.kind === 'inbox' ? 'sent-by' : 'introduced-by', sent ?? introduced),
    ...(grown ?? []).flatMap((event) => tie('grown-by', event)),
    ...tie('consumed-by', consumed),
    ...[...(history ?? []).filter(({ what }) => what === 'closed'), ...closings].flatMap((event) => tie('closed-by', event)),
    ...(history ?? []).filter(({ what }) => what === 'reopened').flatMap((event) => tie('reopened-by', event)),
    ...(changed && changed.commit !== introduced?.commit ? tie('changed-by', changed) : []),
  ];
  const seen = new Set<string>();
  return links.filter(({ relation, to }) => !seen.has(`${relation} ${to}`) && seen.add(`${relation} ${to}`) !== undefined);
}
