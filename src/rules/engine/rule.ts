import type { DocumentKind } from '../../contract/schema/document.ts';
import type { Level } from '../../contract/schema/envelope.ts';
import type { RuleId } from '../rule-ids.ts';
import type { RuleFinding } from './finding.ts';
import type { InputName, RuleInputs } from './inputs.ts';

export type OptionValue = string | number | boolean | readonly string[];
export type RuleOptions = Readonly<Record<string, OptionValue>>;

/** What surrounds a rule when it is asked. */
export interface RuleContext<O extends RuleOptions = RuleOptions> {
  /** Those of the configuration, defaults filled in. */
  options: O;
  /** Seconds since 1970: the moment for which is judged. */
  clock: number;
  /** What only history has is judged too: rewritten claims, consumed messages. */
  past: boolean;
}

/** One rule: a pure function of the inputs that it declares. Its wording stands in the table. */
export interface Rule {
  id: RuleId;
  inputs: readonly InputName[];
  /** Every option that it knows, with its default. */
  options: RuleOptions;
  /**
   * Can it say anything of the entries of a document of this kind and text? Where no rule can, the hook need not parse the document: a rule that says no is
   * given the document without entries.
   */
  readsEntries(kind: DocumentKind, text: string): boolean;
  check(inputs: Partial<RuleInputs>, context: RuleContext): Iterable<RuleFinding>;
}

interface Definition<N extends InputName, O extends RuleOptions> {
  id: RuleId;
  inputs: readonly N[];
  options?: O;
  /** Left out: of every document. */
  readsEntries?(kind: DocumentKind, text: string): boolean;
  check(inputs: Pick<RuleInputs, N>, context: RuleContext<O>): Iterable<RuleFinding>;
}

/** Makes a rule from its definition; `check` gets exactly the inputs that it declares. */
export function defineRule<const N extends InputName, O extends RuleOptions = Readonly<Record<string, never>>>({ id, inputs, options, readsEntries, check }: Definition<N, O>): Rule {
  return {
    id,
    inputs,
    options: options ?? {},
    readsEntries: readsEntries ?? (() => true),
    check: (given, context) => {
      const missing = inputs.find((name) => given[name] === undefined);
      if (missing !== undefined) throw new Error(`rule ${id} was asked without its input ${missing}`);
      return check(given as Pick<RuleInputs, N>, context as RuleContext<O>);
    },
  };
}

export const strengthOf: Readonly<Record<Level, number>> = { info: 0, warning: 1, error: 2 };

export function weaker(a: Level, b: Level): Level {
  return strengthOf[a] <= strengthOf[b] ? a : b;
}
