import { placeOf } from '../engine/finding.ts';
import { commitOf } from '../engine/entries.ts';
import { defineRule } from '../engine/rule.ts';

/**
 * What commits declare closed and did not touch; and closings of the record that cite such a commit. The latter are no more than a warning: a person may have
 * had a reason, which only the prose tells.
 */
export const misattributedClose = defineRule({
  id: 'misattributed-close',
  inputs: ['declined', 'miscited', 'ledger'],
  *check({ declined, miscited, ledger }) {
    const expected = 'a change of what the item names';
    for (const { entry, commit, why } of declined) yield { found: `commit that declares ${entry} closed: it ${why}`, expected, place: null, entry, commit: commitOf({ commit }), key: entry };
    const byId = new Map(ledger.entries.map((entry) => [entry.id, entry]));
    for (const { entry: id, commit, why } of miscited) {
      const entry = byId.get(id);
      if (!entry) continue;
      yield { found: `closing by ${commit.slice(0, 12)}, which ${why}`, expected, place: placeOf(entry, entry.place.line), entry: id, commit, key: 'cited', atMost: 'warning' };
    }
  },
});
