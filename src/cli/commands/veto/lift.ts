import { warnForeignHand } from '../../../edits/writer/warn.ts';
import { liftVeto } from '../../../edits/writers/raise-veto.ts';
import { valueOf, type Invocation } from '../../invocation.ts';
import type { Outcome } from '../../outcome.ts';
import { answerWritten, openPenFor, requireValue } from '../../write.ts';

/** `docket veto lift ID --why TEXT`. */
export async function run(invocation: Invocation): Promise<Outcome> {
  const why = requireValue(invocation, '--why');
  const pen = await openPenFor(invocation);
  const { before, ...written } = await liftVeto(pen, { id: invocation.arguments[0] ?? '', why, date: valueOf(invocation.options, '--date') });
  return answerWritten(pen, written, `review(${before.phase}): VETO lifted, ${why}`, warnForeignHand(pen, 'adversary', 'The lifting of a veto', written.path));
}
