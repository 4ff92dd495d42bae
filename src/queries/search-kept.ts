import type { Entry } from '../contract/schema/entry.ts';
import { encodeRows, openRows, type Bytes } from '../ledger/kept/rows.ts';
import type { EntrySort, KeptRecord } from '../ledger/kept/kept-record.ts';
import type { Docket } from '../ledger/open-docket.ts';
import { asksForSortOnly, passes, passesSort, type EntryFilter } from './entry-filter.ts';
import { checkKnownPhases, pageOf } from './list-entries.ts';
import { takePage, type Page, type PageRequest } from './paging.ts';
import type { FoundEntry } from './search-ledger.ts';
import { compareRanked, isFound, partWeights, scoreAll, searchedBody, termsOf, type Counted } from './search/rank-entries.ts';
import type { SearchTerm } from './search/search-terms.ts';
import { findSnippet } from './search/snippet.ts';
import { encodeWordIndex, openWordIndex, type WordIndex } from './search/word-index.ts';

const indexName = 'words';

/** What a search reads of a kept record: where the words stand, and the texts to show some of. */
export interface KeptWords {
  index: WordIndex;
  body(entry: number): string;
}

/** The index of a kept record; null where none is kept, or not one of it. */
export function openKeptWords(kept: KeptRecord): KeptWords | null {
  const bytes = kept.read(indexName);
  const words = bytes === null ? null : openWords(bytes);
  return words?.index.entries === kept.entries ? words : null;
}

/** Makes the index of a docket and keeps it beside its record. */
export async function keepWords(kept: KeptRecord, { ledger, bodies }: Docket): Promise<KeptWords> {
  const texts = await bodies(ledger.entries);
  const found = ledger.entries.map((entry) => ({ entry, body: texts.get(entry) ?? '' }));
  const index = encodeWordIndex(found.map(({ entry, body }) => ({ parts: [entry.title, entry.id, searchedBody(entry, body)], length: body.length })));
  const bytes = encodeRows([index, encodeRows(found.map(({ body }) => Buffer.from(body, 'utf8')))]);
  kept.write(indexName, bytes);
  return openWords(bytes);
}

function openWords(bytes: Bytes): KeptWords {
  const parts = openRows(bytes);
  const bodies = openRows(parts.at(1));
  const bodyOf = (row: Bytes): string => row.subarray(0, row.length).toString('utf8');
  return { index: openWordIndex(parts.at(0)), body: (entry) => bodyOf(bodies.at(entry)) };
}

/** Whether a kept record knows all that a filter asks for. */
export function isKeptFilter({ text, mentions, commit }: EntryFilter): boolean {
  return text === null && mentions === null && commit === null;
}

/** What `searchLedger` gives, from a kept record and its index; the entries are without fields and mentions. */
export function searchKept(kept: KeptRecord, { index: words, body }: KeptWords, query: string, filter: EntryFilter, page: PageRequest): Page<FoundEntry> {
  checkKnownPhases(new Set(kept.phases), filter.phases);
  const terms = termsOf(query);
  const pool = poolOf(kept, words, filter);
  const counts = terms.map((term) => words.count(term, partWeights));
  const hits = findHits(counts, terms, pool);
  const found: Counted = { size: hits.length, lengthOf: (at) => words.length(hits[at] ?? 0), countOf: (at, term) => counts[term]?.[hits[at] ?? 0] ?? 0 };
  const { rarity, scores } = scoreAll(found, terms.length, pool);
  const least = page.cursor === null && page.limit !== null ? leastOf(scores, page.limit) : -Infinity;
  const best = hits.map((_, at) => at).filter((at) => (scores[at] ?? 0) >= least);
  const ranked = best.map((at) => ({ entry: kept.entry(hits[at] ?? 0), score: scores[at] ?? 0, index: hits[at] ?? 0 }));
  // What ranks alike stands in the order of the record, as for a search that reads it.
  ranked.sort((a, b) => compareRanked(a, b) || a.index - b.index);
  const { items, ...rest } = takePage(ranked, page, ({ entry }) => `${entry.id} ${entry.place.rev ?? ''}`, hits.length);
  return { ...rest, items: items.map(({ entry, score, index }) => Object.assign({}, wholeOf(kept, index) ?? entry, { score }, findSnippet(entry, body(index), terms, rarity))) };
}

/** The places of the entries that hold what they must. */
function findHits(counts: readonly Float64Array[], terms: readonly SearchTerm[], { has }: { has: (index: number) => boolean }): number[] {
  const hits: number[] = [];
  let index = 0;
  const countOf = (term: number): number => counts[term]?.[index] ?? 0;
  for (const end = counts[0]?.length ?? 0; index < end; index += 1) if (isFound(countOf, terms) && has(index)) hits.push(index);
  return hits;
}

function wholeOf({ whole }: KeptRecord, index: number): Entry | null {
  return whole === null ? null : whole.entry(index);
}

/** The score of the last one on a page that starts with the best. */
function leastOf(scores: Float64Array, limit: number): number {
  return scores.slice().sort().at(-limit) ?? -Infinity;
}

function poolOf(kept: KeptRecord, words: WordIndex, filter: EntryFilter): { entries: number; length: number; has: (index: number) => boolean } {
  if (asksForSortOnly(filter) && filter.kinds.length + filter.phases.length + filter.states.length + filter.authors.length === 0) {
    return { entries: kept.entries, length: words.lengthOfAll, has: () => true };
  }
  const passing = new Set(passingIndexes(kept, filter));
  return { entries: passing.size, length: [...passing].reduce((sum, index) => sum + words.length(index), 0), has: (index) => passing.has(index) };
}

/** The places of the entries that pass; only those are decoded of which more is asked than what they are of. */
function passingIndexes(kept: KeptRecord, filter: EntryFilter): number[] {
  const ofSort = new Map<EntrySort, boolean>();
  const isOfSort = (index: number): boolean => {
    const sort = kept.sortOf(index);
    const known = ofSort.get(sort) ?? passesSort(sort, filter);
    ofSort.set(sort, known);
    return known;
  };
  const candidates = Array.from({ length: kept.entries }, (_, index) => index).filter(isOfSort);
  if (asksForSortOnly(filter)) return candidates;
  // The gate of an entry may stand in its mentions alone.
  const entryAt = (index: number): Entry => (filter.gate === null ? null : wholeOf(kept, index)) ?? kept.entry(index);
  return candidates.filter((index) => passes(entryAt(index), filter));
}

/** What `listEntries` gives, from a kept record; the entries are whole where those are kept. Only those of the page are decoded. */
export function listKept(kept: KeptRecord, filter: EntryFilter, page: PageRequest): Page<Entry> {
  checkKnownPhases(new Set(kept.phases), filter.phases);
  const passing = passingIndexes(kept, filter);
  const entryAt = (index: number): Entry => wholeOf(kept, index) ?? kept.entry(index);
  if (page.cursor === null) {
    const first = page.limit === null ? passing : passing.slice(0, page.limit);
    const { items, ...rest } = pageOf(first.map((index) => ({ entry: entryAt(index) })), page, passing.length);
    return { ...rest, items: items.map(({ entry }) => entry) };
  }
  // The entry that a cursor names has to be looked for.
  const { items, ...rest } = pageOf(passing.map((index) => ({ index, entry: kept.entry(index) })), page);
  return { ...rest, items: items.map(({ index }) => entryAt(index)) };
}
