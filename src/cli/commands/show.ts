import { resolveId } from '../../queries/resolve-id.ts';
import { quoteWord } from '../../queries/shell-word.ts';
import { showEntry } from '../../queries/show-entry.ts';
import { renderEntry } from '../../reports/show-text.ts';
import type { Invocation } from '../invocation.ts';
import { openFor } from '../open.ts';
import { answer, type Outcome } from '../outcome.ts';

/** `docket show ID`. */
export async function run({ arguments: [id = ''], globals }: Invocation): Promise<Outcome> {
  const docket = await openFor(globals);
  const { ledger } = docket;
  const entry = resolveId(ledger, id);
  const { phase } = entry;
  return answer({
    data: { entry: showEntry(ledger, entry, await docket.body(entry)) },
    render: (data, view) => renderEntry(data.entry, view),
    diagnostics: ledger.diagnostics,
    next: ledger.phases.some((known) => known.id === phase) ? [`docket status ${quoteWord(phase)}`] : ['docket status'],
  });
}
