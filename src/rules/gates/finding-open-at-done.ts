import { isOpen } from '../../gates/entry-state.ts';
import { entriesOf } from '../engine/entries.ts';
import { placeOf } from '../engine/finding.ts';
import { defineRule } from '../engine/rule.ts';

export const findingOpenAtDone = defineRule({
  id: 'finding-open-at-done',
  inputs: ['ledger'],
  *check({ ledger }) {
    const done = new Map(ledger.phases.flatMap((phase) => (phase.done.marked && phase.done.path !== null ? [[phase.id, { path: phase.done.path, line: phase.done.line ?? 1 }] as const] : [])));
    for (const finding of entriesOf(ledger, 'finding').filter(isOpen)) {
      const mark = done.get(finding.phase);
      if (mark === undefined) continue;
      yield {
        found: `open finding of phase ${finding.phase}, which is DONE`, expected: 'it closed, or parked in DEFERRED.md', place: placeOf(finding, finding.place.line), entry: finding.id, key: 'open',
        related: [{ message: 'DONE is marked here', place: mark }],
      };
    }
  },
});
