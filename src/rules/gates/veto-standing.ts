import { standingVetoes } from '../../gates/vetoes.ts';
import { quote } from '../engine/entries.ts';
import { placeOf } from '../engine/finding.ts';
import { defineRule } from '../engine/rule.ts';

export const vetoStanding = defineRule({
  id: 'veto-standing',
  inputs: ['ledger'],
  *check({ ledger }) {
    for (const veto of standingVetoes(ledger.entries)) {
      if (veto.place.rev !== null) continue;
      yield { found: `standing veto ${quote(veto.title)}`, expected: 'it cleared by the Adversary', place: placeOf(veto, veto.place.line), entry: veto.id, key: 'standing' };
    }
  },
});
