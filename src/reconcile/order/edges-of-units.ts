import { findKnownUnits, settingsOf, type UnitSources } from './collect-units.ts';
import type { Setting } from './parse-unit-file.ts';
import { resolveSpecifiers } from './specifiers.ts';
import type { Edge, LinePlace, Unread } from './types.ts';
import { isUnitName, splitName, templateOf, typeOf } from './unit-names.ts';

export interface UnitEdges {
  edges: Edge[];
  /** Units that are described here, instances of templates among them. */
  known: Set<string>;
  /** Other names of units, each with the name that its file has. */
  aliases: ReadonlyMap<string, string>;
  unread: Unread[];
}

/** One word of a setting, after specifiers. */
interface Said {
  unit: string;
  key: string;
  value: string;
  place: LinePlace;
}

const ORDERING = ['After', 'Before'];
const PULLS = ['Wants', 'Requires', 'Requisite', 'BindsTo', 'Upholds'];
const PULLED_BY = ['WantedBy', 'RequiredBy', 'UpheldBy'];
const NAMES_UNITS: Record<string, readonly string[]> = { Unit: [...ORDERING, ...PULLS], Install: [...PULLED_BY, 'Alias'], Timer: ['Unit'], Path: ['Unit'], Socket: ['Service'] };

/** More instances than any machine has: the templates must be naming each other without end. */
const MOST_INSTANCES = 1000;

/** What waits for what, by the files of systemd. `named` are units that somebody else speaks of (gates, compose), so that
 *  instances of templates among them are looked at too. */
export function findUnitEdges(sources: UnitSources, named: readonly string[]): UnitEdges {
  const known = new Set<string>();
  const unread = [...sources.unread];
  const said: Said[] = [];
  const queue = [...findKnownUnits(sources), ...named.filter((unit) => isInstanceHere(sources, unit))];
  for (const unit of queue) {
    if (known.has(unit)) continue;
    if (known.size > sources.own.size + MOST_INSTANCES) {
      unread.push({ what: unit, why: 'templates name instances of each other without end', place: placeOfUnit(sources, unit) });
      break;
    }
    known.add(unit);
    const words = readWords(unit, settingsOf(sources, unit), unread);
    said.push(...words);
    queue.push(...words.map(({ value }) => value).filter((value) => isInstanceHere(sources, value)));
  }
  const aliases = new Map(said.filter(({ key }) => key === 'Alias').map(({ unit, value }) => [value, unit]));
  const canonical = said.map(({ unit, key, value, place }) => ({ unit, key, value: key === 'Alias' ? value : aliases.get(value) ?? value, place }));
  const ordering = canonical.flatMap(orderingEdge);
  const edges = [...ordering, ...findTargetEdges(canonical, ordering, findLoners(sources, known)), ...findTriggerEdges(canonical, known, sources)];
  return { edges: edges.filter(({ from, to }) => from !== to), known, aliases, unread };
}

/** The file that speaks of a unit first. */
function placeOfUnit(sources: UnitSources, unit: string): LinePlace {
  return { path: settingsOf(sources, unit)[0]?.place.path ?? unit, line: 1 };
}

function isInstanceHere({ own }: UnitSources, unit: string): boolean {
  const template = templateOf(unit);
  return template !== null && own.has(template);
}

function readWords(unit: string, settings: readonly Setting[], unread: Unread[]): Said[] {
  return settings.flatMap(({ section, key, words }) => {
    if (!NAMES_UNITS[section]?.includes(key)) return [];
    return words.flatMap(({ text, place }) => {
      const resolved = resolveSpecifiers(text, unit);
      if (resolved.kind === 'host') unread.push({ what: `${key}=${text} of ${unit}`, why: `${resolved.specifier} is known on the running machine only`, place });
      // What is no name of a unit systemd ignores.
      return resolved.kind === 'name' && isUnitName(resolved.name) ? [{ unit, key: section === 'Unit' || section === 'Install' ? key : section, value: resolved.name, place }] : [];
    });
  });
}

function orderingEdge({ unit, key, value, place }: Said): Edge[] {
  if (key === 'After') return [{ from: unit, to: value, why: key, place }];
  return key === 'Before' ? [{ from: value, to: unit, why: key, place }] : [];
}

/** Units that have said no to what systemd adds by itself. */
function findLoners(sources: UnitSources, known: ReadonlySet<string>): Set<string> {
  return new Set([...known].filter((unit) => {
    const last = settingsOf(sources, unit).findLast(({ section, key }) => section === 'Unit' && key === 'DefaultDependencies');
    return last !== undefined && /^(no|n|false|f|off|0)$/i.test(last.words[0]?.text ?? '');
  }));
}

/** A target comes after all that it pulls in, unless either of the two wants no default dependencies, or is ordered the other way
 *  round by itself (systemd.target(5), "Default Dependencies"). Units are taken for enabled: what is in the repository is meant
 *  to run. */
function findTargetEdges(said: readonly Said[], ordering: readonly Edge[], loners: ReadonlySet<string>): Edge[] {
  const after = new Set(ordering.map(({ from, to }) => `${from} ${to}`));
  return said.flatMap(({ unit, key, value, place }): Edge[] => {
    const pull = PULLS.includes(key) ? { target: unit, pulled: value } : PULLED_BY.includes(key) ? { target: value, pulled: unit } : null;
    if (!pull || typeOf(pull.target) !== 'target' || loners.has(pull.target) || loners.has(pull.pulled)) return [];
    if (after.has(`${pull.pulled} ${pull.target}`) || splitName(pull.pulled).instance === '') return [];
    return [{ from: pull.target, to: pull.pulled, why: key, place }];
  });
}

/** What a timer, path or socket starts comes after it (systemd.timer(5) and the like, "Implicit Dependencies"). */
function findTriggerEdges(said: readonly Said[], known: ReadonlySet<string>, sources: UnitSources): Edge[] {
  const explicit = new Map(said.filter(({ key }) => ['Timer', 'Path', 'Socket'].includes(key)).map((word) => [word.unit, word]));
  return [...known].flatMap((unit): Edge[] => {
    const type = typeOf(unit);
    if (type !== 'timer' && type !== 'path' && type !== 'socket') return [];
    const word = explicit.get(unit);
    const started = word?.value ?? `${unit.slice(0, -type.length - 1)}.service`;
    const place = word?.place;
    if (!place && !known.has(started)) return [];
    return [{ from: started, to: unit, why: `started by its ${type}`, place: place ?? placeOfUnit(sources, unit) }];
  });
}
