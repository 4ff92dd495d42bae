import type { Binding, Expression } from './expressions.ts';
import { extendScope, lookUp, readText, takeStep, type Scope } from './scope.ts';

/** How a value came about: NixOS lets a definition of higher priority (a smaller number) replace others, and takes those under a
 *  condition only when it holds. */
export interface Standing {
  scope: Scope;
  conditional: boolean;
  priority: number;
}

export interface Word {
  text: string;
  line: number;
  standing: Standing;
}

/** What could not be read without evaluating. */
export interface Computed {
  line: number;
  why: string;
}

const LONGEST_CHAIN = 20;
const tooMuch = 'its names put in more than is followed';

/** Functions of the module system that only say how strong a definition is (nixpkgs, lib/modules.nix). */
const PRIORITIES: Record<string, number> = { mkForce: 50, mkVMOverride: 10, mkImageMediaOverride: 60, mkDefault: 1000, mkOptionDefault: 1500 };
const NORMAL_PRIORITY = 100;

export const atFirst = (scope: Scope): Standing => ({ scope, conditional: false, priority: NORMAL_PRIORITY });

/** The one value behind a wrapper, or several for those that hold several. Null: the expression is no known wrapper. */
function unwrap(expression: Expression, standing: Standing): { value: Expression; standing: Standing }[] | null {
  const inside = (value: Expression | undefined, more: Partial<Standing> = {}): { value: Expression; standing: Standing }[] => (value ? [{ value, standing: { ...standing, ...more } }] : []);
  switch (expression.kind) {
    case 'let':
      return inside(expression.body, { scope: extendScope(standing.scope, expression.bindings) });
    case 'choice':
      return expression.branches.flatMap((branch) => inside(branch, { conditional: true }));
    case 'name': {
      const bound = lookUp(expression.name, standing.scope);
      return bound && inside(bound.value, { scope: bound.scope });
    }
    case 'call': {
      const name = expression.called.split('.').at(-1) ?? '';
      const [first, second] = expression.args;
      const priority = PRIORITIES[name];
      if (priority !== undefined) return inside(first, { priority });
      switch (name) {
        case 'mkIf': return inside(second, { conditional: true });
        case 'mkMerge': return first?.kind === 'list' ? first.items.flatMap((item) => inside(item)) : null;
        case 'mkBefore':
        case 'mkAfter': return inside(first);
        case 'mkOrder': return inside(second);
        case 'mkOverride': return inside(second, { priority: NORMAL_PRIORITY });
        default: return null;
      }
    }
    default:
      return null;
  }
}

/** Hands on every binding of a set, wherever conditions, merges and names nearby put it; what is no set is reported. */
export function openSets(value: Expression, standing: Standing, onBinding: (binding: Binding, standing: Standing) => void, onComputed: (computed: Computed) => void, chain = 0): void {
  if (chain > LONGEST_CHAIN) return onComputed({ line: value.line, why: 'its names go round in a circle' });
  if (!takeStep(standing.scope)) return onComputed({ line: value.line, why: tooMuch });
  const open = (inner: Expression, inside: Standing): void => openSets(inner, inside, onBinding, onComputed, chain + 1);
  if (value.kind === 'set') {
    const scope = value.recursive ? extendScope(standing.scope, value.bindings) : standing.scope;
    for (const binding of value.bindings) onBinding(binding, { ...standing, scope });
    return;
  }
  if (value.kind === 'joined' && value.by === '//') {
    const sides = value.sides.map((side) => {
      const bindings: Opened[] = [];
      openSets(side, standing, (binding, inside) => bindings.push([binding, inside]), onComputed, chain + 1);
      return bindings;
    });
    for (const [binding, inside] of updateSets(sides)) onBinding(binding, inside);
    return;
  }
  if (value.kind === 'call' && value.called.split('.').at(-1) === 'optionalAttrs' && value.args[1]) return open(value.args[1], { ...standing, conditional: true });
  const inner = unwrap(value, standing);
  if (!inner) return onComputed({ line: value.line, why: describe(value) });
  for (const { value: unwrapped, standing: inside } of inner) open(unwrapped, inside);
}

type Opened = [binding: Binding, standing: Standing];

/** `a // b`: what the right side says of a name replaces all that the left side says of it, unless it stands under a condition. */
function updateSets(sides: readonly Opened[][]): Opened[] {
  const said = new Set<string>();
  const kept: Opened[][] = [];
  for (const bindings of sides.toReversed()) {
    kept.unshift(bindings.filter(([{ path: [name] }]) => name?.kind !== 'fixed' || !said.has(name.name)));
    for (const [{ path: [name] }, { conditional }] of bindings) if (name?.kind === 'fixed' && !conditional) said.add(name.name);
  }
  return kept.flat();
}

export interface ListReader {
  /** A list stands there, be it empty: it may outrank others. */
  onList(line: number, standing: Standing): void;
  onWord(word: Word): void;
  onComputed(computed: Computed): void;
}

/** Hands on every text of a list (or of a text with several words), wherever conditions, sums and names nearby put it. */
export function openList(value: Expression, standing: Standing, reader: ListReader, chain = 0): void {
  const { onList, onWord, onComputed } = reader;
  if (chain > LONGEST_CHAIN) return onComputed({ line: value.line, why: 'its names go round in a circle' });
  if (!takeStep(standing.scope)) return onComputed({ line: value.line, why: tooMuch });
  const open = (inner: Expression, inside: Standing): void => openList(inner, inside, reader, chain + 1);
  const text = readText(value, standing.scope);
  if (text !== null) {
    for (const word of text.split(/\s+/)) if (word !== '') onWord({ text: word, line: value.line, standing });
    return;
  }
  if (value.kind === 'list') {
    onList(value.line, standing);
    for (const item of value.items) open(item, standing);
    return;
  }
  if (value.kind === 'joined' && value.by === '++') {
    for (const side of value.sides) open(side, standing);
    return;
  }
  const [first, second] = value.kind === 'call' ? value.args : [];
  const called = value.kind === 'call' ? value.called.split('.').at(-1) : null;
  if ((called === 'optional' || called === 'optionals') && second) return open(second, { ...standing, conditional: true });
  if (called === 'singleton' && first) return open(first, standing);
  const inner = unwrap(value, standing);
  if (!inner) return onComputed({ line: value.line, why: describe(value) });
  for (const { value: unwrapped, standing: inside } of inner) open(unwrapped, inside);
}

function describe(value: Expression): string {
  switch (value.kind) {
    case 'name': return `it comes from ${value.name}`;
    case 'call': return `it is computed${value.called === '' ? '' : ` by ${value.called}`}`;
    case 'text': return 'a text with something put in that is not known here';
    case 'function': return 'it is a function';
    default: return 'it is computed';
  }
}
