import { exitCode } from '../../../contract/exit-codes.ts';
import { Failure } from '../../../contract/failure.ts';
import type { LedgerDocument, Ledger } from '../../../ledger/ledger.ts';
import { isAtPath } from '../../../queries/entry-filter.ts';
import { isEmptyDocket } from '../../../queries/is-empty.ts';
import { lintDocuments } from '../../../queries/lint-documents.ts';
import type { EvidenceLint } from '../../../queries/lint-evidence.ts';
import { suggestNearest } from '../../../queries/nearest.ts';
import { renderLint } from '../../../reports/lint-text.ts';
import type { Invocation } from '../../invocation.ts';
import { isUnreadable, openFor } from '../../open.ts';
import { answer, type Outcome } from '../../outcome.ts';

/** `docket repro lint [PATH…]`. */
export async function run({ arguments: paths, globals }: Invocation): Promise<Outcome> {
  const docket = await openFor(globals);
  const { ledger } = docket;
  const documents = selectDocuments(ledger, paths);
  const data = await lintDocuments(docket, documents);
  const unreadable = paths.some((path) => isUnreadable(ledger.diagnostics, path));
  const refused = data.findings.some(({ level }) => level === 'error');
  return answer({
    data,
    render: renderLint,
    exitCode: unreadable ? exitCode.usage : refused ? exitCode.no : exitCode.yes,
    diagnostics: ledger.diagnostics,
    next: isEmptyDocket(ledger) ? ['docket init'] : nextAfter(data),
    nextIsAnswer: true,
  });
}

function selectDocuments(ledger: Ledger, paths: readonly string[]): LedgerDocument[] {
  for (const path of paths) {
    const known = ledger.documents.some((document) => isAtPath(document.path, path)) || isUnreadable(ledger.diagnostics, path);
    if (!known) throw new Failure('usage', `There is no document ${path}.${suggestNearest(path, ledger.documents.map((document) => document.path))}`, { next: 'docket list documents' });
  }
  return ledger.documents.filter((document) => paths.length === 0 || paths.some((path) => isAtPath(document.path, path)));
}

function nextAfter({ reproductions, findings }: EvidenceLint): string[] {
  const commands = findings.flatMap(({ next }) => (next?.startsWith('docket ') ? [next] : []));
  const loose = reproductions.find(({ notation }) => notation === 'loose');
  return [...new Set([...commands, ...(loose === undefined ? [] : [`docket show ${loose.id}`])])].slice(0, 5);
}
