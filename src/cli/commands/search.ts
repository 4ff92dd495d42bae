import { passes } from '../../queries/entry-filter.ts';
import { isEmptyDocket } from '../../queries/is-empty.ts';
import { readKinds } from '../../queries/known-kinds.ts';
import { foundEntryFields, projectFields, readFields } from '../../queries/project-fields.ts';
import { searchLedger } from '../../queries/search-ledger.ts';
import { quoteWord } from '../../queries/shell-word.ts';
import { renderFound } from '../../reports/search-text.ts';
import { readPage, valuesOf, type Invocation } from '../invocation.ts';
import { nextPage } from '../next-page.ts';
import { openFor, readBodies } from '../open.ts';
import { answer, type Outcome } from '../outcome.ts';
import { readFilter, readLinkFilter } from '../read-filter.ts';

const usualLimit = 20;

/** `docket search WORDS`. */
export async function run({ arguments: words, options, globals, argv }: Invocation): Promise<Outcome> {
  const plain = readFilter(options, readKinds(valuesOf(options, '--kind')));
  const page = readPage(options, usualLimit);
  const fields = readFields(valuesOf(options, '--fields'), foundEntryFields);
  const docket = await openFor(globals);
  const filter = { ...plain, ...(await readLinkFilter(options, docket)) };
  const { ledger } = docket;
  const bodyOf = await readBodies(docket, ledger.entries.filter((entry) => passes(entry, filter)));
  const { items, ...rest } = searchLedger(ledger, words.join(' '), filter, page, bodyOf);
  const [best] = items;
  const after = rest.cursor === null ? [] : [nextPage(argv, rest.cursor)];
  const empty = isEmptyDocket(ledger) ? ['docket init'] : [];
  return answer({
    data: { entries: items.map((entry) => projectFields(entry, fields)), ...rest },
    render: (data, view) => renderFound(data.entries, fields, view),
    diagnostics: ledger.diagnostics,
    next: best === undefined ? empty : [`docket show ${quoteWord(best.id)}`, ...after],
    notes: rest.total === 0 ? [`Nothing found in ${ledger.entries.length} entries.`] : [`${items.length} of ${rest.total} found.`],
  });
}
