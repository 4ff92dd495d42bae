import type { InfraSpec } from '../spec/types.ts';
import { addOwn, collectUnits } from './collect-units.ts';
import { describeCycles } from './describe-cycles.ts';
import { findUnitEdges } from './edges-of-units.ts';
import { findGateEdges } from './gate-edges.ts';
import { baseOf, isPlainPath } from './globs.ts';
import { readModule, settleDefinitions, type ModuleReading } from './nix/read-module.ts';
import { readCompose, type ComposeReading } from './read-compose.ts';
import type { Edge, Order, OrderVerdict, ReadTree, Unread } from './types.ts';
import { completeName } from './unit-names.ts';

/** What waits for what, by all files that the specification names and by its gates. Reads files through `tree` and executes
 *  nothing. Rejects only when the tree itself cannot be read. */
export async function readOrder(spec: Pick<InfraSpec, 'apps' | 'order'>, tree: ReadTree): Promise<Order> {
  const { edges: gateEdges, unknown } = findGateEdges(spec.apps);
  const compose = await readComposeFiles(spec.order.compose, tree);
  const modules = await readModules(spec.order.units, tree);
  const sources = await collectUnits(tree, await listUnitFiles(spec.order.units, tree));
  for (const [unit, settings] of settleDefinitions(modules.definitions)) addOwn(sources, unit, settings);
  for (const unit of modules.units) addOwn(sources, unit, []);

  const running = spec.apps.flatMap(({ runsIn }) => (runsIn === null ? [] : [completeName(runsIn)]));
  const units = findUnitEdges(sources, [...running, ...gateEdges.map(({ to }) => to)]);
  const canonical = <E extends Edge>(edge: E): E => ({ ...edge, from: units.aliases.get(edge.from) ?? edge.from, to: units.aliases.get(edge.to) ?? edge.to });
  const plain = [...inFileOrder(units.edges), ...compose.edges].filter(({ from, to }) => from !== to);
  const gates = gateEdges.map(canonical).filter(({ from, to }) => from !== to);
  const cycles = describeCycles(plain, gates, spec.apps);
  const unread = [...await findMissing([...spec.order.units, ...spec.order.compose], tree), ...modules.unread, ...units.unread, ...compose.unread];
  const edges = [...plain, ...gates.map(({ from, to, why, place }) => ({ from, to, why, place }))];
  const known = new Set([...units.known, ...compose.services]);
  const named = new Set([...edges.flatMap(({ from, to }) => [from, to]), ...running]);
  return {
    answer: conclude(cycles.length, unknown.length, unread.length),
    edges,
    cycles,
    unread,
    unknown,
    leaves: [...named].filter((name) => !known.has(name)).sort(),
  };
}

function conclude(cycles: number, unknown: number, unread: number): OrderVerdict {
  if (cycles > 0) return 'cycle';
  if (unknown > 0) return 'unknown-provider';
  return unread > 0 ? 'incomplete' : 'ok';
}

function inFileOrder(edges: readonly Edge[]): Edge[] {
  return edges.toSorted((a, b) => (a.place.path < b.place.path ? -1 : a.place.path > b.place.path ? 1 : a.place.line - b.place.line));
}

const isModule = (path: string): boolean => path.endsWith('.nix');

/** Unit files, and the drop-ins and links that lie beside them, whether or not a glob speaks of those. */
async function listUnitFiles(globs: readonly string[], tree: ReadTree): Promise<string[]> {
  const files = (await tree.list(globs)).filter((path) => !isModule(path));
  const folders = new Set([...globs.filter((glob) => !isModule(glob)).map(baseOf), ...files.map((path) => path.split('/').slice(0, -1).join('/') || '.')]);
  const inside = [...folders].map((folder) => (folder === '.' ? '' : `${folder}/`));
  const beside = await tree.list(inside.flatMap((folder) => [`${folder}*.d/*.conf`, `${folder}*.target.wants/*`, `${folder}*.target.requires/*`]));
  return [...new Set([...files, ...beside])].sort();
}

async function readModules(globs: readonly string[], tree: ReadTree): Promise<ModuleReading> {
  const readings = await readEach(tree, (await tree.list(globs)).filter(isModule), readModule, (unread): ModuleReading => ({ definitions: [], units: [], unread }));
  return {
    definitions: readings.flatMap(({ definitions }) => definitions),
    units: readings.flatMap(({ units }) => units),
    unread: readings.flatMap(({ unread }) => unread),
  };
}

async function readComposeFiles(globs: readonly string[], tree: ReadTree): Promise<ComposeReading> {
  const readings = await readEach(tree, await tree.list(globs), readCompose, (unread): ComposeReading => ({ edges: [], services: [], unread }));
  return {
    edges: readings.flatMap(({ edges }) => edges),
    services: readings.flatMap(({ services }) => services),
    unread: readings.flatMap(({ unread }) => unread),
  };
}

function readEach<T>(tree: ReadTree, paths: readonly string[], read: (text: string, path: string) => T, gone: (unread: Unread[]) => T): Promise<T[]> {
  return Promise.all([...paths].sort().map(async (path) => {
    const text = await tree.read(path);
    return text === null ? gone([{ what: path, why: 'it could not be read', place: { path, line: 1 } }]) : read(text, path);
  }));
}

/** A file that is named outright and is not there hides what it would say; a glob that matches nothing may be meant so. */
async function findMissing(named: readonly string[], tree: ReadTree): Promise<Unread[]> {
  const outright = named.filter(isPlainPath);
  const found = new Set(await tree.list(outright));
  return outright.filter((path) => !found.has(path)).map((path) => ({ what: path, why: 'there is no such file', place: { path, line: 1 } }));
}
