import { warnForeignHand, warnFuture, warnNewPhase } from '../../edits/writer/warn.ts';
import { readWrittenMoment } from '../../edits/writer/written-date.ts';
import { readScopeArgument } from '../../edits/writers/gate-argument.ts';
import { raiseVeto } from '../../edits/writers/raise-veto.ts';
import { valueOf, type Invocation } from '../invocation.ts';
import type { Outcome } from '../outcome.ts';
import { answerWritten, openPenFor, readGivenBody, requireValue } from '../write.ts';

/** `docket veto PHASE[/GATE] --reason TEXT`. */
export async function run(invocation: Invocation): Promise<Outcome> {
  const { options, globals } = invocation;
  const reason = requireValue(invocation, '--reason');
  const date = valueOf(options, '--date');
  const body = readGivenBody(options, globals.dir);
  const pen = await openPenFor(invocation);
  const { phase, gate } = readScopeArgument(pen, invocation.arguments[0] ?? '');
  const written = await raiseVeto(pen, { phase, gate, reason, date, body });
  const warnings = [...warnForeignHand(pen, 'adversary', 'A veto', written.path), ...warnFuture(readWrittenMoment(date), written.path), ...warnNewPhase(pen, phase, written.path)];
  return answerWritten(pen, written, `review(${gate === null ? phase : `${phase}-${gate}`}): VETO ${reason}`, warnings);
}
