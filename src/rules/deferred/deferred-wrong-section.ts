import { isClosed, isOpen } from '../../gates/entry-state.ts';
import { entriesOf } from '../engine/entries.ts';
import { placeOf } from '../engine/finding.ts';
import { defineRule } from '../engine/rule.ts';

const closedHeading = /\b(?:closed|resolved|done|finished|dropped|archived?)\b/iu;
const openHeading = /\bopen\b/iu;

/** Closed items stay where they were opened, unless the configuration has them moved: then they are expected below the closed heading. */
export const deferredWrongSection = defineRule({
  id: 'deferred-wrong-section',
  inputs: ['documents'],
  readsEntries: (kind) => kind === 'deferred',
  *check({ documents }) {
    for (const entry of entriesOf(documents, 'deferred')) {
      const section = entry.section ?? '';
      const below = closedHeading.test(section) ? 'closed' : openHeading.test(section) ? 'open' : null;
      const place = placeOf(entry, entry.place.line);
      if (isOpen(entry) && below === 'closed') {
        yield { found: `open item below "${section}"`, expected: 'it below the heading of the open ones', place, entry: entry.id, key: 'open', fixable: true };
      } else if (isClosed(entry) && below === 'open' && documents.config.deferred.sections === 'move') {
        yield { found: `closed item below "${section}"`, expected: 'it below the heading of the closed ones', place, entry: entry.id, key: 'closed', fixable: true, atMost: 'warning' };
      }
    }
  },
});
