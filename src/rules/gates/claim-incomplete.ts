import { claimPart } from '../../documents/recognise/read-claim.ts';
import { claimParts } from '../../gates/judge-claim-text.ts';
import { entriesOf } from '../engine/entries.ts';
import { placeOf } from '../engine/finding.ts';
import { defineRule } from '../engine/rule.ts';

/** Claims that still wait for a verdict: what was judged was found enough by the one who judged it. */
export const claimIncomplete = defineRule({
  id: 'claim-incomplete',
  inputs: ['linked', 'gates'],
  *check({ linked, gates }, { past }) {
    const waiting = new Set(gates.status.phases.flatMap(({ gates: own }) => own.filter(({ state }) => state === 'claimed' || state === 'reclaimed').map(({ claim }) => claim?.entry)));
    for (const claim of entriesOf(linked, 'claim', past)) {
      if (!waiting.has(claim.id)) continue;
      const given = new Set(Object.entries(claim.fields).flatMap(([name, value]) => (value.trim() === '' ? [] : [claimPart(name)])));
      const lacking = claimParts.filter((part) => !given.has(part));
      if (lacking.length === 0) continue;
      yield { found: `claim of ${claim.phase}/${claim.gate ?? ''} without ${lacking.join(', ')}`, expected: 'WHAT, HOW, EXPECTED and WHERE', place: placeOf(claim, claim.place.line), entry: claim.id, key: lacking.join(' ') };
    }
  },
});
