import { defineRule } from '../engine/rule.ts';
import { disagreementsOf, findingOf } from './disagreement-rule.ts';

export const verdictWithoutClaim = defineRule({
  id: 'verdict-without-claim',
  inputs: ['ledger', 'gates'],
  *check({ ledger, gates }) {
    for (const each of disagreementsOf(ledger, gates, 'verdict-without-claim')) yield findingOf(each, 'a claim before the verdict');
  },
});
