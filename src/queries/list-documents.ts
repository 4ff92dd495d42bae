import type { Document } from '../contract/schema/document.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { isAtPath } from './entry-filter.ts';
import { checkPhases } from './list-entries.ts';
import { takePage, type Page, type PageRequest } from './paging.ts';

export interface DocumentFilter {
  phases: string[];
  path: string | null;
}

/** The documents of the docket by path, each with its spans, which cover every line once. Throws as `listEntries` does. */
export function listDocuments(ledger: Ledger, filter: DocumentFilter, page: PageRequest): Page<Document> {
  checkPhases(ledger, filter.phases);
  const documents = ledger.documents
    .filter(({ phase, path }) => (filter.phases.length === 0 || filter.phases.includes(phase)) && (filter.path === null || isAtPath(path, filter.path)))
    .map(({ path, kind, phase, owner, bytes, lines, entries, unparsed, spans }) => ({ path, kind, phase, owner, bytes, lines, entries, unparsed, spans }));
  return takePage(documents, page, ({ path }) => path);
}
