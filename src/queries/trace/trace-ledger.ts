import type { Ledger } from '../../ledger/ledger.ts';
import { findInForce } from '../../ledger/links/supersession.ts';
import type { Link } from './entry-links.ts';
import { nodeKey, openGraph, type LinkGraph, type NodeName } from './link-graph.ts';
import { describeNode, otherEnd, type TraceEdge, type TraceNode } from './trace-node.ts';

/** What is tied to one thing, so many steps around it. */
export interface Trace {
  /** The node that the trace began at. */
  root: string;
  depth: number;
  /** The root first, then by steps. */
  nodes: TraceNode[];
  edges: TraceEdge[];
  /** Of a decision: those that hold in its place, itself included; null for anything else. */
  inForce: string[] | null;
}

/** Everything of a phase would be most of the record: what a phase is asked for are its gates and what was found, decided, parked and vetoed in it. */
const telling = new Set(['gate', 'plan', 'finding', 'decision', 'deferred', 'veto']);

/**
 * The links around an entry, a commit or a phase. Phases, files and addresses are ends: the trace does not go on through them, as they tie most of
 * the record together. The whole line of decisions that replace one another is part of the trace of each of them, however long.
 */
export function traceLedger(ledger: Ledger, root: NodeName, depth: number): Trace {
  const graph = openGraph(ledger);
  const walk: Walk = { graph, nodes: new Map(), edges: new Set() };
  add(walk, root, root.node, 0);
  if (root.node === 'entry') followSuccession(walk, root);
  for (let step = 0; step < depth; step += 1) {
    const here = [...walk.nodes.values()].filter((each) => each.described.depth === step && (step === 0 || isOpen(each.name)));
    for (const { name } of here) for (const link of linksFrom(graph, name)) follow(walk, name, link, step + 1);
  }
  const nodes = [...walk.nodes.values()].map(({ described }) => described).toSorted((a, b) => a.depth - b.depth);
  const isDecision = root.node === 'entry' && graph.entry(root.id)?.kind === 'decision';
  return { root: root.id, depth, nodes, edges: [...walk.edges].map(toEdge), inForce: isDecision ? findInForce(ledger.entries, root.id) : null };
}

interface Walk {
  graph: LinkGraph;
  nodes: Map<string, { name: NodeName; described: TraceNode }>;
  edges: Set<Link>;
}

function isOpen({ node }: NodeName): boolean {
  return node === 'entry' || node === 'commit';
}

function linksFrom(graph: LinkGraph, name: NodeName): readonly Link[] {
  const links = graph.around(name);
  return name.node === 'phase' ? links.filter(({ from, relation }) => relation !== 'of-phase' || telling.has(graph.entry(from)?.kind ?? '')) : links;
}

function follow(walk: Walk, name: NodeName, link: Link, depth: number): void {
  walk.edges.add(link);
  add(walk, otherEnd(walk.graph, link, name), link.type, depth);
}

function add(walk: Walk, name: NodeName, type: string, depth: number): void {
  const key = nodeKey(name);
  if (!walk.nodes.has(key)) walk.nodes.set(key, { name, described: describeNode(walk.graph, name, type, depth) });
}

/** Successors and predecessors, up and down the line; each lies as many steps away as there are decisions between. */
function followSuccession(walk: Walk, root: NodeName): void {
  const queue = [{ name: root, depth: 0 }];
  for (const { name, depth } of queue) {
    for (const link of walk.graph.around(name)) {
      if (link.relation !== 'supersedes' && link.relation !== 'superseded-by') continue;
      const other = otherEnd(walk.graph, link, name);
      if (!walk.nodes.has(nodeKey(other))) queue.push({ name: other, depth: depth + 1 });
      follow(walk, name, link, depth + 1);
    }
  }
}

function toEdge({ from, to, type, status, relation, line, via }: Link): TraceEdge {
  return { from, to, type, status, relation, line, ...(via ? { via } : {}) };
}
