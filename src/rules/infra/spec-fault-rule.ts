import type { RuleFinding } from '../engine/finding.ts';
import { defineRule, type Rule } from '../engine/rule.ts';

/** The rules about the specification of services: the reconciler tells the faults, by the same function that refuses to deploy with them. */
export function specFaultRule(id: 'gate-cycle' | 'toothless-gate' | 'identity-blind'): Rule {
  return defineRule({
    id,
    inputs: ['infra'],
    *check({ infra }): Generator<RuleFinding> {
      for (const { rule, app, message, place, related, next } of infra) {
        if (rule !== id) continue;
        const [found = message, expected = 'a gate that can be trusted'] = message.replace(/^Unexpected:? /, '').split(/[,;] expected /);
        yield { found, expected, place: { path: place.path, line: place.line, ...('column' in place ? { column: place.column } : {}) }, related, next, key: id === 'gate-cycle' ? found : `gate of ${app ?? ''}` };
      }
    },
  });
}
