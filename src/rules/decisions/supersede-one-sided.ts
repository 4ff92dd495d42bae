import { entriesOf, quote } from '../engine/entries.ts';
import { placeOf } from '../engine/finding.ts';
import { defineRule } from '../engine/rule.ts';

/** An old decision that names a successor which does not name it. The successor's own word is enough the other way round. */
export const supersedeOneSided = defineRule({
  id: 'supersede-one-sided',
  inputs: ['linked'],
  *check({ linked }) {
    const decisions = entriesOf(linked, 'decision');
    const byId = new Map(decisions.map((decision) => [decision.id, decision]));
    for (const decision of decisions) {
      for (const { words, target } of decision.supersededBy ?? []) {
        const successor = target === null ? undefined : byId.get(target);
        if (!successor || successor.supersedes?.some((link) => link.target === decision.id)) continue;
        yield {
          found: `successor ${quote(words)} that does not name this decision`, expected: `"supersedes" in ${successor.id}`,
          place: placeOf(decision, decision.place.line), entry: decision.id, key: successor.id, related: [{ message: 'the successor', place: placeOf(successor, successor.place.line) }],
        };
      }
    }
  },
});
