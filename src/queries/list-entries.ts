import type { Entry } from '../contract/schema/entry.ts';
import { Failure } from '../contract/failure.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { filterEntries, type EntryFilter } from './entry-filter.ts';
import { suggestNearest } from './nearest.ts';
import { takePage, type Page, type PageRequest } from './paging.ts';

/**
 * The entries that pass the filter, in the ledger's order, one page of them. Entries that only history has are among them unless the
 * filter says otherwise. Throws a usage failure for a phase that the docket does not know, and for a foreign cursor.
 */
export function listEntries(ledger: Ledger, filter: EntryFilter, page: PageRequest, bodyOf: (entry: Entry) => string): Page<Entry> {
  checkPhases(ledger, filter.phases);
  const { items, ...rest } = pageOf(filterEntries(ledger.entries, filter, bodyOf).map((entry) => ({ entry })), page);
  return { ...rest, items: items.map(({ entry }) => entry) };
}

/** One page of entries, with whatever stands beside them; `total` where `found` is only the beginning of all. */
export function pageOf<T extends { entry: Entry }>(found: readonly T[], page: PageRequest, total = found.length): Page<T> {
  // Only the place of an entry tells two claims apart of which one was rewritten and the other is its successor under the same id.
  return takePage(found, page, ({ entry: { id, place } }) => `${id} ${place.rev ?? ''}`, total);
}

/** Throws a usage failure that suggests the nearest one for a phase that nothing in the docket belongs to; an empty docket knows any phase. */
export function checkPhases(ledger: Ledger, phases: readonly string[]): void {
  checkKnownPhases(new Set([...ledger.phases.map(({ id }) => id), ...ledger.documents.map(({ phase }) => phase), ...ledger.entries.map(({ phase }) => phase)]), phases);
}

/** The same where only the names of the phases are at hand. */
export function checkKnownPhases(known: ReadonlySet<string>, phases: readonly string[]): void {
  if (known.size === 0) return;
  for (const phase of phases) {
    if (known.has(phase)) continue;
    throw new Failure('usage', `Unknown phase "${phase}", expected one of ${[...known].join(', ')}.${suggestNearest(phase, known)}`, { next: 'docket status' });
  }
}
