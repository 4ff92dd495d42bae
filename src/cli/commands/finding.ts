import { warnForeignHand, warnFuture, warnNewPhase } from '../../edits/writer/warn.ts';
import { readWrittenDate } from '../../edits/writer/written-date.ts';
import { addFinding } from '../../edits/writers/add-finding.ts';
import { valueOf, type Invocation } from '../invocation.ts';
import type { Outcome } from '../outcome.ts';
import { answerWritten, openDocumentPenFor, readGivenBody, requireValue } from '../write.ts';

/** `docket finding --phase P --id A1 --title T [--severity S]`. */
export async function run(invocation: Invocation): Promise<Outcome> {
  const { options, globals } = invocation;
  const [id, title] = [requireValue(invocation, '--id'), requireValue(invocation, '--title')];
  const date = valueOf(options, '--date');
  const body = readGivenBody(options, globals.dir);
  const pen = await openDocumentPenFor(invocation);
  const written = await addFinding(pen, { phase: valueOf(options, '--phase'), id, title, severity: valueOf(options, '--severity'), date, body });
  const phase = written.entry?.phase ?? '-';
  const warnings = [...warnForeignHand(pen, 'adversary', 'A finding', written.path), ...warnFuture(readWrittenDate(date), written.path), ...warnNewPhase(pen, phase, written.path)];
  return answerWritten(pen, written, `review(${phase}): [adversary] ${id} ${title}`, warnings);
}
