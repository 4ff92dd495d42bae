import type { CommitFact } from '../../ledger/ledger.ts';
import { commitOf, entriesOf, quote } from '../engine/entries.ts';
import { toPlace } from '../engine/finding.ts';
import { defineRule } from '../engine/rule.ts';

/** Claims by commits that were made between the sending of a message to the Builder and its reading. */
export const inboxUnreadAtClaim = defineRule({
  id: 'inbox-unread-at-claim',
  inputs: ['commits'],
  *check({ commits: { facts, ledger } }) {
    const claims = facts.filter((fact) => fact.claims.length > 0);
    if (claims.length === 0) return;
    const order = new Map(ledger.commits.map(({ commit }, index) => [commit, index]));
    const placeIn = (commit: string, otherwise: number): number => order.get(commit) ?? otherwise;
    const messages = entriesOf(ledger, 'inbox', true).filter(({ id }) => id.startsWith('inbox:builder/'));
    for (const fact of claims) {
      const at = placeIn(fact.commit, Number.MAX_SAFE_INTEGER);
      for (const message of messages) {
        const sent = message.sent ? placeIn(message.sent.commit, -1) : Number.MAX_SAFE_INTEGER;
        const read = message.state === 'unread' ? Infinity : message.consumed ? placeIn(message.consumed.commit, -1) : Number.MAX_SAFE_INTEGER;
        if (sent >= at || read <= at) continue;
        yield {
          found: `claim of ${gatesOf(fact)} while the message ${quote(message.title)} was unread`, expected: 'it read and deleted before', place: toPlace(message.place, message.place.line), entry: message.id,
          commit: commitOf(fact), key: gatesOf(fact),
        };
      }
    }
  },
});

function gatesOf({ phase, claims }: CommitFact): string {
  return claims.map((gate) => (phase === null ? gate : `${phase}/${gate}`)).join(', ');
}
