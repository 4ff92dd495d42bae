import { warnForeignHand, warnFuture, warnNewPhase } from '../../../edits/writer/warn.ts';
import { readWrittenDate } from '../../../edits/writer/written-date.ts';
import { addJournal } from '../../../edits/writers/add-journal.ts';
import { valueOf, type Invocation } from '../../invocation.ts';
import type { Outcome } from '../../outcome.ts';
import { answerWritten, openDocumentPenFor, readGivenBody, requireValue } from '../../write.ts';

/** `docket journal add --phase P --title T`. */
export async function run(invocation: Invocation): Promise<Outcome> {
  const { options, globals } = invocation;
  const title = requireValue(invocation, '--title');
  const date = valueOf(options, '--date');
  const body = readGivenBody(options, globals.dir);
  const pen = await openDocumentPenFor(invocation);
  const written = await addJournal(pen, { phase: valueOf(options, '--phase'), title, date, body });
  const phase = written.entry?.phase ?? '-';
  const warnings = [...warnForeignHand(pen, 'builder', 'The journal', written.path), ...warnFuture(readWrittenDate(date), written.path), ...warnNewPhase(pen, phase, written.path)];
  return answerWritten(pen, written, `journal(${phase}): ${written.entry?.title ?? title}`, warnings);
}
