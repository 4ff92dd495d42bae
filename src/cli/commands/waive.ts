import { warnFuture } from '../../edits/writer/warn.ts';
import { readWrittenDate } from '../../edits/writer/written-date.ts';
import { addWaiver } from '../../edits/writers/add-waiver.ts';
import { valueOf, type Invocation } from '../invocation.ts';
import type { Outcome } from '../outcome.ts';
import { answerWritten, openPenFor, requireValue } from '../write.ts';

/** `docket waive TARGET RULE --until DATE --by WHO --why TEXT`. */
export async function run(invocation: Invocation): Promise<Outcome> {
  const [target = '', rule = ''] = invocation.arguments;
  const [until, by, why] = [requireValue(invocation, '--until'), requireValue(invocation, '--by'), requireValue(invocation, '--why')];
  const date = valueOf(invocation.options, '--date');
  const pen = await openPenFor(invocation);
  const written = await addWaiver(pen, { target, rule, until, by, why, date });
  const phase = written.entry?.phase ?? '-';
  return answerWritten(pen, written, `decisions${phase === '-' ? '' : `(${phase})`}: waive ${rule} of ${target}`, warnFuture(readWrittenDate(date), written.path));
}
