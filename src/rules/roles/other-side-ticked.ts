import { quote } from '../engine/entries.ts';
import { defineRule } from '../engine/rule.ts';
import { foreignEdits } from './other-sides-entries.ts';
import { placeAfter } from './places.ts';

export const otherSideTicked = defineRule({
  id: 'other-side-ticked',
  inputs: ['changes'],
  *check({ changes }) {
    for (const change of changes) {
      for (const { document, id, draft, what } of foreignEdits(change)) {
        if (what !== 'closed' && what !== 'opened') continue;
        const owner = draft.kind === 'finding' ? 'Adversary' : 'Builder';
        yield {
          found: `${draft.kind} ${quote(draft.key ?? draft.title)} ${what} by the ${change.role ?? ''}`, expected: `it ${what} by the ${owner}`, place: placeAfter(change, document, draft.boxLine ?? draft.line),
          entry: id, commit: change.commit, key: `${draft.key ?? draft.title} ${what}`, ...(change.revert ? { atMost: 'warning' } : {}),
        };
      }
    }
  },
});
