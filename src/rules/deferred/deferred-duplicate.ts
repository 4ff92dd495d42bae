import type { Entry } from '../../contract/schema/entry.ts';
import { isOpen } from '../../gates/entry-state.ts';
import { slugOf } from '../../ledger/ids/slug.ts';
import { entriesOf } from '../engine/entries.ts';
import { placeOf } from '../engine/finding.ts';
import { defineRule } from '../engine/rule.ts';

/** Two open items of one title, or of one sentence of what is to be done. */
export const deferredDuplicate = defineRule({
  id: 'deferred-duplicate',
  inputs: ['documents'],
  *check({ documents }) {
    const first = new Map<string, Entry>();
    for (const entry of entriesOf(documents, 'deferred').filter(isOpen)) {
      const names = [slugOf(entry.title), whatOf(entry)].filter((name) => name.length >= 8);
      const other = names.map((name) => first.get(name)).find((each) => each !== undefined);
      for (const name of names) if (!first.has(name)) first.set(name, entry);
      if (other === undefined) continue;
      yield {
        found: `second open item of the same work as ${other.id}`, expected: 'one item that says it was seen again',
        place: placeOf(entry, entry.place.line), entry: entry.id, key: other.id, related: [{ message: 'the first one', place: placeOf(other, other.place.line) }],
      };
    }
  },
});

function whatOf(entry: Entry): string {
  return `what ${slugOf(entry.fields['What'] ?? '')}`.replace(/^what $/u, '');
}
