import { warnForeignHand, warnNewPhase } from '../../../edits/writer/warn.ts';
import { addTask } from '../../../edits/writers/edit-task.ts';
import { valueOf, type Invocation } from '../../invocation.ts';
import type { Outcome } from '../../outcome.ts';
import { answerWritten, openDocumentPenFor, requireValue } from '../../write.ts';

/** `docket task add --phase P --title T`. */
export async function run(invocation: Invocation): Promise<Outcome> {
  const { options } = invocation;
  const title = requireValue(invocation, '--title');
  const pen = await openDocumentPenFor(invocation);
  const written = await addTask(pen, { phase: valueOf(options, '--phase'), title, date: valueOf(options, '--date') });
  const phase = written.entry?.phase ?? '-';
  const warnings = [...warnForeignHand(pen, 'builder', 'The build backlog', written.path), ...warnNewPhase(pen, phase, written.path)];
  return answerWritten(pen, written, `backlog(${phase}): ${title}`, warnings);
}
