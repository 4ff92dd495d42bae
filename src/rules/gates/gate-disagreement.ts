import { defineRule } from '../engine/rule.ts';
import { disagreementsOf, findingOf } from './disagreement-rule.ts';

/** What STATUS, REVIEW and commit subjects say of one gate, where they do not say the same. */
export const gateDisagreement = defineRule({
  id: 'gate-disagreement',
  inputs: ['ledger', 'gates'],
  *check({ ledger, gates }) {
    for (const kind of ['results-differ', 'claim-without-document'] as const) {
      for (const each of disagreementsOf(ledger, gates, kind)) yield findingOf(each, 'one account of the gate');
    }
  },
});
