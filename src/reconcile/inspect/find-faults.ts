import { hasGate, runStaticControl } from '../controls/static.ts';
import { readOrder } from '../order/read-order.ts';
import type { Cycle, LinePlace, Order, ReadTree } from '../order/types.ts';
import { completeName } from '../order/unit-names.ts';
import { readSpec } from '../spec/read-spec.ts';
import type { App, InfraSpec, Place, SpecError } from '../spec/types.ts';

/** What is wrong with a specification and can be told by reading alone. */
export interface SpecFault {
  /** `gate-cycle` and `toothless-gate` are refused before anything is deployed; `identity-blind` is a warning. */
  rule: 'gate-cycle' | 'toothless-gate' | 'identity-blind';
  /** The app whose gate it is; null for units that wait for each other without a gate. */
  app: string | null;
  message: string;
  place: LinePlace | Place;
  /** The other edges of a cycle. */
  related: { message: string; place: LinePlace }[];
  /** What to write instead. */
  next: string;
}

export type Inspection = { ok: true; spec: InfraSpec; order: Order; faults: SpecFault[] } | { ok: false; errors: SpecError[] };

/** Reads the specification `text`, called `path`, and the files that it names through `tree`; asks nobody and executes nothing. */
export async function inspectSpec(text: string, path: string, tree: ReadTree): Promise<Inspection> {
  const reading = readSpec(text, path);
  if (!reading.ok) return reading;
  const order = await readOrder(reading.spec, tree);
  return { ok: true, spec: reading.spec, order, faults: findFaults(reading.spec, order) };
}

/** Faults of gates, by the order of the specification: cycles first, then what each gate would let pass. Pure. */
export function findFaults(spec: Pick<InfraSpec, 'apps'>, order: Pick<Order, 'cycles'>): SpecFault[] {
  return [...order.cycles.map((cycle) => faultOfCycle(cycle, spec.apps)), ...spec.apps.flatMap(faultOfGate)];
}

function faultOfCycle({ path, edges, proposal }: Cycle, apps: readonly App[]): SpecFault {
  const [first, ...others] = edges;
  const isGate = first?.why.startsWith('gate ') === true;
  const app = isGate ? apps.find(({ name, runsIn }) => runsIn !== null && completeName(runsIn) === path[0] && first.why.startsWith(`gate ${name}/`)) : undefined;
  const places = [...others.map((edge) => ({ edge, place: edge.place })), ...edges.flatMap((edge) => edge.also.map((place) => ({ edge, place })))];
  return {
    rule: 'gate-cycle',
    app: app?.name ?? null,
    message: `Unexpected cycle ${path.join(' → ')}, expected ${isGate ? 'a gate that asks nothing which is started after its own unit' : 'units that do not wait for each other'}`,
    place: first?.place ?? { path: '', line: 1 },
    related: places.map(({ edge, place }) => ({ message: `${edge.from} waits for ${edge.to}: ${edge.why}`, place })),
    next: sentence(proposal),
  };
}

function faultOfGate(app: App): SpecFault[] {
  if (!hasGate(app)) return [];
  const { verdict, why, place, next } = runStaticControl(app);
  if (verdict === 'sound') return [];
  const expected = verdict === 'toothless' ? 'it to fail there' : 'a condition that tells who answers';
  return [{ rule: verdict === 'toothless' ? 'toothless-gate' : 'identity-blind', app: app.name, message: `Unexpected: ${why}; expected ${expected}`, place, related: [], next: next ?? '' }];
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
