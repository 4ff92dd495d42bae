import { entriesOf, quote } from '../engine/entries.ts';
import { placeOf } from '../engine/finding.ts';
import { defineRule } from '../engine/rule.ts';

export const supersedeUnknown = defineRule({
  id: 'supersede-unknown',
  inputs: ['linked'],
  *check({ linked }) {
    for (const decision of entriesOf(linked, 'decision')) {
      const place = placeOf(decision, decision.place.line);
      for (const { words, target } of decision.supersedes ?? []) {
        if (target === null) yield { found: `superseded decision ${quote(words)}`, expected: 'the title or id of one that is there', place, entry: decision.id, key: words };
      }
      for (const { words, target } of decision.supersededBy ?? []) {
        if (target === null) yield { found: `successor ${quote(words)}`, expected: 'the title or id of one that is there', place, entry: decision.id, key: words };
      }
      const successors = [...new Set((decision.supersededBy ?? []).flatMap(({ target }) => target ?? []))];
      if (successors.length > 1) yield { found: `${successors.length} successors of one decision: ${successors.join(', ')}`, expected: 'one', place, entry: decision.id, key: 'successors' };
    }
  },
});
