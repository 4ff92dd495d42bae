import { foldText, wordsOf } from './words.ts';

/** What is looked for: words that follow one another. A phrase in quotation marks must be found, any other term may be. */
export interface SearchTerm {
  words: string[];
  required: boolean;
  /** The last word may be the beginning of a longer one. */
  prefix: boolean;
}

/**
 * The terms of a query. `"two words"` is a phrase; `F1d-1` and `health_code` are words that must stand side by side; a word of three
 * letters or more, or one with a `*`, also finds longer words that begin with it.
 */
export function readTerms(query: string): SearchTerm[] {
  const terms: SearchTerm[] = [];
  for (const match of query.matchAll(/"([^"]*)"?|([^\s"]+)/g)) {
    const phrase = match[1];
    const text = phrase ?? match[2] ?? '';
    const words = wordsOf(foldText(text));
    const last = words.at(-1);
    if (last === undefined) continue;
    terms.push({ words, required: phrase !== undefined, prefix: phrase === undefined && (last.length >= 3 || text.endsWith('*')) });
  }
  return terms;
}

/** How often the term stands in `words`; one that is only the beginning of a longer word counts half. */
export function countTerm(term: SearchTerm, words: readonly string[]): number {
  let count = 0;
  for (let at = 0; at + term.words.length <= words.length; at++) count += weighAt(term, words, at);
  return count;
}

function weighAt(term: SearchTerm, words: readonly string[], at: number): number {
  const lastIndex = term.words.length - 1;
  for (let i = 0; i <= lastIndex; i++) {
    const found = words[at + i] ?? '';
    const wanted = term.words[i] ?? '';
    if (found === wanted) continue;
    return i === lastIndex && term.prefix && found.startsWith(wanted) ? 0.5 : 0;
  }
  return 1;
}
