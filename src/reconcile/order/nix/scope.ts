import type { Binding, Expression } from './expressions.ts';
import { parseNix } from './parse-nix.ts';
import { NixFault } from './read-tokens.ts';

/** Names bound by `let` (and by `rec`) around an expression, each with the scope in which its own value is to be read. */
export type Scope = ReadonlyMap<string, Bound>;

interface Bound {
  value: Expression;
  scope: Scope;
}

export const EMPTY_SCOPE: Scope = new Map<string, Bound>();

/** Bindings of one name each, on top of those around them; they may speak of each other. */
export function extendScope(scope: Scope, bindings: readonly Binding[]): Scope {
  const extended = new Map(scope);
  for (const { path: [name, more], value } of bindings) {
    if (name?.kind === 'fixed' && !more) extended.set(name.name, { value, scope: extended });
  }
  return extended;
}

/** Longer chains of names than anybody writes; ends `let a = b; b = a;`. */
const LONGEST_CHAIN = 20;

/** What a text says, when all that is put into it is bound nearby; null when it must be computed. */
export function readText(expression: Expression, scope: Scope, chain = 0): string | null {
  if (chain > LONGEST_CHAIN) return null;
  switch (expression.kind) {
    case 'text': {
      const parts = expression.parts.map((part) => (part.kind === 'plain' ? part.text : readPutIn(part.source, part.line, scope, chain + 1)));
      return parts.includes(null) ? null : parts.join('');
    }
    case 'name': {
      const bound = scope.get(expression.name);
      return bound ? readText(bound.value, bound.scope, chain + 1) : null;
    }
    case 'joined': {
      if (expression.by !== '+') return null;
      const sides = expression.sides.map((side) => readText(side, scope, chain + 1));
      return sides.includes(null) ? null : sides.join('');
    }
    case 'let':
      return readText(expression.body, extendScope(scope, expression.bindings), chain + 1);
    default:
      return null;
  }
}

function readPutIn(source: string, line: number, scope: Scope, chain: number): string | null {
  try {
    return readText(parseNix(source, line), scope, chain);
  } catch (error) {
    if (error instanceof NixFault) return null;
    throw error;
  }
}

/** What a name stands for here, or null. */
export function lookUp(name: string, scope: Scope): Bound | null {
  return scope.get(name) ?? null;
}
