import { baselinePath } from '../accept/baseline.ts';
import { defineRule } from '../engine/rule.ts';

export const baselineGrown = defineRule({
  id: 'baseline-grown',
  inputs: ['grown'],
  *check({ grown }) {
    for (const { rule, path, found, fingerprint } of grown) {
      yield { found: `new known finding of ${rule === '' ? 'a rule' : rule} in ${path ?? 'the history'}: ${found}`, expected: 'a baseline that only shrinks', place: { path: baselinePath, line: 1 }, key: fingerprint };
    }
  },
});
