import type { Entry } from '../../contract/schema/entry.ts';
import { findComponents, findShortestCycle, graphOf, type Graph } from '../../reconcile/order/find-cycles.ts';

const sides = { supersedes: 'supersedes', 'superseded-by': 'supersededBy', amends: 'amends', 'amended-by': 'amendedBy' } as const;

/** What is wrong with how decisions replace each other; ids of decisions. */
export type SupersessionFault =
  /** From the first one by name along its successors, and back to it. */
  | { kind: 'cycle'; decisions: string[] }
  /** Several replace it, and none of these replaces the others. */
  | { kind: 'several-successors'; decision: string; successors: string[] }
  /** Words that mean no decision of the record, or more than one. */
  | { kind: 'unknown'; decision: string; words: string; side: keyof typeof sides }
  /** The old one names a successor that does not name it. */
  | { kind: 'one-sided'; decision: string; successor: string };

/** All faults of the decisions of a ledger: circles, then decision by decision in their order. */
export function findSupersessionFaults(entries: readonly Entry[]): SupersessionFault[] {
  const decisions = entries.filter(({ kind }) => kind === 'decision');
  const graph = successorGraph(decisions);
  const byId = new Map(decisions.map((decision) => [decision.id, decision]));
  return [...findCircles(graph), ...decisions.flatMap((decision) => faultsOf(decision, byId, graph))];
}

/** The decisions that hold where this one is cited: itself while nothing superseded it, else its last successors; none where they run in a circle or are unknown. */
export function findInForce(entries: readonly Entry[], id: string): string[] {
  const byId = new Map(entries.flatMap((entry) => (entry.kind === 'decision' ? [[entry.id, entry] as const] : [])));
  const seen = new Set<string>();
  const open = [id];
  const last: string[] = [];
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    const decision = byId.get(next);
    if (!decision || seen.has(next)) continue;
    seen.add(next);
    if (decision.state !== 'superseded') last.push(next);
    else open.push(...successorsOf(decision));
  }
  return last;
}

function successorsOf(decision: Entry): string[] {
  return (decision.supersededBy ?? []).flatMap(({ target }) => target ?? []);
}

/** Decision → its successors. */
function successorGraph(decisions: readonly Entry[]): Graph {
  return graphOf(decisions.flatMap((decision) => successorsOf(decision).map((to) => ({ from: decision.id, to }))));
}

function findCircles(graph: Graph): SupersessionFault[] {
  return findComponents(graph).map((component) => ({ kind: 'cycle', decisions: findShortestCycle(graph, component) ?? [...component] }));
}

function faultsOf(decision: Entry, byId: ReadonlyMap<string, Entry>, graph: Graph): SupersessionFault[] {
  const { id } = decision;
  const unknown = (Object.keys(sides) as (keyof typeof sides)[]).flatMap((side) =>
    (decision[sides[side]] ?? []).flatMap(({ words, target }): SupersessionFault[] => (target === null ? [{ kind: 'unknown', decision: id, words, side }] : [])));
  const successors = [...new Set(successorsOf(decision))];
  const last = successors.filter((one) => !successors.some((other) => other !== one && reaches(graph, one, other)));
  const silent = successors.filter((successor) => !byId.get(successor)?.supersedes?.some(({ target }) => target === id));
  return [
    ...unknown,
    ...(last.length > 1 ? [{ kind: 'several-successors' as const, decision: id, successors: last }] : []),
    ...silent.map((successor): SupersessionFault => ({ kind: 'one-sided', decision: id, successor })),
  ];
}

function reaches(graph: Graph, from: string, to: string): boolean {
  const seen = new Set([from]);
  for (const node of seen) {
    if (node === to) return true;
    for (const next of graph.get(node) ?? []) seen.add(next);
  }
  return false;
}
