/** Directed graph: node → nodes that it waits for. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>;

export function graphOf(edges: readonly { from: string; to: string }[]): Graph {
  const graph = new Map<string, Set<string>>();
  for (const { from, to } of edges) {
    graph.set(from, (graph.get(from) ?? new Set<string>()).add(to));
    if (!graph.has(to)) graph.set(to, new Set());
  }
  return graph;
}

/** Strongly connected components of more than one node, by R. Tarjan, "Depth-first search and linear graph algorithms", SIAM
 *  Journal on Computing 1(2), 1972. With a stack of its own, so that a long chain of units cannot exhaust the machine's. */
export function findComponents(graph: Graph): Set<string>[] {
  const number = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const onStack = new Set<string>();
  const components: Set<string>[] = [];
  for (const root of graph.keys()) {
    if (number.has(root)) continue;
    const work: { node: string; rest: string[] }[] = [];
    const enter = (node: string): void => {
      number.set(node, number.size);
      low.set(node, number.size - 1);
      stack.push(node);
      onStack.add(node);
      work.push({ node, rest: [...(graph.get(node) ?? [])] });
    };
    enter(root);
    for (let current = work.at(-1); current; current = work.at(-1)) {
      const { node, rest } = current;
      const next = rest.shift();
      if (next !== undefined) {
        if (!number.has(next)) enter(next);
        else if (onStack.has(next)) low.set(node, Math.min(low.get(node) ?? 0, number.get(next) ?? 0));
        continue;
      }
      work.pop();
      const parent = work.at(-1);
      if (parent) low.set(parent.node, Math.min(low.get(parent.node) ?? 0, low.get(node) ?? 0));
      if (low.get(node) !== number.get(node)) continue;
      const component = new Set(stack.splice(stack.lastIndexOf(node)));
      for (const member of component) onStack.delete(member);
      if (component.size > 1) components.push(component);
    }
  }
  return components;
}

/** A shortest way from one node to another that stays among `within`, both ends included; breadth first, neighbours in the order of
 *  their names, so that the answer is always the same. Null: there is none. */
export function findShortestPath(graph: Graph, from: string, to: string, within: ReadonlySet<string>): string[] | null {
  const cameFrom = new Map<string, string | null>([[from, null]]);
  const queue = [from];
  for (const node of queue) {
    if (node === to) {
      const path: string[] = [];
      for (let step: string | null = to; step !== null; step = cameFrom.get(step) ?? null) path.unshift(step);
      return path;
    }
    for (const next of [...(graph.get(node) ?? [])].sort()) {
      if (!within.has(next) || cameFrom.has(next)) continue;
      cameFrom.set(next, node);
      queue.push(next);
    }
  }
  return null;
}

/** Two nodes and back to the first: no cycle is shorter. */
const LEAST = 3;

/** A shortest cycle inside a component, from the first node by name of those that have one so short. */
export function findShortestCycle(graph: Graph, component: ReadonlySet<string>): string[] | null {
  let best: string[] | null = null;
  for (const node of [...component].sort()) {
    for (const next of [...(graph.get(node) ?? [])].sort()) {
      const back = component.has(next) ? findShortestPath(graph, next, node, component) : null;
      if (back && (!best || back.length + 1 < best.length)) best = [node, ...back];
      if (best?.length === LEAST) return best;
    }
  }
  return best;
}
