import { isClosed } from '../../gates/entry-state.ts';
import { entriesOf } from '../engine/entries.ts';
import { placeOf } from '../engine/finding.ts';
import { defineRule } from '../engine/rule.ts';

export const deferredClosedWithoutPointer = defineRule({
  id: 'deferred-closed-without-pointer',
  inputs: ['documents'],
  *check({ documents }) {
    for (const entry of entriesOf(documents, 'deferred')) {
      const by = entry.closedBy;
      if (!isClosed(entry) || (by !== undefined && (by.commit ?? by.pr ?? by.person ?? by.route ?? null) !== null)) continue;
      if (by?.withThisCommit === true || pointsToDecision(entry.fields)) continue;
      yield { found: 'closed item without a pointer', expected: 'a line that names the commit, pull request, decision or person', place: placeOf(entry, entry.place.line), entry: entry.id, key: 'pointer', fixable: (entry.closed?.commit ?? null) !== null };
    }
  },
});

function pointsToDecision(fields: Readonly<Record<string, string>>): boolean {
  return Object.entries(fields).some(([name, value]) => /^(?:Closed|Resolved|Resolution|Dropped|Withdrawn|Fixed)\b/iu.test(name) && /\bdecision\b|\bDECISIONS\b/iu.test(value));
}
