import type { Entry } from '../../../contract/schema/entry.ts';
import type { Ledger } from '../../../ledger/ledger.ts';
import { escapeControls } from '../../safe-text.ts';
import { commitLinks } from '../../../queries/trace/commit-links.ts';
import { mentionLinks, relationLinks, type Link } from '../../../queries/trace/entry-links.ts';
import { nodeKey, sourceOf, targetOf } from '../../../queries/trace/link-graph.ts';
import type { PageData } from './report.ts';

/**
 * The ties of a ledger with numbered ends: entries in the order given, then its commits, then whatever else they lead to. Each tie once, however often it
 * is said; addresses are left out, since they stand in the text, and so is the phase of an entry.
 */
export function collectLinks(ledger: Ledger, entries: readonly Entry[]): Pick<PageData, 'edges' | 'others'> {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const isEntry = (id: string): boolean => byId.has(id);
  const numbers = new Map<string, number>();
  for (const { id } of entries) numbers.set(nodeKey({ node: 'entry', id }), numbers.size);
  for (const { commit } of ledger.commits) numbers.set(nodeKey({ node: 'commit', id: commit }), numbers.size);
  const others: PageData['others'] = [];
  const edges: PageData['edges'] = [];
  const seen = new Set<string>();
  const tie = (link: Link): void => {
    if (link.type === 'url' || link.relation === 'of-phase') return;
    const [from, to] = [sourceOf(link, isEntry), targetOf(link, isEntry)].map((name) => {
      const key = nodeKey(name);
      const known = numbers.get(key);
      if (known !== undefined) return known;
      numbers.set(key, numbers.size);
      others.push({ type: name.node === 'unknown' ? link.type : name.node, id: name.id });
      return numbers.size - 1;
    });
    const key = `${from} ${to} ${link.relation}`;
    if (from === undefined || to === undefined || from === to || seen.has(key)) return;
    seen.add(key);
    edges.push([from, to, link.relation, link.status]);
  };
  for (const entry of entries) for (const link of [...relationLinks(entry, byId), ...mentionLinks(entry)]) tie(link);
  for (const fact of ledger.commits) for (const link of commitLinks(fact, ledger, byId)) tie(link);
  return { edges, others: others.map(({ type, id }) => ({ type, id: escapeControls(id).slice(0, 300) })) };
}
