import type { Entry } from '../contract/schema/entry.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { passes, type EntryFilter } from './entry-filter.ts';
import { checkPhases } from './list-entries.ts';
import { takePage, type Page, type PageRequest } from './paging.ts';
import { rankEntries } from './search/rank-entries.ts';

export type FoundEntry = Entry & {
  /** Relevance; only its order means something. */
  score: number;
  /** The line that shows best why the entry was found, in its file (at `place.rev`, where that is set). */
  line: number;
  snippet: string;
};

/** One page of the entries that pass the filter and hold words of `query`, best first. Throws as `listEntries` and `rankEntries` do. */
export function searchLedger(ledger: Ledger, query: string, filter: EntryFilter, page: PageRequest, bodyOf: (entry: Entry) => string): Page<FoundEntry> {
  checkPhases(ledger, filter.phases);
  const pool = ledger.entries.filter((entry) => passes(entry, filter));
  const ranked = takePage(rankEntries(pool, query, bodyOf), page, ({ entry }) => `${entry.id} ${entry.place.rev ?? ''}`);
  return { ...ranked, items: ranked.items.map(({ entry, score, findSnippet }) => Object.assign({}, entry, { score }, findSnippet())) };
}
