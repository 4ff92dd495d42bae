import { defineRule } from '../engine/rule.ts';

export const donePlaceholder = defineRule({
  id: 'done-placeholder',
  inputs: ['documents'],
  *check({ documents }) {
    for (const { id, done } of documents.phases) {
      if (done.marked || done.path === null || done.line === null) continue;
      yield { found: `DONE heading of phase ${id} over "${done.why ?? 'nothing'}"`, expected: 'no such heading before the phase is done', place: { path: done.path, line: done.line }, key: id };
    }
  },
});
