import { hideFindings } from '../ledger/isolation/hide-findings.ts';
import { wholeOf } from '../ledger/isolation/withheld.ts';
import type { LedgerDocument } from '../ledger/ledger.ts';
import { shieldOf, wholeTextsOf, type Docket } from '../ledger/open-docket.ts';
import { lintEvidence, type EvidenceLint } from './lint-evidence.ts';

/**
 * What the reproductions of some documents of a docket lack, and what their prose only reasons. For who may not read all of it they are judged as they are,
 * and told of in words that say nothing of what is hidden. Executes nothing.
 */
export async function lintDocuments(docket: Docket, documents: readonly LedgerDocument[]): Promise<EvidenceLint> {
  const { ledger } = docket;
  const shield = shieldOf(docket);
  const paths = documents.map(({ path }) => path);
  const seen = await lintEvidence(ledger, documents, await docket.texts(paths));
  if (shield === null) return seen;
  const whole = await lintEvidence({ ...ledger, entries: ledger.entries.map(wholeOf) }, documents, await wholeTextsOf(docket, paths));
  return { reproductions: seen.reproductions, findings: hideFindings(whole.findings, seen.findings, shield, () => true) };
}
