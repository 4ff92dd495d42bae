import { placeOf } from '../engine/finding.ts';
import { defineRule } from '../engine/rule.ts';

export const deferredNotClosed = defineRule({
  id: 'deferred-not-closed',
  inputs: ['ledger', 'landing'],
  *check({ ledger, landing }) {
    const byId = new Map(ledger.entries.map((entry) => [entry.id, entry]));
    for (const { entry: id, as, route } of landing.closed) {
      const entry = byId.get(id);
      if (!entry) continue;
      yield { found: `open item whose fix ${as.slice(0, 12)} has landed by ${route}`, expected: 'it closed', place: placeOf(entry, entry.place.line), entry: id, commit: as, key: 'landed', next: 'docket sync', fixable: true };
    }
  },
});
