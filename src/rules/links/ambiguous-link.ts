import { defineRule } from '../engine/rule.ts';
import { mentionsOf } from '../engine/mentions.ts';

export const ambiguousLink = defineRule({
  id: 'ambiguous-link',
  inputs: ['linked'],
  *check({ linked }) {
    for (const { entry, ref, place } of mentionsOf(linked)) {
      if (ref.status !== 'ambiguous') continue;
      yield { found: `${ref.type} ${ref.value}, which fits several`, expected: 'a name that fits one', place, entry: entry.id, key: `${ref.type} ${ref.value}` };
    }
  },
});
