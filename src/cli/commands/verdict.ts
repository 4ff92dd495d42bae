import { warnForeignHand, warnFuture, warnNewPhase } from '../../edits/writer/warn.ts';
import { readWrittenMoment } from '../../edits/writer/written-date.ts';
import { readGateArgument } from '../../edits/writers/gate-argument.ts';
import { readVerdictResult, writeVerdict } from '../../edits/writers/write-verdict.ts';
import { valueOf, type Invocation } from '../invocation.ts';
import type { Outcome } from '../outcome.ts';
import { answerWritten, openPenFor, readGivenBody } from '../write.ts';

/** `docket verdict PHASE/GATE pass|fail|conditional [--claim SHA]`. */
export async function run(invocation: Invocation): Promise<Outcome> {
  const { options, globals, arguments: words } = invocation;
  const result = readVerdictResult(words[1] ?? '');
  const date = valueOf(options, '--date');
  const body = readGivenBody(options, globals.dir);
  const pen = await openPenFor(invocation);
  const { phase, gate } = readGateArgument(pen, words[0] ?? '');
  const { warnings, ...written } = await writeVerdict(pen, { phase, gate, result, claim: valueOf(options, '--claim'), date, body });
  const own = [...warnForeignHand(pen, 'adversary', 'A verdict', written.path), ...warnFuture(readWrittenMoment(date), written.path), ...warnNewPhase(pen, phase, written.path)];
  return answerWritten(pen, written, `review(${phase}-${gate}): ${gate} ${result.toUpperCase()}`, [...warnings, ...own]);
}
