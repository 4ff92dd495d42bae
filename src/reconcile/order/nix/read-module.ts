import type { Setting } from '../parse-unit-file.ts';
import type { Unread } from '../types.ts';
import { isUnitName } from '../unit-names.ts';
import type { AttributeName, Expression } from './expressions.ts';
import { atFirst, openList, openSets, type Computed, type Standing } from './open-value.ts';
import { parseNix } from './parse-nix.ts';
import { NixFault } from './read-tokens.ts';
import { extendScope, openScope, readText, type Scope } from './scope.ts';

/** What a module says about one list of one unit; whether it counts is settled between all modules. */
export interface Definition {
  unit: string;
  setting: Setting;
  conditional: boolean;
  priority: number;
}

export interface ModuleReading {
  definitions: Definition[];
  /** Units that the module describes, also those without any order. */
  units: string[];
  unread: Unread[];
}

const TYPES: Record<string, string> = { services: 'service', targets: 'target', timers: 'timer', sockets: 'socket', paths: 'path', slices: 'slice' };

/** Names of NixOS's options → section and key of a unit file. */
const OPTIONS: Record<string, [section: string, key: string]> = {
  after: ['Unit', 'After'], before: ['Unit', 'Before'],
  wants: ['Unit', 'Wants'], requires: ['Unit', 'Requires'], requisite: ['Unit', 'Requisite'], bindsTo: ['Unit', 'BindsTo'], upholds: ['Unit', 'Upholds'],
  wantedBy: ['Install', 'WantedBy'], requiredBy: ['Install', 'RequiredBy'], upheldBy: ['Install', 'UpheldBy'], aliases: ['Install', 'Alias'],
};

/** Attribute sets of a unit that are written into a section as they stand. */
const SECTIONS: Record<string, string> = { unitConfig: 'Unit', timerConfig: 'Timer', pathConfig: 'Path', socketConfig: 'Socket' };
const SECTION_KEYS = ['After', 'Before', 'Wants', 'Requires', 'Requisite', 'BindsTo', 'Upholds', 'Unit', 'Service', 'DefaultDependencies'];

/** Units in a list, whose names must be computed, and units as texts. */
const NAMED_BY_CONTENT = ['mounts', 'automounts', 'units'];

/** `systemd`, kind, unit, section, key; and one that says there is more. */
const NAMES_THAT_COUNT = 6;

/** Reads the units that a NixOS module describes, without evaluating it: what stands there as text is taken, under a condition
 *  too; what would have to be computed is listed as unread. */
export function readModule(source: string, path: string): ModuleReading {
  const reading: ModuleReading = { definitions: [], units: [], unread: [] };
  const report = (what: string) => ({ line, why }: Computed): void => void reading.unread.push({ what, why, place: { path, line } });
  let whole: Expression;
  try {
    whole = parseNix(source);
  } catch (error) {
    if (!(error instanceof NixFault)) throw error;
    report(path)({ line: error.line, why: `it is no Nix that can be read: ${error.message}` });
    return reading;
  }

  /** Walks from `systemd` on along the names that lead to an order. */
  function visit(from: readonly string[], rest: readonly AttributeName[], value: Expression, standing: Standing): void {
    const soFar = [...from];
    for (const next of rest) {
      const name = next.kind === 'fixed' ? next.name : readText(next.value, standing.scope);
      if (name === null) {
        if (mayLead(soFar)) report(`a name in ${soFar.join('.')}`)({ line: next.kind === 'computed' ? next.value.line : value.line, why: 'it is computed' });
        return;
      }
      // No name further down leads anywhere, however many there are.
      if (soFar.length < NAMES_THAT_COUNT) soFar.push(name);
    }
    const [, option = '', name = '', field, key] = soFar;
    if (NAMED_BY_CONTENT.includes(option)) return noteOtherUnits(soFar, value);
    const type = TYPES[option];
    const unit = `${name}.${type ?? ''}`;
    const setting = type === undefined || field === undefined ? null : sectionOf(field, key);
    if (setting) {
      if (isUnitName(unit)) define(unit, setting, value, standing);
      return;
    }
    if (!mayLead(soFar)) return;
    if (soFar.length === 3) {
      if (isUnitName(unit)) reading.units.push(unit);
      else report(soFar.join('.'))({ line: value.line, why: 'it is no name of a unit' });
    }
    openSets(value, standing, (binding, inside) => visit(soFar, binding.path, binding.value, inside), report(soFar.join('.')));
  }

  function noteOtherUnits(soFar: readonly string[], value: Expression): void {
    if (mentionsOrder(value)) report(soFar.slice(0, 2).join('.'))({ line: value.line, why: 'units of this kind are not read' });
  }

  function define(unit: string, [section, key]: [string, string], value: Expression, standing: Standing): void {
    reading.units.push(unit);
    const add = (words: string[], line: number, { conditional, priority }: Standing): void => {
      const place = { path, line };
      reading.definitions.push({ unit, conditional, priority, setting: { section, key, words: words.map((text) => ({ text, place })), place } });
    };
    if (key === 'DefaultDependencies') {
      if (value.kind === 'name' && value.name === 'false') add(['no'], value.line, standing);
      return;
    }
    openList(value, standing, {
      onList: (line, inside) => add([], line, inside),
      onWord: ({ text, line, standing: inside }) => add([text], line, inside),
      onComputed: report(`${key} of ${unit}`),
    });
  }

  findSystemd(whole, openScope(), (rest, value, scope) => visit(['systemd'], rest, value, atFirst(scope)));
  reading.units = [...new Set(reading.units)];
  return reading;
}

