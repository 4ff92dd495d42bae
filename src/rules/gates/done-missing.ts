import { defineRule } from '../engine/rule.ts';

export const doneMissing = defineRule({
  id: 'done-missing',
  inputs: ['ledger', 'gates'],
  *check({ ledger, gates }) {
    for (const { id, done } of gates.status.phases) {
      if (done.marked || !done.allowed) continue;
      const status = ledger.documents.find(({ kind, phase }) => kind === 'status' && phase === id);
      yield {
        found: `phase ${id} without DONE, though nothing is missing`, expected: 'the DONE section in its STATUS', place: status ? { path: status.path, line: 1 } : null, key: id,
        next: `docket done ${id}`,
      };
    }
  },
});
