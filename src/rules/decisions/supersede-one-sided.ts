import { findSupersessionFaults } from '../../ledger/links/supersession.ts';
import { entriesOf, quote } from '../engine/entries.ts';
import { placeOf } from '../engine/finding.ts';
import { defineRule } from '../engine/rule.ts';

/** An old decision that names a successor which does not name it. The successor's own word is enough the other way round. */
export const supersedeOneSided = defineRule({
  id: 'supersede-one-sided',
  inputs: ['decisions'],
  readsEntries: (kind) => kind === 'decisions',
  *check({ decisions }) {
    const byId = new Map(entriesOf(decisions, 'decision').map((decision) => [decision.id, decision]));
    for (const fault of findSupersessionFaults(decisions.entries)) {
      if (fault.kind !== 'one-sided') continue;
      const [decision, successor] = [byId.get(fault.decision), byId.get(fault.successor)];
      if (!decision || !successor) continue;
      const words = decision.supersededBy?.find(({ target }) => target === successor.id)?.words ?? successor.title;
      yield {
        found: `successor ${quote(words)} that does not name this decision`, expected: `"supersedes" in ${successor.id}`,
        place: placeOf(decision, decision.place.line), entry: decision.id, key: successor.id, related: [{ message: 'the successor', place: placeOf(successor, successor.place.line) }],
      };
    }
  },
});
