import { defineRule } from '../engine/rule.ts';
import { mentionsOf } from '../engine/mentions.ts';

/** A shallow clone does not have what it cites, and cannot tell. */
export const danglingCommit = defineRule({
  id: 'dangling-commit',
  inputs: ['linked'],
  *check({ linked }) {
    if (linked.revision.shallow) return;
    for (const { entry, ref, place } of mentionsOf(linked)) {
      if (ref.type !== 'commit' || ref.status !== 'dangling') continue;
      yield { found: `commit ${ref.value}`, expected: 'one that is in this repository', place, entry: entry.id, key: ref.value };
    }
  },
});
