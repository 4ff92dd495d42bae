import type { RuleFinding } from '../engine/finding.ts';
import { defineRule, type Rule } from '../engine/rule.ts';
import { ruleGroups, type RuleId } from '../rule-ids.ts';

/** What `docket repro lint` tells of written and recorded reproductions, one rule each. What was never recorded is no false proof: then it is a warning at most. */
function lintRule(id: RuleId): Rule {
  return defineRule({
    id,
    inputs: ['evidence'],
    *check({ evidence }): Generator<RuleFinding> {
      for (const { rule, level, message, place, related, entry, next } of evidence) {
        if (rule !== id) continue;
        const [found = message, expected = 'evidence that can be judged'] = message.replace(/^Unexpected /, '').split(', expected ');
        yield { found, expected, place, related, entry, ...(next === null ? {} : { next }), key: `${entry ?? ''} ${found}`, ...(level === 'error' ? {} : { atMost: level }) };
      }
    },
  });
}

const groups = [ruleGroups.evidence, ruleGroups.notation, ruleGroups.controls, ruleGroups.freshness];

/** A rule for each kind of finding about evidence. Those that only a run can show (a mismatch, a flaky step) speak of what was recorded of such a run. */
export const lintRules: readonly Rule[] = groups.flatMap((levels) => Object.keys(levels) as RuleId[]).map(lintRule);

/** Their ids: they are judged where a recording stands. */
export const aboutRecordings: ReadonlySet<string> = new Set(lintRules.map(({ id }) => id));
