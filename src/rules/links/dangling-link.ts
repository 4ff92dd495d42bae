import { defineRule } from '../engine/rule.ts';
import { mentionsOf } from '../engine/mentions.ts';

export const danglingLink = defineRule({
  id: 'dangling-link',
  inputs: ['linked'],
  *check({ linked }) {
    for (const { entry, ref, place } of mentionsOf(linked)) {
      if (ref.type === 'commit' || ref.status !== 'dangling') continue;
      yield { found: `${ref.type} ${ref.value}`, expected: 'one that is there', place, entry: entry.id, key: `${ref.type} ${ref.value}` };
    }
  },
});
