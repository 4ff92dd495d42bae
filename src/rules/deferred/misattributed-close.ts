import { defineRule } from '../engine/rule.ts';

/** What commits declare closed and did not touch. */
export const misattributedClose = defineRule({
  id: 'misattributed-close',
  inputs: ['declined'],
  *check({ declined }) {
    for (const { entry, commit, why } of declined) {
      yield { found: `commit that declares ${entry} closed: it ${why}`, expected: 'a change of what the item names', place: null, entry, commit: commit === '' ? null : commit, key: entry };
    }
  },
});
