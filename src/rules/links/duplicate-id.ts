import type { Entry } from '../../contract/schema/entry.ts';
import { slugOf } from '../../ledger/ids/slug.ts';
import { placeOf } from '../engine/finding.ts';
import { defineRule } from '../engine/rule.ts';

/**
 * Two entries to which their authors gave one id: findings, and what carries an explicit `{#name}`. Two journal entries of one title on one day are
 * no offence: docket tells them apart by itself.
 */
export const duplicateId = defineRule({
  id: 'duplicate-id',
  inputs: ['documents'],
  readsEntries: (kind, text) => kind === 'backlog' || (kind !== 'unknown' && mayName.test(text)),
  *check({ documents }) {
    const first = new Map<string, Entry>();
    for (const entry of documents.entries) {
      if (entry.place.rev !== null || !isNamed(entry)) continue;
      const base = entry.id.replace(/~\d+$/, '');
      const other = first.get(base);
      if (other === undefined) first.set(base, entry);
      else {
        yield {
          found: `second entry with the id ${base}`, expected: 'an id of its own',
          place: { ...placeOf(entry, entry.place.line) }, entry: entry.id, key: base,
          related: [{ message: `${base} is here already`, place: placeOf(other, other.place.line) }],
        };
      }
    }
  },
});

/** `{#name}`, however it is marked up: without it only findings have names that somebody chose. */
const mayName = /\{.*#|&(?:#|l)/u;
const nameable: ReadonlySet<Entry['kind']> = new Set(['finding', 'decision', 'deferred', 'journal', 'task', 'note']);

/** Did somebody choose the name? Else it is made from the title. */
function isNamed(entry: Entry): boolean {
  return nameable.has(entry.kind) && !entry.id.replace(/~\d+$/, '').endsWith(slugOf(entry.title));
}
