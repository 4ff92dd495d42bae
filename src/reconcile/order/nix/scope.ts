import type { Binding, Expression } from './expressions.ts';
import { parseNix } from './parse-nix.ts';
import { NixFault } from './read-tokens.ts';

/** Names bound by `let` (and by `rec`) around an expression, each with the scope in which its own value is to be read. */
export interface Scope {
  own: ReadonlyMap<string, Bound>;
  /** What is bound further out; never copied, or a thousand sets within a thousand names would be a million. */
  outer: Scope | null;
  /** Of the whole module. */
  steps: Steps;
}

interface Bound {
  value: Expression;
  scope: Scope;
}

/** So much of a module is followed by its names: each may be put into the next one twice, which doubles with every name. */
interface Steps {
  left: number;
}

const MOST_STEPS = 200_000;
/** A text that is put together costs as much as so many characters a step. */
const TEXT_OF_A_STEP = 64;

/** The scope of a module, in which nothing is bound yet. */
export function openScope(): Scope {
  return { own: new Map<string, Bound>(), outer: null, steps: { left: MOST_STEPS } };
}

/** Counts a step that follows a name or opens a value. False once there have been too many: what remains is not read. */
export function takeStep({ steps }: Scope, text = ''): boolean {
  steps.left -= 1 + text.length / TEXT_OF_A_STEP;
  return steps.left > 0;
}

/** Bindings of one name each, on top of those around them; they may speak of each other. */
export function extendScope(scope: Scope, bindings: readonly Binding[]): Scope {
  const own = new Map<string, Bound>();
  const extended = { own, outer: scope, steps: scope.steps };
  for (const { path: [name, more], value } of bindings) {
    if (name?.kind === 'fixed' && !more) own.set(name.name, { value, scope: extended });
  }
  return extended;
}

/** Longer chains of names than anybody writes; ends `let a = b; b = a;`. */
const LONGEST_CHAIN = 20;

/** What a text says, when all that is put into it is bound nearby; null when it must be computed. */
export function readText(expression: Expression, scope: Scope, chain = 0): string | null {
  if (chain > LONGEST_CHAIN || !takeStep(scope)) return null;
  switch (expression.kind) {
    case 'text': {
      const parts = expression.parts.map((part) => (part.kind === 'plain' ? part.text : readPutIn(part.source, part.line, scope, chain + 1)));
      return joinTexts(parts, scope);
    }
    case 'name': {
      const bound = lookUp(expression.name, scope);
      return bound ? readText(bound.value, bound.scope, chain + 1) : null;
    }
    case 'joined': {
      if (expression.by !== '+') return null;
      const sides = expression.sides.map((side) => readText(side, scope, chain + 1));
      return joinTexts(sides, scope);
    }
    case 'let':
      return readText(expression.body, extendScope(scope, expression.bindings), chain + 1);
    default:
      return null;
  }
}

function joinTexts(parts: readonly (string | null)[], scope: Scope): string | null {
  if (parts.includes(null)) return null;
  const text = parts.join('');
  return takeStep(scope, text) ? text : null;
}

function readPutIn(source: string, line: number, scope: Scope, chain: number): string | null {
  if (!takeStep(scope, source)) return null;
  try {
    return readText(parseNix(source, line), scope, chain);
  } catch (error) {
    if (error instanceof NixFault) return null;
    throw error;
  }
}

/** What a name stands for here, or null. */
export function lookUp(name: string, scope: Scope): Bound | null {
  for (let inside: Scope | null = scope; inside !== null; inside = inside.outer) {
    const bound = inside.own.get(name);
    if (bound) return bound;
  }
  return null;
}
