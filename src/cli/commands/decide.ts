import type { Diagnostic } from '../../contract/schema/envelope.ts';
import { warnFuture, warnNewPhase } from '../../edits/writer/warn.ts';
import { readWrittenDate } from '../../edits/writer/written-date.ts';
import { addDecision, readDecisionState, type WrittenDecision } from '../../edits/writers/add-decision.ts';
import { valueOf, type Invocation } from '../invocation.ts';
import type { Outcome } from '../outcome.ts';
import { answerWritten, openPenFor, readGivenBody, requireValue } from '../write.ts';

/** `docket decide --phase P --title T [--supersedes ID] [--state STATE]`. */
export async function run(invocation: Invocation): Promise<Outcome> {
  const { options, globals } = invocation;
  const title = requireValue(invocation, '--title');
  const state = readDecisionState(valueOf(options, '--state'));
  const date = valueOf(options, '--date');
  const body = readGivenBody(options, globals.dir);
  const pen = await openPenFor(invocation);
  const { retired, ...written } = await addDecision(pen, { phase: valueOf(options, '--phase'), title, date, supersedes: valueOf(options, '--supersedes'), state, body });
  const phase = written.entry?.phase ?? '-';
  const warnings = [...warnFuture(readWrittenDate(date), written.path), ...warnNewPhase(pen, phase, written.path), ...warnRetired(retired)];
  return answerWritten(pen, written, `decisions${phase === '-' ? '' : `(${phase})`}: ${title}`, warnings);
}

/** A decision that is superseded already would have two successors. */
function warnRetired(retired: WrittenDecision['retired']): Diagnostic[] {
  const successor = retired?.supersededBy?.find(({ target }) => target !== null)?.target;
  if (!retired || retired.state !== 'superseded' || !successor) return [];
  const { path, line } = retired.place;
  return [{ rule: 'retired-decision-cited', level: 'warning', message: `${retired.id} is superseded already, by ${successor}`, place: { path, line }, related: [], entry: retired.id, next: `docket show ${successor}`, fixable: false }];
}
