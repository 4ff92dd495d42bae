import { passes } from '../../queries/entry-filter.ts';
import { isEmptyDocket, isEmptyStatus } from '../../queries/is-empty.ts';
import { readKinds } from '../../queries/known-kinds.ts';
import { foundEntryFields, projectFields, readFields } from '../../queries/project-fields.ts';
import type { Page } from '../../queries/paging.ts';
import { keepWords, openKeptWords, searchKept } from '../../queries/search-kept.ts';
import { searchLedger, type FoundEntry } from '../../queries/search-ledger.ts';
import { quoteWord } from '../../queries/shell-word.ts';
import { renderFound } from '../../reports/search-text.ts';
import { readPage, valuesOf, type Invocation } from '../invocation.ts';
import { nextPage } from '../next-page.ts';
import { askKept, openFor, readBodies, type AskedRecord } from '../open.ts';
import { answer, type Outcome } from '../outcome.ts';
import { keptDetailOf, readFilter, readLinkFilter } from '../read-filter.ts';

const usualLimit = 20;
/** What a search says of an entry beside what the record does. */
const ownFields = ['score', 'line', 'snippet'];

/** `docket search WORDS`. */
export async function run({ arguments: words, options, globals, argv }: Invocation): Promise<Outcome> {
  const plain = readFilter(options, readKinds(valuesOf(options, '--kind')));
  const page = readPage(options, usualLimit);
  const fields = readFields(valuesOf(options, '--fields'), foundEntryFields);
  const detail = keptDetailOf({ options, globals }, plain, { fields, own: ownFields });
  const { answer: answered, docket: read } = await askKept(globals, detail, async (kept, justRead) => {
    const index = (justRead === null ? openKeptWords(kept) : null) ?? (await keepWords(kept, justRead ?? (await openFor(globals))));
    const found = searchKept(kept, index, words.join(' '), plain, page);
    return answerFound(found, { fields, argv, entries: kept.entries, isEmpty: isEmptyStatus(kept), diagnostics: kept.diagnostics });
  });
  if (answered !== null) return answered;
  const docket = read ?? (await openFor(globals));
  const filter = { ...plain, ...(await readLinkFilter(options, docket)) };
  const { ledger } = docket;
  const bodyOf = await readBodies(docket, ledger.entries.filter((entry) => passes(entry, filter)));
  const found = searchLedger(ledger, words.join(' '), filter, page, bodyOf);
  return answerFound(found, { fields, argv, entries: ledger.entries.length, isEmpty: isEmptyDocket(ledger), diagnostics: ledger.diagnostics });
}

function answerFound({ items, ...rest }: Page<FoundEntry>, { fields, argv, entries, isEmpty, diagnostics }: AskedRecord): Outcome {
  const [best] = items;
  const after = rest.cursor === null ? [] : [nextPage(argv, rest.cursor)];
  const empty = isEmpty ? ['docket init'] : [];
  return answer({
    data: { entries: items.map((entry) => projectFields(entry, fields)), ...rest },
    render: (data, view) => renderFound(data.entries, fields, view),
    diagnostics,
    next: best === undefined ? empty : [`docket show ${quoteWord(best.id)}`, ...after],
    notes: rest.total === 0 ? [`Nothing found in ${entries} entries.`] : [`${items.length} of ${rest.total} found.`],
  });
}
