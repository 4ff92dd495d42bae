import { defineRule } from '../engine/rule.ts';
import { disagreementsOf, findingOf } from './disagreement-rule.ts';

/** A claim that is committed; one that is not yet may still get its claim commit. */
export const claimWithoutCommit = defineRule({
  id: 'claim-without-commit',
  inputs: ['ledger', 'gates'],
  *check({ ledger, gates }) {
    for (const each of disagreementsOf(ledger, gates, 'claim-without-commit')) {
      if (each.event?.commit !== null) yield findingOf(each, `a commit claim(${each.phase}-${each.gate}): …`);
    }
  },
});
