import { warnForeignHand } from '../../edits/writer/warn.ts';
import { reopenEntry } from '../../edits/writers/close-entry.ts';
import { valueOf, type Invocation } from '../invocation.ts';
import type { Outcome } from '../outcome.ts';
import { answerWritten, openPenFor, requireValue } from '../write.ts';

/** `docket reopen ID --why TEXT`. */
export async function run(invocation: Invocation): Promise<Outcome> {
  const why = requireValue(invocation, '--why');
  const pen = await openPenFor(invocation);
  const { before, ...written } = await reopenEntry(pen, { id: invocation.arguments[0] ?? '', why, date: valueOf(invocation.options, '--date') });
  const foreign = before.kind === 'finding' ? warnForeignHand(pen, 'adversary', 'A reopened finding', written.path) : [];
  const { warnings: _none, ...result } = written;
  return answerWritten(pen, result, `${before.kind === 'finding' ? `backlog(${before.phase})` : 'deferred'}: reopen ${before.id}`, foreign);
}
