import { defineRule } from '../engine/rule.ts';

export const doneNotAllowed = defineRule({
  id: 'done-not-allowed',
  inputs: ['ledger', 'gates'],
  *check({ ledger, gates }) {
    for (const { id, done } of ledger.phases) {
      const judged = gates.status.phases.find((phase) => phase.id === id)?.done;
      if (!done.marked || done.path === null || judged === undefined || judged.allowed) continue;
      yield {
        found: `DONE of phase ${id}: ${judged.missing.join('; ')}`, expected: 'a PASS of every gate, no open finding and no veto',
        place: { path: done.path, line: done.line ?? 1 }, entry: null, key: id, next: `Take the DONE section out of ${done.path} until docket status ${id} names nothing missing.`,
      };
    }
  },
});
