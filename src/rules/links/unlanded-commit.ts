import { defineRule } from '../engine/rule.ts';
import { mentionsOf } from '../engine/mentions.ts';

export const unlandedCommit = defineRule({
  id: 'unlanded-commit',
  inputs: ['linked'],
  *check({ linked }) {
    for (const { entry, ref, place } of mentionsOf(linked)) {
      if (ref.type !== 'commit' || ref.status !== 'unlanded') continue;
      yield { found: `commit ${ref.value}, which has not landed`, expected: 'a commit of the default branch', place, entry: entry.id, key: ref.value };
    }
  },
});
