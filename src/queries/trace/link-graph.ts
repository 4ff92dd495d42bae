import type { Entry } from '../../contract/schema/entry.ts';
import type { CommitFact, Ledger } from '../../ledger/ledger.ts';
import { commitLinks } from './commit-links.ts';
import { mentionLinks, relationLinks, type Link } from './entry-links.ts';

/** What a node is: an entry of some kind, or what entries are tied to. `unknown` is a name that leads nowhere, or to several. */
export type NodeClass = 'entry' | 'commit' | 'phase' | 'path' | 'url' | 'unknown';

/** One thing; the same text may be a phase and a path, so a node is known by both. */
export interface NodeName {
  node: NodeClass;
  id: string;
}

/** All ties of a ledger, by either end. */
export interface LinkGraph {
  entry(id: string): Entry | null;
  commit(id: string): CommitFact | null;
  /** The links that begin or end at a node, in the order of the ledger. */
  around(name: NodeName): readonly Link[];
}

export function nodeKey({ node, id }: NodeName): string {
  return `${node} ${id}`;
}

/** The node that a link leads to. */
export function targetOf({ to, type, status }: Link, isEntry: (id: string) => boolean): NodeName {
  if (type === 'url') return { node: 'url', id: to };
  if (status === 'dangling' || status === 'ambiguous') return { node: 'unknown', id: to };
  if (type === 'commit' || type === 'phase' || type === 'path') return { node: type, id: to };
  return { node: isEntry(to) ? 'entry' : 'unknown', id: to };
}

/** The node that a link begins at. */
export function sourceOf({ from }: Link, isEntry: (id: string) => boolean): NodeName {
  return { node: isEntry(from) ? 'entry' : 'commit', id: from };
}

/** Ties everything together once. Of two entries with one id the one that stands in the revision counts. */
export function openGraph(ledger: Ledger): LinkGraph {
  const byId = new Map<string, Entry>();
  for (const entry of ledger.entries) if (byId.get(entry.id)?.place.rev !== null) byId.set(entry.id, entry);
  const facts = new Map(ledger.commits.map((fact) => [fact.commit, fact]));
  const isEntry = (id: string): boolean => byId.has(id);
  const around = new Map<string, Link[]>();
  const tie = (link: Link): void => {
    const keys = new Set([nodeKey(sourceOf(link, isEntry)), nodeKey(targetOf(link, isEntry))]);
    for (const key of keys) {
      const known = around.get(key);
      if (known) known.push(link);
      else around.set(key, [link]);
    }
  };
  for (const entry of byId.values()) for (const link of [...relationLinks(entry, byId), ...mentionLinks(entry)]) tie(link);
  for (const fact of ledger.commits) for (const link of commitLinks(fact, ledger, byId)) tie(link);
  return { entry: (id) => byId.get(id) ?? null, commit: (id) => facts.get(id) ?? null, around: (name) => around.get(nodeKey(name)) ?? [] };
}
