import { Failure } from '../../contract/failure.ts';
import type { Level } from '../../contract/schema/envelope.ts';
import { configPath, type Config } from '../../ledger/config/config.ts';
import { ruleGroups, type RuleId } from '../rule-ids.ts';
import type { OptionValue, Rule, RuleOptions } from './rule.ts';
import { weaker } from './rule.ts';

/** Groups whose rules are no more than warnings where there is no configuration: evidence was never asked for there. */
const aboutEvidence: ReadonlySet<string> = new Set(['evidence', 'controls', 'freshness']);
const evidenceToo: ReadonlySet<RuleId> = new Set(['claim-without-evidence', 'claim-dirty-tree']);

const defaults = new Map(Object.entries(ruleGroups).flatMap(([group, levels]) => Object.entries(levels).map(([id, level]) => [id, { group, level }] as const)));

/** The level of a rule under a configuration; null where it is off. */
export function levelOf(id: RuleId, config: Config): Level | null {
  const known = defaults.get(id);
  const level = config.rules[id]?.level ?? known?.level ?? 'warning';
  if (level === 'off') return null;
  const capped = !config.present && (aboutEvidence.has(known?.group ?? '') || evidenceToo.has(id));
  return capped ? weaker(level, 'warning') : level;
}

/** The options of a rule: its defaults, overruled by the configuration. Throws a `Failure` of kind config for an option that it does not know or of another type. */
export function optionsOf(rule: Rule, config: Config): RuleOptions {
  const written = config.rules[rule.id]?.options ?? {};
  for (const [name, value] of Object.entries(written)) {
    const known = rule.options[name];
    const names = Object.keys(rule.options);
    if (known === undefined) throw refuse(`Unexpected option "${name}" of rule ${rule.id}, expected ${names.length > 0 ? `one of ${names.join(', ')}` : 'none'}`);
    if (!sameType(known, value)) throw refuse(`Unexpected ${JSON.stringify(value)} for the option "${name}" of rule ${rule.id}, expected ${describeType(known)}`);
  }
  return { ...rule.options, ...(written as Record<string, OptionValue>) };
}

function refuse(message: string): Failure {
  return new Failure('config', `${configPath}: ${message}.`, { place: { path: configPath, line: 1 }, next: `Correct the rules: of ${configPath}.` });
}

function sameType(known: OptionValue, value: unknown): boolean {
  if (Array.isArray(known)) return Array.isArray(value) && value.every((each) => typeof each === 'string');
  return typeof value === typeof known;
}

function describeType(known: OptionValue): string {
  if (typeof known === 'object') return 'a list of texts';
  return typeof known === 'string' ? 'a text' : typeof known === 'number' ? 'a number' : 'true or false';
}
