import type { Entry } from '../../contract/schema/entry.ts';
import type { Diagnostic } from '../../contract/schema/envelope.ts';
import type { DocumentPen } from '../../edits/writer/pen.ts';
import { warnFuture, warnNewPhase } from '../../edits/writer/warn.ts';
import { readWrittenDate } from '../../edits/writer/written-date.ts';
import { addDecision, readDecisionState } from '../../edits/writers/add-decision.ts';
import { findTarget } from '../../edits/writers/find-target.ts';
import { valueOf, type Invocation } from '../invocation.ts';
import type { Outcome } from '../outcome.ts';
import { answerWritten, openDocumentPenFor, openPenFor, readGivenBody, requireValue } from '../write.ts';

/** `docket decide --phase P --title T [--supersedes ID] [--state STATE]`. */
export async function run(invocation: Invocation): Promise<Outcome> {
  const { options, globals } = invocation;
  const title = requireValue(invocation, '--title');
  const state = readDecisionState(valueOf(options, '--state'));
  const date = valueOf(options, '--date');
  const body = readGivenBody(options, globals.dir);
  const { pen, retired } = await openWith(invocation, valueOf(options, '--supersedes'));
  const written = await addDecision(pen, { phase: valueOf(options, '--phase'), title, date, supersedes: retired, state, body });
  const phase = written.entry?.phase ?? '-';
  const warnings = [...warnFuture(readWrittenDate(date), written.path), ...warnNewPhase(pen, phase, written.path), ...warnRetired(retired), ...tellRetired(written.entry, retired)];
  return answerWritten(pen, written, `decisions${phase === '-' ? '' : `(${phase})`}: ${title}`, warnings);
}

/** Entries are read only to find the one that is superseded. */
async function openWith(invocation: Invocation, supersedes: string | null): Promise<{ pen: DocumentPen; retired: Entry | null }> {
  if (supersedes === null) return { pen: await openDocumentPenFor(invocation), retired: null };
  const pen = await openPenFor(invocation);
  return { pen, retired: findTarget(pen, supersedes, ['decision']) };
}

/** Words of the title or the body may retire a decision too; who wrote them should know. */
function tellRetired(entry: Entry | null, retired: Entry | null): Diagnostic[] {
  const others = (entry?.supersedes ?? []).filter(({ target }) => target !== null && target !== retired?.id);
  return others.map(({ words, target }) => ({ rule: 'decision-retired', level: 'info', message: `its words "${words}" retire ${target}`, place: entry ? { path: entry.place.path, line: entry.place.line } : null, related: [], entry: entry?.id ?? null, next: `docket show ${target}`, fixable: false }));
}

/** A decision that is superseded already would have two successors. */
function warnRetired(retired: Entry | null): Diagnostic[] {
  const successor = retired?.supersededBy?.find(({ target }) => target !== null)?.target;
  if (!retired || retired.state !== 'superseded' || !successor) return [];
  const { path, line } = retired.place;
  return [{ rule: 'retired-decision-cited', level: 'warning', message: `${retired.id} is superseded already, by ${successor}`, place: { path, line }, related: [], entry: retired.id, next: `docket show ${successor}`, fixable: false }];
}
