import type { App } from '../spec/types.ts';
import { findComponents, findShortestCycle, findShortestPath, graphOf } from './find-cycles.ts';
import type { GateEdge } from './gate-edges.ts';
import type { Cycle, Edge, WitnessEdge } from './types.ts';
import { completeName } from './unit-names.ts';

/** Witnesses for every cycle that somebody must break: for each gate that waits for what waits for it, a shortest way round through
 *  that gate; and beside the gates, one shortest cycle of each knot of units. The shortest stand first. */
export function describeCycles(unitEdges: readonly Edge[], gateEdges: readonly GateEdge[], apps: readonly App[]): Cycle[] {
  const all = [...unitEdges, ...gateEdges];
  const graph = graphOf(all);
  const components = findComponents(graph);
  const ofGates = gateEdges.flatMap((gate): Cycle[] => {
    const component = components.find((nodes) => nodes.has(gate.from) && nodes.has(gate.to));
    const back = component && findShortestPath(graph, gate.to, gate.from, component);
    return back ? [describe([gate.from, ...back], all, gate, proposeForGate(gate, back, apps))] : [];
  });
  const unitGraph = graphOf(unitEdges);
  const ofUnits = findComponents(unitGraph).flatMap((component): Cycle[] => {
    const path = findShortestCycle(unitGraph, component);
    return path ? [describe(path, unitEdges, null, proposeForUnits(path, unitEdges))] : [];
  });
  return keepDistinct([...ofGates, ...ofUnits]).sort((a, b) => a.path.length - b.path.length);
}

/** Two probes of one gate that wait for the same unit make two cycles: each must be changed. The same steps for the same reason
 *  make one. */
function keepDistinct(cycles: readonly Cycle[]): Cycle[] {
  const seen = new Set<string>();
  return cycles.filter(({ path, edges }) => {
    const key = JSON.stringify([path, edges[0]?.why]);
    return !seen.has(key) && seen.add(key);
  });
}

function describe(path: string[], edges: readonly Edge[], gate: GateEdge | null, proposal: string): Cycle {
  const steps = path.slice(1).map((to, index) => toWitness(path[index] ?? '', to, edges));
  const first = gate && witnessOf(gate, []);
  return { path, edges: first ? [first, ...steps.slice(1)] : steps, proposal };
}

/** What says that one waits for the other; where several places do, the first speaks and the others are named beside it. */
function toWitness(from: string, to: string, edges: readonly Edge[]): WitnessEdge {
  const [first, ...others] = edges.filter((edge) => edge.from === from && edge.to === to);
  if (!first) throw new Error(`a cycle has a step without an edge: ${from} → ${to}`);
  return witnessOf(first, others);
}

function witnessOf({ from, to, why, place }: Edge, others: readonly Edge[]): WitnessEdge {
  return { from, to, why, place, also: others.map((other) => other.place) };
}

/** A gate is to ask what the app serves itself, where that does not lead through the same circle again. */
function proposeForGate({ app, probe }: GateEdge, path: readonly string[], apps: readonly App[]): string {
  const isInCircle = (name: string): boolean => {
    const other = apps.find((candidate) => candidate.name === name);
    return other !== undefined && other.name !== app.name && other.runsIn !== null && path.includes(completeName(other.runsIn)) && other.runsIn !== app.runsIn;
  };
  const own = app.serves.map(({ url }) => url);
  if (own.length > 0 && !app.via.some(isInCircle)) return `probe something that ${app.name} serves itself: below ${own.join(' or ')}`;
  return `move the probe ${probe.name} of ${app.name} from gate to confirm, and let the gate ask ${app.name} alone`;
}

function proposeForUnits(path: readonly string[], edges: readonly Edge[]): string {
  const steps = path.slice(1).map((to, index) => toWitness(path[index] ?? '', to, edges));
  const choices = steps.map(({ from, to, why, place }) => `${why} between ${from} and ${to} (${place.path}:${place.line})`);
  return `take one of these out: ${choices.join('; ')}`;
}
