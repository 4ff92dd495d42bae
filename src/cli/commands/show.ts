import type { Diagnostic } from '../../contract/schema/envelope.ts';
import { resolveId } from '../../queries/resolve-id.ts';
import { quoteWord } from '../../queries/shell-word.ts';
import { showEntry, showKept, type ShownEntry } from '../../queries/show-entry.ts';
import { renderEntry } from '../../reports/show-text.ts';
import type { Invocation } from '../invocation.ts';
import { askKept, openFor } from '../open.ts';
import { answer, type Outcome } from '../outcome.ts';

/** `docket show ID`. */
export async function run({ arguments: [id = ''], globals }: Invocation): Promise<Outcome> {
  const { answer: answered, docket: read } = await askKept(globals, 'whole', async ({ whole, bodies, diagnostics }) => {
    const entry = whole === null ? null : await showKept(whole, id, bodies);
    return whole === null || entry === null ? null : answerEntry(entry, diagnostics, whole.phases());
  });
  if (answered !== null) return answered;
  const docket = read ?? (await openFor(globals));
  const { ledger } = docket;
  const entry = resolveId(ledger, id);
  return answerEntry(showEntry(ledger, entry, await docket.body(entry)), ledger.diagnostics, ledger.phases.map((known) => known.id));
}

function answerEntry(entry: ShownEntry, diagnostics: readonly Diagnostic[], phases: readonly string[]): Outcome {
  return answer({
    data: { entry },
    render: (data, view) => renderEntry(data.entry, view),
    diagnostics,
    next: phases.includes(entry.phase) ? [`docket status ${quoteWord(entry.phase)}`] : ['docket status'],
  });
}
