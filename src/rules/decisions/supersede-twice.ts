import { findSupersessionFaults } from '../../ledger/links/supersession.ts';
import { entriesOf } from '../engine/entries.ts';
import { placeOf } from '../engine/finding.ts';
import { defineRule } from '../engine/rule.ts';

/** A decision that several replace, of which none replaces the others. */
export const supersedeTwice = defineRule({
  id: 'supersede-twice',
  inputs: ['decisions'],
  readsEntries: (kind) => kind === 'decisions',
  *check({ decisions }) {
    const byId = new Map(entriesOf(decisions, 'decision').map((decision) => [decision.id, decision]));
    for (const fault of findSupersessionFaults(decisions.entries)) {
      const decision = fault.kind === 'several-successors' ? byId.get(fault.decision) : undefined;
      if (fault.kind !== 'several-successors' || !decision) continue;
      const successors = fault.successors.flatMap((id) => byId.get(id) ?? []);
      yield {
        found: `${fault.successors.length} successors of one decision: ${fault.successors.join(', ')}`, expected: 'one',
        place: placeOf(decision, decision.place.line), entry: decision.id, key: 'successors',
        related: successors.map((each) => ({ message: `${each.id} supersedes it`, place: placeOf(each, each.place.line) })),
      };
    }
  },
});
