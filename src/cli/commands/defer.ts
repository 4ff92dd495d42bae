import { warnFuture, warnNewPhase } from '../../edits/writer/warn.ts';
import { readWrittenDate } from '../../edits/writer/written-date.ts';
import { addDeferred } from '../../edits/writers/add-deferred.ts';
import { isGiven, valueOf, type Invocation } from '../invocation.ts';
import type { Outcome } from '../outcome.ts';
import { answerWritten, openDocumentPenFor, readGivenBody, requireValue } from '../write.ts';

/** `docket defer --title T --what TEXT --reason TEXT`. */
export async function run(invocation: Invocation): Promise<Outcome> {
  const { options, globals } = invocation;
  const title = requireValue(invocation, '--title');
  const again = isGiven(options, '--again');
  const text = (name: string): string | null => valueOf(options, name);
  const [what, reason] = again ? [text('--what'), text('--reason')] : [requireValue(invocation, '--what'), requireValue(invocation, '--reason')];
  const body = readGivenBody(options, globals.dir);
  const pen = await openDocumentPenFor(invocation);
  const written = await addDeferred(pen, { title, what, reason, trigger: text('--trigger'), linked: text('--linked'), phase: text('--phase'), date: text('--date'), body, again });
  const warnings = [...warnFuture(readWrittenDate(text('--date')), written.path), ...warnNewPhase(pen, written.entry?.phase ?? '-', written.path)];
  return answerWritten(pen, written, `deferred: ${written.entry?.title ?? title}`, warnings);
}
