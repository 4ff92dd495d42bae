import type { TextPart } from './read-tokens.ts';

/** A Nix expression as far as it matters for the order of units. What is none of these is `other`: known to be there, not read. */
export type Expression =
  | { kind: 'set'; bindings: Binding[]; recursive: boolean; line: number }
  | { kind: 'list'; items: Expression[]; line: number }
  | { kind: 'text'; parts: TextPart[]; line: number }
  /** A name, dotted where it reaches into something: `cfg.after`. */
  | { kind: 'name'; name: string; line: number }
  | { kind: 'call'; called: string; args: Expression[]; line: number }
  | { kind: 'joined'; by: '++' | '//' | '+'; sides: Expression[]; line: number }
  /** Both branches of an `if`. */
  | { kind: 'choice'; branches: Expression[]; line: number }
  | { kind: 'let'; bindings: Binding[]; body: Expression; line: number }
  | { kind: 'function'; body: Expression; line: number }
  | { kind: 'other'; line: number };

export interface Binding {
  path: AttributeName[];
  value: Expression;
  line: number;
}

export type AttributeName = { kind: 'fixed'; name: string } | { kind: 'computed'; value: Expression };
