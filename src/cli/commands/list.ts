import { exitCode } from '../../contract/exit-codes.ts';
import { Failure } from '../../contract/failure.ts';
import type { Entry } from '../../contract/schema/entry.ts';
import { passes } from '../../queries/entry-filter.ts';
import { isEmptyDocket, isEmptyStatus } from '../../queries/is-empty.ts';
import { readKinds } from '../../queries/known-kinds.ts';
import { listDocuments } from '../../queries/list-documents.ts';
import { listEntries } from '../../queries/list-entries.ts';
import type { Page } from '../../queries/paging.ts';
import { documentFields, entryFields, projectFields, readFields } from '../../queries/project-fields.ts';
import { listKept } from '../../queries/search-kept.ts';
import { quoteWord } from '../../queries/shell-word.ts';
import { renderDocuments } from '../../reports/documents-text.ts';
import { renderEntries } from '../../reports/entries-text.ts';
import { readPage, valueOf, valuesOf, type Invocation } from '../invocation.ts';
import { nextPage } from '../next-page.ts';
import { askKept, isUnreadable, openFor, readBodies, type AskedRecord } from '../open.ts';
import { answer, type Outcome } from '../outcome.ts';
import { keptDetailOf, readFilter, readLinkFilter } from '../read-filter.ts';

/** `docket list [KIND…]` and `docket list documents`. */
export function run(invocation: Invocation): Promise<Outcome> {
  const isDocuments = invocation.arguments.some((word) => /^documents?$/i.test(word));
  if (!isDocuments) return listKinds(invocation);
  if (invocation.arguments.length > 1) {
    throw new Failure('usage', `Documents and entries are listed apart, but both were asked for: ${invocation.arguments.join(' ')}.`, { next: 'docket list documents' });
  }
  return listFiles(invocation);
}

async function listKinds({ arguments: words, options, globals, argv }: Invocation): Promise<Outcome> {
  const plain = readFilter(options, readKinds(words, ['documents']));
  const page = readPage(options, null);
  const fields = readFields(valuesOf(options, '--fields'), entryFields);
  const detail = keptDetailOf({ options, globals }, plain, { fields });
  const { answer: answered, docket: read } = await askKept(globals, detail, async (kept) =>
    answerListed(listKept(kept, plain, page), { fields, argv, entries: kept.entries, isEmpty: isEmptyStatus(kept), diagnostics: kept.diagnostics, path: plain.path }),
  );
  if (answered !== null) return answered;
  const docket = read ?? (await openFor(globals));
  const filter = { ...plain, ...(await readLinkFilter(options, docket)) };
  const { ledger } = docket;
  const bodyOf = await readBodies(docket, filter.text === null ? [] : ledger.entries.filter((entry) => passes(entry, filter)));
  const list = listEntries(ledger, filter, page, bodyOf);
  return answerListed(list, { fields, argv, entries: ledger.entries.length, isEmpty: isEmptyDocket(ledger), diagnostics: ledger.diagnostics, path: filter.path });
}

interface Listed extends AskedRecord {
  path: string | null;
}

function answerListed({ items, ...rest }: Page<Entry>, { fields, argv, entries, isEmpty, diagnostics, path }: Listed): Outcome {
  const first = items[0];
  const show = first === undefined ? [] : [`docket show ${quoteWord(first.id)}`];
  return answer({
    data: { entries: items.map((entry) => projectFields(entry, fields)), ...rest },
    render: (data, view) => renderEntries(data.entries, fields, view),
    exitCode: isUnreadable(diagnostics, path) ? exitCode.usage : exitCode.yes,
    diagnostics,
    next: isEmpty ? ['docket init'] : [...pageAfter(argv, rest), ...show],
    notes: notesOn(rest, items.length, entries, 'entries'),
  });
}

async function listFiles({ options, globals, argv }: Invocation): Promise<Outcome> {
  const given = ['--state', '--author', '--since', '--until', '--gate', '--section', '--text', '--history', '--refs', '--refs-type', '--refs-status', '--by-commit'].find((name) => options.has(name));
  if (given !== undefined) throw new Failure('usage', `${given} filters entries; documents are filtered by --phase and --path.`, { next: 'docket list --help' });
  const page = readPage(options, null);
  const fields = readFields(valuesOf(options, '--fields'), documentFields);
  const { ledger } = await openFor(globals);
  const path = valueOf(options, '--path');
  const { items, ...rest } = listDocuments(ledger, { phases: valuesOf(options, '--phase'), path }, page);
  return answer({
    data: { documents: items.map((document) => projectFields(document, fields)), ...rest },
    render: (data, view) => renderDocuments(data.documents, fields, view),
    exitCode: isUnreadable(ledger.diagnostics, path) ? exitCode.usage : exitCode.yes,
    diagnostics: ledger.diagnostics,
    next: isEmptyDocket(ledger) ? ['docket init'] : pageAfter(argv, rest),
    notes: notesOn(rest, items.length, ledger.documents.length, 'documents'),
  });
}

type Rest = Omit<Page<unknown>, 'items'>;

function pageAfter(argv: readonly string[], { cursor }: Rest): string[] {
  return cursor === null ? [] : [nextPage(argv, cursor)];
}

function notesOn({ total, truncated }: Rest, shown: number, all: number, what: string): string[] {
  if (truncated) return [`${shown} of ${total} ${what} shown.`];
  if (total > 0) return [];
  return [all === 0 ? `There are no ${what} yet.` : `Nothing passes the filter; there are ${all} ${what} in all.`];
}
