import type { Entry } from '../../contract/schema/entry.ts';
import { countTerm, readTerms } from './search-terms.ts';
import { foldText, wordsOf } from './words.ts';

/** Whether every word of `text` (phrases in quotation marks as one) stands in the entry's id, title, fields or body. */
export function matchesEveryWord(entry: Entry, body: string, text: string): boolean {
  const fields = Object.entries(entry.fields).flat();
  const words = wordsOf(foldText([entry.id, entry.title, ...fields, body].join('\n')));
  return readTerms(text).every((term) => countTerm(term, words) > 0);
}
