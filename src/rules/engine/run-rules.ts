import type { Level } from '../../contract/schema/envelope.ts';
import type { Config } from '../../ledger/config/config.ts';
import { ruleWording } from '../wording.ts';
import type { Finding, RuleFinding } from './finding.ts';
import { giveFingerprints, type Unmarked } from './fingerprints.ts';
import type { InputName, RuleInputs } from './inputs.ts';
import { strengthOf, weaker, type Rule, type RuleContext } from './rule.ts';
import { levelOf, optionsOf } from './settings.ts';

/** A rule that is on, with what the configuration says of it. */
export interface ActiveRule {
  rule: Rule;
  level: Level;
  options: RuleContext['options'];
}

/** The rules of a configuration that can give a finding of at least this level. Throws a `Failure` of kind config for wrong options. */
export function activeRules(rules: readonly Rule[], config: Config, atLeast: Level): ActiveRule[] {
  return rules.flatMap((rule) => {
    const options = optionsOf(rule, config);
    const level = levelOf(rule.id, config);
    return level !== null && strengthOf[level] >= strengthOf[atLeast] ? [{ rule, level, options }] : [];
  });
}

/** The inputs that some rules need. */
export function inputsOf(rules: readonly ActiveRule[]): Set<InputName> {
  return new Set(rules.flatMap(({ rule }) => rule.inputs));
}

/** Asks every rule. Pure; the findings come sorted by place, then by rule, and carry fingerprints. */
export function runRules(rules: readonly ActiveRule[], inputs: Partial<RuleInputs>, context: Omit<RuleContext, 'options'>): Finding[] {
  const found = rules.flatMap(({ rule, level, options }) => [...rule.check(inputs, { ...context, options })].map((finding) => toFinding(rule, level, finding)));
  return giveFingerprints(found.toSorted(compareFindings));
}

function toFinding({ id }: Rule, level: Level, finding: RuleFinding): Unmarked {
  const { found, expected, place } = finding;
  return {
    key: finding.key ?? found,
    finding: {
      rule: id,
      level: finding.atMost === undefined ? level : weaker(level, finding.atMost),
      message: `Unexpected ${found}, expected ${expected}`,
      found,
      expected,
      place,
      related: finding.related ?? [],
      entry: finding.entry ?? null,
      commit: finding.commit ?? null,
      next: finding.next ?? ruleWording[id].nextStep,
      fixable: finding.fixable ?? false,
    },
  };
}

/** By place (those without one come last), by commit, by rule, by words: the same order on every run. */
function compareFindings({ finding: a }: Unmarked, { finding: b }: Unmarked): number {
  if ((a.place === null) !== (b.place === null)) return a.place === null ? 1 : -1;
  return (
    compareTexts(a.place?.path ?? '', b.place?.path ?? '') ||
    (a.place?.line ?? 0) - (b.place?.line ?? 0) ||
    compareTexts(a.commit ?? '', b.commit ?? '') ||
    compareTexts(a.rule, b.rule) ||
    compareTexts(a.found, b.found)
  );
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
