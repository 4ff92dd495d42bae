import { basename } from 'node:path';
import { collectReport, entriesWithTexts } from '../../reports/html/data/collect-report.ts';
import { renderPage, type Page } from '../../reports/html/page.ts';
import type { Docket } from '../../ledger/open-docket.ts';
import type { Globals } from '../invocation.ts';
import { openFor } from '../open.ts';
import { readPageParts } from './read-page-parts.ts';

/** Where a served page hears of changes; null for a file. */
export type Live = string | null;

export interface MadeReport {
  page: Page;
  docket: Docket;
}

/**
 * The page about the docket that the global options mean. Everything in it comes from the ledger and the texts that `openFor` gives: what that hides from a
 * role is not in the page either.
 */
export async function makeReport(globals: Globals, live: Live): Promise<MadeReport> {
  const docket = await openFor(globals);
  const { ledger, repository } = docket;
  const report = collectReport(ledger, await docket.bodies(entriesWithTexts(ledger)));
  // A file is the same wherever the clone lies; a page that is served is of this one.
  const name = live === null ? null : basename(repository.root);
  return { page: renderPage({ ...report, name }, readPageParts(), { live }), docket };
}
