import { isEmptyStatus } from '../../queries/is-empty.ts';
import { checkKnownPhases } from '../../queries/list-entries.ts';
import { suggestNext } from '../../queries/suggest-next.ts';
import { renderStatus } from '../../reports/status-text.ts';
import type { Invocation } from '../invocation.ts';
import { openStatusFor } from '../open.ts';
import { answer, type Outcome } from '../outcome.ts';

/** `docket status [PHASE]`. What must be done next is part of this answer. */
export async function run({ arguments: [phase], globals }: Invocation): Promise<Outcome> {
  const { status: whole, phases, ...rest } = await openStatusFor(globals);
  checkKnownPhases(new Set(phases), phase === undefined ? [] : [phase]);
  const status = phase === undefined ? whole : { ...whole, phases: whole.phases.filter(({ id }) => id === phase) };
  const isEmpty = isEmptyStatus(rest);
  const noPhase = !isEmpty && whole.phases.length === 0;
  return answer({
    data: status,
    render: (data, view) => (isEmpty ? 'There are no documents here yet.\n' : (noPhase ? 'No phase is open yet.\n' : '') + renderStatus(data, view)),
    diagnostics: rest.diagnostics,
    next: isEmpty ? ['docket init'] : [...(noPhase ? ['docket phase open 1 --gates M1'] : []), ...suggestNext(status, globals.role)],
    nextIsAnswer: true,
  });
}
