import { placeOf } from '../engine/finding.ts';
import { defineRule } from '../engine/rule.ts';

export const deferredReopened = defineRule({
  id: 'deferred-reopened',
  inputs: ['ledger', 'landing'],
  *check({ ledger, landing }) {
    const byId = new Map(ledger.entries.map((entry) => [entry.id, entry]));
    for (const { entry: id, commit, closedBy } of landing.reopened) {
      const entry = byId.get(id);
      if (!entry) continue;
      yield {
        found: `closed item whose fix ${closedBy.slice(0, 12)} was undone by ${commit.slice(0, 12)}`, expected: 'it open again', place: placeOf(entry, entry.place.line), entry: id, commit, key: 'undone',
        next: 'docket sync', fixable: true,
      };
    }
  },
});
