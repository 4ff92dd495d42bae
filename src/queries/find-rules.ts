import { Failure } from '../contract/failure.ts';
import { explainRules, type ExplainedRule } from '../rules/wording.ts';
import { suggestNearest } from './nearest.ts';

/**
 * The rules that `name` means: one by its id or by a unique beginning of it, those of a group by its name, all without a name.
 * Throws a usage failure that names the nearest for another word.
 */
export function findRules(name: string | null): ExplainedRule[] {
  const rules = explainRules();
  if (name === null) return rules;
  const ways = [(rule: ExplainedRule) => rule.id === name, (rule: ExplainedRule) => rule.group === name];
  for (const way of ways) {
    const found = rules.filter(way);
    if (found.length > 0) return found;
  }
  const begun = rules.filter(({ id }) => id.startsWith(`${name}-`));
  if (begun.length === 1) return begun;
  const names = [...rules.map(({ id }) => id), ...rules.map(({ group }) => group)];
  throw new Failure('usage', `Unknown rule "${name}".${suggestNearest(name, names)}`, { next: 'docket explain' });
}
