import { findSupersessionFaults } from '../../ledger/links/supersession.ts';
import { entriesOf, quote } from '../engine/entries.ts';
import { placeOf } from '../engine/finding.ts';
import { defineRule } from '../engine/rule.ts';

const wording = { supersedes: 'superseded decision', 'superseded-by': 'successor', amends: 'amended decision', 'amended-by': 'amending decision' } as const;

/** A decision that names one to retire or to amend, or its successor, by words that mean none of the record, or several. */
export const supersedeUnknown = defineRule({
  id: 'supersede-unknown',
  inputs: ['decisions'],
  readsEntries: (kind) => kind === 'decisions',
  *check({ decisions }) {
    const byId = new Map(entriesOf(decisions, 'decision').map((decision) => [decision.id, decision]));
    for (const fault of findSupersessionFaults(decisions.entries)) {
      const decision = fault.kind === 'unknown' ? byId.get(fault.decision) : undefined;
      if (fault.kind !== 'unknown' || !decision) continue;
      yield {
        found: `${wording[fault.side]} ${quote(fault.words)}`, expected: 'the title or id of one that is there',
        place: placeOf(decision, decision.place.line), entry: decision.id, key: fault.words,
      };
    }
  },
});
