import { findSupersessionFaults } from '../../ledger/links/supersession.ts';
import { entriesOf } from '../engine/entries.ts';
import { placeOf } from '../engine/finding.ts';
import { defineRule } from '../engine/rule.ts';

/** Decisions that lead back to themselves by what supersedes them. Each circle is told once, at its last entry. */
export const supersedeCycle = defineRule({
  id: 'supersede-cycle',
  inputs: ['decisions'],
  readsEntries: (kind) => kind === 'decisions',
  *check({ decisions }) {
    const byId = new Map(entriesOf(decisions, 'decision').map((decision) => [decision.id, decision]));
    for (const fault of findSupersessionFaults(decisions.entries)) {
      if (fault.kind !== 'cycle') continue;
      const circle = [...new Set(fault.decisions)].flatMap((id) => byId.get(id) ?? []);
      const last = circle.toSorted((a, b) => b.place.line - a.place.line)[0];
      if (!last) continue;
      yield {
        found: `circle of decisions: ${fault.decisions.toReversed().join(' supersedes ')}`, expected: 'one of them that is superseded by none',
        place: placeOf(last, last.place.line), entry: last.id, key: circle.map(({ id }) => id).toSorted().join(' '),
        related: circle.filter(({ id }) => id !== last.id).map((each) => ({ message: `${each.id} is part of the circle`, place: placeOf(each, each.place.line) })),
      };
    }
  },
});
