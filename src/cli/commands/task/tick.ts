import { warnForeignHand } from '../../../edits/writer/warn.ts';
import { readTaskState, tickTask } from '../../../edits/writers/edit-task.ts';
import { valueOf, type Invocation } from '../../invocation.ts';
import type { Outcome } from '../../outcome.ts';
import { answerWritten, openPenFor } from '../../write.ts';

/** `docket task tick ID [--state done|partial|dropped|open]`. */
export async function run(invocation: Invocation): Promise<Outcome> {
  const state = readTaskState(valueOf(invocation.options, '--state'));
  const pen = await openPenFor(invocation);
  const { before, ...written } = await tickTask(pen, invocation.arguments[0] ?? '', state);
  return answerWritten(pen, written, `backlog(${before.phase}): ${state}, ${before.title}`, warnForeignHand(pen, 'builder', 'The build backlog', written.path));
}
