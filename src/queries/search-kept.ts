import type { Entry } from '../contract/schema/entry.ts';
import type { KeptRecord } from '../ledger/kept-record.ts';
import type { Docket } from '../ledger/open-docket.ts';
import { passes, type EntryFilter } from './entry-filter.ts';
import { checkKnownPhases } from './list-entries.ts';
import { takePage, type Page, type PageRequest } from './paging.ts';
import type { FoundEntry } from './search-ledger.ts';
import { compareRanked, isFound, partWeights, scoreAll, searchedBody, termsOf, type Counted } from './search/rank-entries.ts';
import { findSnippet } from './search/snippet.ts';
import { encodeWordIndex, openWordIndex, type WordIndex } from './search/word-index.ts';

const indexName = 'words';

/** The index of a kept record; null where none is kept, or not one of it. */
export function openKeptWords(kept: KeptRecord): WordIndex | null {
  const bytes = kept.read(indexName);
  const index = bytes === null ? null : openWordIndex(bytes);
  return index?.entries === kept.entries ? index : null;
}

/** Makes the index of a docket and keeps it beside its record. */
export async function keepWords(kept: KeptRecord, { ledger, bodies }: Docket): Promise<WordIndex> {
  const texts = await bodies(ledger.entries);
  const bytes = encodeWordIndex(ledger.entries.map((entry) => {
    const body = texts.get(entry) ?? '';
    return { parts: [entry.title, entry.id, searchedBody(entry, body)], length: body.length };
  }));
  kept.write(indexName, bytes);
  return openWordIndex(bytes);
}

/** Whether a kept record knows all that a filter asks for. */
export function isKeptFilter({ gate, text, mentions, commit }: EntryFilter): boolean {
  return gate === null && text === null && mentions === null && commit === null;
}

interface Hit extends Counted {
  index: number;
}

/** What `searchLedger` gives, from a kept record and its index; the entries are without fields and mentions. */
export async function searchKept(kept: KeptRecord, words: WordIndex, query: string, filter: EntryFilter, page: PageRequest): Promise<Page<FoundEntry>> {
  checkKnownPhases(new Set(kept.phases), filter.phases);
  const terms = termsOf(query);
  const pool = poolOf(kept, words, filter);
  const counts = terms.map((term) => words.count(term, partWeights));
  const hits: Hit[] = [];
  for (const index of new Set(counts.flatMap((found) => [...found.keys()]))) {
    const ofEntry = counts.map((found) => found.get(index) ?? 0);
    if (pool.has(index) && isFound(ofEntry, terms)) hits.push({ index, length: words.length(index), counts: ofEntry });
  }
  const { rarity, scores } = scoreAll(hits, terms.length, pool);
  const least = page.cursor === null && page.limit !== null ? leastOf(scores, page.limit) : -Infinity;
  const ranked = hits.flatMap(({ index }, at) => ((scores[at] ?? 0) >= least ? [{ entry: kept.entry(index), score: scores[at] ?? 0, index }] : []));
  // What ranks alike stands in the order of the record, as for a search that reads it.
  ranked.sort((a, b) => compareRanked(a, b) || a.index - b.index);
  const { items, ...rest } = takePage(ranked, page, ({ entry }) => `${entry.id} ${entry.place.rev ?? ''}`, hits.length);
  const bodies = await kept.bodies(items.map(({ entry }) => entry));
  return { ...rest, items: items.map(({ entry, score }) => Object.assign({}, entry, { score }, findSnippet(entry, bodies.get(entry) ?? '', terms, rarity))) };
}

/** The score of the last one on a page that starts with the best. */
function leastOf(scores: readonly number[], limit: number): number {
  return Float64Array.from(scores).sort().at(-limit) ?? -Infinity;
}

function poolOf(kept: KeptRecord, words: WordIndex, filter: EntryFilter): { entries: number; length: number; has: (index: number) => boolean } {
  const isWhole = Object.values(filter).every((condition) => condition === null || condition === 'with' || (Array.isArray(condition) && condition.length === 0));
  const passing = isWhole ? null : new Set<number>();
  let length = 0;
  for (let index = 0; index < kept.entries; index += 1) {
    if (passing !== null && !passes(kept.entry(index), filter)) continue;
    passing?.add(index);
    length += words.length(index);
  }
  return { entries: passing?.size ?? kept.entries, length, has: (index) => passing?.has(index) ?? true };
}

/** All entries of a kept record, in its order. */
export function keptEntries(kept: KeptRecord): Entry[] {
  return Array.from({ length: kept.entries }, (_, index) => kept.entry(index));
}
