import type { Trace } from '../../queries/trace/trace-ledger.ts';

/** Names for the nodes of a drawing: `n0`, `n1`…, as ids may hold anything. An end of an edge that is no node of its own gets none. */
export function nameNodes({ nodes }: Trace): (id: string) => string | null {
  const names = new Map(nodes.map(({ id }, index) => [id, `n${index}`]).toReversed() as [string, string][]);
  return (id) => names.get(id) ?? null;
}

/** What stands in a node: its id (a commit's short), its state, and its title where that says more. */
export function labelLines({ id, type, title, state }: Trace['nodes'][number]): string[] {
  const name = type === 'commit' ? id.slice(0, 12) : type === 'phase' ? `phase ${id}` : id;
  return [state === null ? name : `${name} (${state})`, ...(title === null || id.endsWith(title) ? [] : [title.length > 60 ? `${title.slice(0, 59)}…` : title])];
}

/** What stands at an edge. */
export function edgeLabel({ relation, status }: Trace['edges'][number]): string {
  return status === 'resolved' ? relation : `${relation} (${status})`;
}
