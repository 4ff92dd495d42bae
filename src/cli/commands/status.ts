import { getStatus } from '../../gates/get-status.ts';
import { isEmptyDocket } from '../../queries/is-empty.ts';
import { checkPhases } from '../../queries/list-entries.ts';
import { suggestNext } from '../../queries/suggest-next.ts';
import { renderStatus } from '../../reports/status-text.ts';
import type { Invocation } from '../invocation.ts';
import { openStates } from '../open.ts';
import { answer, type Outcome } from '../outcome.ts';

/** `docket status [PHASE]`. What must be done next is part of this answer. */
export async function run({ arguments: [phase], globals }: Invocation): Promise<Outcome> {
  const ledger = await openStates(globals);
  checkPhases(ledger, phase === undefined ? [] : [phase]);
  const status = getStatus(ledger, phase === undefined ? {} : { phase });
  const isEmpty = isEmptyDocket(ledger);
  return answer({
    data: status,
    render: (data, view) => (isEmpty ? 'There are no documents here yet.\n' : renderStatus(data, view)),
    diagnostics: ledger.diagnostics,
    next: isEmpty ? ['docket init'] : suggestNext(status, globals.role),
    nextIsAnswer: true,
  });
}
