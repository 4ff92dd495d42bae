import { graphOf, type Graph } from './find-cycles.ts';
import type { Neighbourhood, Order } from './types.ts';
import { completeName } from './unit-names.ts';

/** What a unit waits for and what waits for it, direct and through others; null when nothing is known of such a unit. A name without
 *  a type means the service. */
export function findNeighbours(order: Pick<Order, 'edges' | 'leaves'>, name: string): Neighbourhood | null {
  const unit = completeName(name);
  const forward = graphOf(order.edges);
  if (!forward.has(unit) && !order.leaves.includes(unit)) return null;
  const backward = graphOf(order.edges.map(({ from, to }) => ({ from: to, to: from })));
  const [waitsFor, waitedOn] = [reach(forward, unit), reach(backward, unit)];
  return {
    unit,
    waits_for: [...waitsFor.direct, ...waitsFor.further],
    waited_on_by: [...waitedOn.direct, ...waitedOn.further],
    direct: { waits_for: waitsFor.direct, waited_on_by: waitedOn.direct },
  };
}

/** All nodes named in an order, sorted: what a name can be compared with. */
export function listUnits({ edges, leaves }: Pick<Order, 'edges' | 'leaves'>): string[] {
  return [...new Set([...edges.flatMap(({ from, to }) => [from, to]), ...leaves])].sort();
}

/** A unit in a cycle waits for itself through others; it is not listed beside itself. */
function reach(graph: Graph, start: string): { direct: string[]; further: string[] } {
  const direct = [...(graph.get(start) ?? [])].sort();
  const seen = new Set([start, ...direct]);
  const queue = [...direct];
  for (const node of queue) {
    for (const next of graph.get(node) ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      queue.push(next);
    }
  }
  return { direct, further: queue.slice(direct.length).sort() };
}
