import type { Entry } from '../../contract/schema/entry.ts';
import { Failure } from '../../contract/failure.ts';
import { findSnippet } from './snippet.ts';
import { countTerm, readTerms, type SearchTerm } from './search-terms.ts';
import { foldText, wordsOf } from './words.ts';

export interface RankedEntry {
  entry: Entry;
  /** Relevance; only its order means something. */
  score: number;
  /** Reads the entry once more for the line that shows best why it was found; meant for the few that are shown. */
  findSnippet: () => { line: number; snippet: string };
}

/** A word in the title says more of an entry than one in its body; ids repeat titles, but also hold the names `A1` and `M1`. */
const weights = { title: 3, id: 2, body: 1 };
/** The weights in the order of `SearchedText`. */
export const partWeights: readonly number[] = [weights.title, weights.id, weights.body];
/** The usual constants of BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009). */
const saturation = 1.2;
const lengthShare = 0.75;

interface Candidate {
  entry: Entry;
  body: string;
  counts: number[];
}

/** What the ranks of some entries follow from. */
export interface Counted {
  size: number;
  /** Length of the text of one of them. */
  lengthOf(at: number): number;
  /** How often a term stands in it, weighted. */
  countOf(at: number, term: number): number;
}

/**
 * The entries in which words of `query` stand, best first: BM25 over title, id and body, times the share of the terms found. One look
 * needs no index: texts that hold no term are passed over unread. Throws a usage failure for a query without a word.
 */
export function rankEntries(entries: readonly Entry[], query: string, bodyOf: (entry: Entry) => string): RankedEntry[] {
  const terms = termsOf(query);
  let length = 0;
  const candidates: Candidate[] = [];
  for (const entry of entries) {
    const body = bodyOf(entry);
    length += body.length;
    const counts = countTerms(entry, body, terms);
    if (counts !== null) candidates.push({ entry, body, counts });
  }
  const { rarity, scores } = scoreAll(
    { size: candidates.length, lengthOf: (at) => candidates[at]?.body.length ?? 0, countOf: (at, term) => candidates[at]?.counts[term] ?? 0 },
    terms.length,
    { entries: entries.length, length },
  );
  const ranked = candidates.map((candidate, index) => ({
    entry: candidate.entry,
    score: scores[index] ?? 0,
    findSnippet: () => findSnippet(candidate.entry, candidate.body, terms, rarity),
  }));
  return ranked.sort(compareRanked);
}

/** Best first; what is as good, newest first. */
export function compareRanked(a: { entry: Pick<Entry, 'id' | 'date'>; score: number }, b: typeof a): number {
  return b.score - a.score || compare(b.entry.date ?? '', a.entry.date ?? '') || compare(a.entry.id, b.entry.id);
}

/** How rare each term is among `all` entries (of `length` characters together), and the scores of those that hold some. */
export function scoreAll(found: Counted, terms: number, all: { entries: number; length: number }): { rarity: number[]; scores: Float64Array } {
  const rarity = Array.from({ length: terms }, (_, term) => {
    let holders = 0;
    for (let at = 0; at < found.size; at += 1) if (found.countOf(at, term) > 0) holders += 1;
    return Math.log(1 + (all.entries - holders + 0.5) / (holders + 0.5));
  });
  const meanLength = Math.max(1, all.length / Math.max(1, all.entries));
  const scores = new Float64Array(found.size);
  for (let at = 0; at < found.size; at += 1) scores[at] = Math.round(scoreOf(found, at, rarity, meanLength) * 1e4) / 1e4;
  return { rarity, scores };
}

/** The terms of a query. Throws a usage failure for one without a word. */
export function termsOf(query: string): SearchTerm[] {
  const terms = readTerms(query);
  if (terms.length === 0) throw new Failure('usage', `Unexpected search "${query}", expected at least one word.`, { next: 'docket search --help' });
  return terms;
}

/** The text of an entry, or its fields where it has none. */
export function searchedBody(entry: Entry, body: string): string {
  return body === '' ? Object.entries(entry.fields).flat().join('\n') : body;
}

/** Null when no term stands in the entry, or a required one does not. */
function countTerms(entry: Entry, body: string, terms: readonly SearchTerm[]): number[] | null {
  const parts = [
    { folded: foldText(entry.title), weight: weights.title },
    { folded: foldText(entry.id), weight: weights.id },
    { folded: foldText(searchedBody(entry, body)), weight: weights.body },
  ];
  const relevant = parts.filter(({ folded }) => terms.some((term) => folded.includes(term.words[0] ?? '')));
  if (relevant.length === 0) return null;
  const counts = terms.map(() => 0);
  for (const { folded, weight } of relevant) {
    const words = wordsOf(folded);
    terms.forEach((term, index) => {
      counts[index] = (counts[index] ?? 0) + weight * countTerm(term, words);
    });
  }
  return isFound((term) => counts[term] ?? 0, terms) ? counts : null;
}

/** Whether some term stands there, and every required one. */
export function isFound(countOf: (term: number) => number, terms: readonly SearchTerm[]): boolean {
  let isThere = false;
  for (let term = 0; term < terms.length; term += 1) {
    if (countOf(term) > 0) isThere = true;
    else if (terms[term]?.required === true) return false;
  }
  return isThere;
}

function scoreOf(found: Counted, at: number, rarity: readonly number[], meanLength: number): number {
  const damping = saturation * (1 - lengthShare + (lengthShare * found.lengthOf(at)) / meanLength);
  let sum = 0;
  let held = 0;
  // Called for tens of thousands of entries: an iterator of its own for each would be most of the work.
  for (let term = 0; term < rarity.length; term += 1) {
    const count = found.countOf(at, term);
    sum += ((rarity[term] ?? 0) * count * (saturation + 1)) / (count + damping);
    if (count > 0) held += 1;
  }
  return (sum * held) / rarity.length;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
