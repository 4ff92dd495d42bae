import { defineRule } from '../engine/rule.ts';
import { disagreementsOf, findingOf } from './disagreement-rule.ts';

export const verdictStale = defineRule({
  id: 'verdict-stale',
  inputs: ['ledger', 'gates'],
  *check({ ledger, gates }) {
    for (const each of disagreementsOf(ledger, gates, 'verdict-stale')) yield findingOf(each, 'a verdict on the last claim');
  },
});
