import { placeOf } from '../engine/finding.ts';
import { defineRule } from '../engine/rule.ts';

export const deferredTriggered = defineRule({
  id: 'deferred-triggered',
  inputs: ['ledger', 'triggered'],
  *check({ ledger, triggered }) {
    const byId = new Map(ledger.entries.map((entry) => [entry.id, entry]));
    for (const { entry: id, why } of triggered) {
      const entry = byId.get(id);
      if (!entry) continue;
      yield { found: `open item whose trigger has happened: ${why}`, expected: 'it worked on, or parked anew', place: placeOf(entry, entry.place.line), entry: id, key: 'triggered' };
    }
  },
});
