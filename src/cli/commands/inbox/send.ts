import { warnForeignHand, warnFuture } from '../../../edits/writer/warn.ts';
import { readWrittenDate } from '../../../edits/writer/written-date.ts';
import { otherSide, readReader, sendMessage } from '../../../edits/writers/send-message.ts';
import { valueOf, type Invocation } from '../../invocation.ts';
import type { Outcome } from '../../outcome.ts';
import { answerWritten, openDocumentPenFor, readGivenBody, requireValue } from '../../write.ts';

/** `docket inbox send --to builder|adversary --title T`. */
export async function run(invocation: Invocation): Promise<Outcome> {
  const { options, globals } = invocation;
  const to = readReader('--to', requireValue(invocation, '--to'));
  const title = requireValue(invocation, '--title');
  const date = valueOf(options, '--date');
  const body = readGivenBody(options, globals.dir);
  const pen = await openDocumentPenFor(invocation);
  const written = await sendMessage(pen, { to, title, date, body });
  const warnings = [...warnForeignHand(pen, otherSide(to), `What the ${to} is to read`, written.path), ...warnFuture(readWrittenDate(date), written.path)];
  return answerWritten(pen, written, `inbox(${to}): ${title}`, warnings);
}
