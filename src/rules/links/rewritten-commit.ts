import { defineRule } from '../engine/rule.ts';
import { mentionsOf } from '../engine/mentions.ts';

export const rewrittenCommit = defineRule({
  id: 'rewritten-commit',
  inputs: ['linked'],
  *check({ linked }) {
    for (const { entry, ref, place } of mentionsOf(linked)) {
      if (ref.type !== 'commit' || ref.status !== 'rewritten' || ref.target === null) continue;
      const twin = ref.target.slice(0, 12);
      yield {
        found: `commit ${ref.value}, which was rewritten`, expected: `${twin}, which replaced it (found by ${ref.via ?? 'message'})`, place, entry: entry.id, key: ref.value,
        next: `Cite ${twin} from now on.`,
      };
    }
  },
});
