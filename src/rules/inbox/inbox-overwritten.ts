import { quote } from '../engine/entries.ts';
import { defineRule } from '../engine/rule.ts';
import { lostMessages } from './lost-messages.ts';
import { idInVersion, placeAfter, placeBefore } from '../roles/places.ts';

/** A message that a newer one took the place of, or that was reworded, while nobody had taken it away. */
export const inboxOverwritten = defineRule({
  id: 'inbox-overwritten',
  inputs: ['changes'],
  *check({ changes }) {
    for (const change of changes) {
      for (const document of change.documents) {
        if (document.kind !== 'inbox' || document.before === null) continue;
        const { lost, came } = lostMessages(document);
        if (came.length === 0) continue;
        for (const entry of lost) {
          yield {
            found: `new words where the message ${quote(entry.draft.title)} stood`, expected: 'it to stay until its reader deletes it', place: placeAfter(change, document, came[0]?.line ?? 1),
            entry: idInVersion(document.before, entry.draft), commit: change.commit, key: entry.draft.title, related: placeBefore(change, document.before, entry.draft),
            ...(change.revert ? { atMost: 'warning' } : {}),
          };
        }
      }
    }
  },
});
