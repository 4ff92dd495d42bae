import { exitCode } from '../../contract/exit-codes.ts';
import { takePage } from '../../queries/paging.ts';
import { projectFields, readFields, whyEntryFields } from '../../queries/project-fields.ts';
import { quoteWord } from '../../queries/shell-word.ts';
import { whyPath } from '../../queries/why-path.ts';
import { renderWhy } from '../../reports/why-text.ts';
import { readPage, valuesOf, type Invocation } from '../invocation.ts';
import { nextPage } from '../next-page.ts';
import { openFor } from '../open.ts';
import { answer, type Outcome } from '../outcome.ts';

/** `docket why PATH[:LINE]`. */
export async function run({ arguments: [target = ''], options, globals, argv }: Invocation): Promise<Outcome> {
  const page = readPage(options, null);
  const fields = readFields(valuesOf(options, '--fields'), whyEntryFields);
  const docket = await openFor(globals);
  const { why, diagnostics } = await whyPath(docket, globals.dir, target);
  const { items, ...rest } = takePage(why.entries, page, ({ id }) => id);
  const [best] = items;
  const [first] = why.commits;
  return answer({
    data: { ...why, entries: items.map((entry) => projectFields(entry, fields)), ...rest },
    render: (data, view) => renderWhy(data, fields, view),
    exitCode: exitCode.yes,
    diagnostics: [...docket.ledger.diagnostics, ...diagnostics],
    next: [
      ...(best === undefined ? [] : [`docket show ${quoteWord(best.id)}`]),
      ...(first === undefined ? [] : [`docket trace ${first.commit.slice(0, 12)}`]),
      ...(rest.cursor === null ? [] : [nextPage(argv, rest.cursor)]),
    ],
    notes: why.entries.length === 0 ? ['No entry explains it.'] : [],
  });
}
