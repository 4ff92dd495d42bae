import { warnForeignHand } from '../../edits/writer/warn.ts';
import { closeEntry } from '../../edits/writers/close-entry.ts';
import { valueOf, type Invocation } from '../invocation.ts';
import type { Outcome } from '../outcome.ts';
import { answerWritten, openPenFor } from '../write.ts';

/** `docket close ID [--commit SHA | --pr REF | --by WHO] [--note TEXT]`. */
export async function run(invocation: Invocation): Promise<Outcome> {
  const { options } = invocation;
  const text = (name: string): string | null => valueOf(options, name);
  const pen = await openPenFor(invocation);
  const { before, warnings, ...written } = await closeEntry(pen, { id: invocation.arguments[0] ?? '', commit: text('--commit'), pr: text('--pr'), by: text('--by'), note: text('--note'), date: text('--date') });
  const foreign = before.kind === 'finding' ? warnForeignHand(pen, 'adversary', 'A closed finding', written.path) : [];
  return answerWritten(pen, written, `${before.kind === 'finding' ? `backlog(${before.phase})` : 'deferred'}: close ${before.id}`, [...foreign, ...warnings]);
}