function sectionOf(field: string, key: string | undefined): [string, string] | null {
  const option = key === undefined ? OPTIONS[field] : undefined;
  if (option) return option;
  const section = SECTIONS[field];
  return section !== undefined && key !== undefined && SECTION_KEYS.includes(key) ? [section, key] : null;
}

function mentionsOrder(value: Expression): boolean {
  switch (value.kind) {
    case 'set': return value.bindings.some((binding) => binding.path.some((name) => name.kind === 'fixed' && ['after', 'before', 'unitConfig', 'text'].includes(name.name)) || mentionsOrder(binding.value));
    case 'list': return value.items.some(mentionsOrder);
    case 'call': return value.args.some(mentionsOrder);
    case 'joined': return value.sides.some(mentionsOrder);
    case 'text': return value.parts.some((part) => part.kind === 'plain' && /^\s*(After|Before)\s*=/m.test(part.text));
    case 'choice': return value.branches.some(mentionsOrder);
    default: return false;
  }
}

/** Whether an order can stand further down: `systemd`, `systemd.services`, `systemd.services.x`, `systemd.services.x.unitConfig`. */
function mayLead(path: readonly string[]): boolean {
  const [, option, , field] = path;
  if (option !== undefined && TYPES[option] === undefined) return false;
  return path.length <= 3 || (path.length === 4 && field !== undefined && SECTIONS[field] !== undefined);
}

/** Every `systemd` of a configuration, in whatever functions, conditions and lists it stands; not that of a container, which is
 *  another machine, nor the declaration of options. */
function findSystemd(expression: Expression, scope: Scope, found: (rest: AttributeName[], value: Expression, scope: Scope) => void): void {
  const search = (inner: Expression, inside = scope): void => findSystemd(inner, inside, found);
  switch (expression.kind) {
    case 'set': {
      const inside = expression.recursive ? extendScope(scope, expression.bindings) : scope;
      for (const { path, value } of expression.bindings) {
        const names = path.map((name) => (name.kind === 'fixed' ? name.name : ''));
        const own = names[0] === 'config' ? 1 : 0;
        if (names[own] === 'systemd') found(path.slice(own + 1), value, inside);
        else if (!['containers', 'options'].includes(names[own] ?? '')) search(value, inside);
      }
      return;
    }
    case 'let': {
      const inside = extendScope(scope, expression.bindings);
      return search(expression.body, inside);
    }
    case 'function': return search(expression.body);
    case 'list': return expression.items.forEach((item) => search(item));
    case 'call': return expression.args.forEach((arg) => search(arg));
    case 'joined': return expression.sides.forEach((side) => search(side));
    case 'choice': return expression.branches.forEach((branch) => search(branch));
    default:
  }
}

/** Settles between the definitions of all modules: of one list, those of the highest priority stand, and those under a condition
 *  may stand but replace nobody. */
export function settleDefinitions(definitions: readonly Definition[]): Map<string, Setting[]> {
  const highest = new Map<string, number>();
  const keyOf = ({ unit, setting }: Definition): string => `${unit} ${setting.section} ${setting.key}`;
  for (const definition of definitions) {
    const key = keyOf(definition);
    if (!definition.conditional) highest.set(key, Math.min(highest.get(key) ?? Infinity, definition.priority));
  }
  const settled = new Map<string, Setting[]>();
  for (const definition of definitions) {
    if (definition.priority > (highest.get(keyOf(definition)) ?? Infinity)) continue;
    const settings = settled.get(definition.unit);
    if (settings) settings.push(definition.setting);
    else settled.set(definition.unit, [definition.setting]);
  }
  return settled;
}
