import { exitCode, type ExitCode } from '../../contract/exit-codes.ts';
import { Failure } from '../../contract/failure.ts';
import type { Diagnostic } from '../../contract/schema/envelope.ts';
import type { Pen } from '../../edits/writer/pen.ts';
import type { Docket } from '../../ledger/open-docket.ts';
import { quoteWord } from '../../queries/shell-word.ts';
import { renderPlans, renderReplays } from '../../reports/run-text.ts';
import { planReplay, replay, type Replayed } from '../../runner/replay/replay.ts';
import { writeReplay, type WrittenReplay } from '../../runner/replay/write-replay.ts';
import { findSubjects, type Subject } from '../../runner/subject.ts';
import { isGiven, valueOf, type Invocation } from '../invocation.ts';
import { answer, type Outcome } from '../outcome.ts';
import { describeSteps, describeVerdict, exitOfVerdict, followProgress, readConsenting, type RunStep } from '../run-answers.ts';
import { openPenFor } from '../write.ts';

/** `docket replay NAME|GATE [--cold] [--plan] [--bisect]`. */
export async function run(invocation: Invocation): Promise<Outcome> {
  if (!isGiven(invocation.options, '--bisect')) return replayAll(invocation);
  try {
    const outcome = await replayAll(invocation);
    // What could not be run says nothing of this commit: git bisect skips it.
    return outcome.exitCode === exitCode.undetermined ? { ...outcome, exitCode: exitCode.bisectSkip } : outcome;
  } catch (error) {
    // git bisect would take any lower code for a bad commit.
    if (error instanceof Failure) throw new Failure('bisect', error.message, { next: error.next, place: error.place });
    throw error;
  }
}

async function replayAll(invocation: Invocation): Promise<Outcome> {
  const { arguments: [wanted = ''], options, globals } = invocation;
  const pen = await openPenFor(invocation);
  const docket = await docketOf(pen, globals.dir, valueOf(options, '--from'));
  const subjects = await findSubjects(docket, wanted);
  const greenOnly = isGiven(options, '--bisect');
  if (isGiven(options, '--plan')) return answerPlans(docket, subjects, greenOnly);
  const cold = isGiven(options, '--cold');
  const results: Result[] = [];
  for (const replayed of await replay(pen.docket, subjects, { cold, greenOnly, consent: readConsenting(options), progress: followProgress(globals) })) {
    results.push({ replayed, written: await keep(pen, replayed, cold && !greenOnly) });
  }
  return describe(results, { cold, dryRun: pen.options.dryRun, wanted });
}

interface Result {
  replayed: Replayed;
  written: WrittenReplay | null;
}

/** The block as it stands at a revision, for code that is older than it. */
async function docketOf(pen: Pen, dir: string, from: string | null): Promise<Docket> {
  if (from === null) return pen.docket;
  const { openDocket } = await import('../../ledger/open-docket.ts');
  return openDocket(dir, { at: from });
}

/** Only a cold replay that came to an end, of what was recorded, leaves a receipt. */
async function keep(pen: Pen, replayed: Replayed, cold: boolean): Promise<WrittenReplay | null> {
  const { receipt, judgement, aborted } = replayed;
  if (!cold || receipt === null || aborted || judgement.verdict === 'inconclusive') return null;
  // Whoever does not say who they are counts for the side that recorded it.
  return writeReplay(pen, replayed, receipt, pen.role ?? 'builder', new Date());
}

function answerPlans(docket: Docket, subjects: readonly Subject[], greenOnly: boolean): Outcome {
  const plans = subjects.map((subject) => ({ reproduction: subject.entry.id, ...planReplay(docket, subject, greenOnly).plan }));
  const [first] = plans;
  const next = plans.filter(({ asks }) => asks).map(({ digest }) => `docket consent add ${digest}`);
  return answer({ data: { plan: first ?? null, plans }, render: renderPlans, next });
}

interface DescribedReplay {
  reproduction: string;
  verdict: string;
  judgement: string;
  cold: boolean;
  commit: string | null;
  why: string[];
  steps: RunStep[];
  receipt: { sum: string; of: string; by: string; path: string } | null;
  diff: string;
}

function describe(results: readonly Result[], { cold, dryRun, wanted }: { cold: boolean; dryRun: boolean; wanted: string }): Outcome {
  const replays = results.map((result) => describeOne(result, cold));
  const [first] = replays;
  const worst = replays.reduce<ExitCode>((code, _, index) => worseOf(code, exitOf(results[index])), exitCode.yes);
  const written = results.flatMap(({ written: each }) => (each === null || dryRun ? [] : [each.path]));
  return answer({
    data: { ...first, verdict: verdictOfAll(replays), replays },
    render: renderReplays,
    exitCode: worst,
    diagnostics: results.flatMap(diagnosticsOf),
    next: written.length > 0 ? [`git add ${written.map((path) => quoteWord(`:/${path}`)).join(' ')} && git commit -m ${quoteWord(`review: ${wanted} replayed cold`)}`] : worst === exitCode.yes && !cold ? [`docket replay ${quoteWord(wanted)} --cold`] : [],
  });
}

function describeOne({ replayed, written }: Result, cold: boolean): DescribedReplay {
  const { subject, judgement, steps, runs, commit } = replayed;
  return {
    reproduction: subject.entry.id, verdict: verdictOf(replayed), judgement: judgement.verdict, cold, commit, why: [...judgement.why], steps: describeSteps(steps, judgement, runs),
    receipt: written === null ? null : { sum: written.receipt.sum, of: written.receipt.of, by: written.receipt.by, path: written.path }, diff: written?.diff ?? '',
  };
}

/** `mismatch`: it was recorded as proven, and comes out otherwise now. */
function verdictOf({ judgement, receipt, aborted, steps }: Replayed): string {
  if (aborted) return 'inconclusive';
  if (isGreenOnly(steps)) return judgement.steps.every(({ verdict }) => verdict === 'accepted') ? 'green' : judgement.steps.some(({ verdict }) => verdict === 'inconclusive') ? 'inconclusive' : 'not-green';
  return receipt?.verdict === 'proven' && !['proven', 'inconclusive', 'flaky'].includes(judgement.verdict) ? 'mismatch' : judgement.verdict;
}

function isGreenOnly(steps: Replayed['steps']): boolean {
  return steps.every(({ role }) => role === 'setup' || role === 'green' || role === 'teardown');
}

function exitOf(result: Result | undefined): ExitCode {
  const verdict = result === undefined ? 'inconclusive' : verdictOf(result.replayed);
  if (verdict === 'green') return exitCode.yes;
  return verdict === 'mismatch' || verdict === 'not-green' ? exitCode.no : exitOfVerdict(verdict === 'proven' ? 'proven' : verdict === 'inconclusive' ? 'inconclusive' : 'not-green');
}

function worseOf(a: ExitCode, b: ExitCode): ExitCode {
  const order: ExitCode[] = [exitCode.yes, exitCode.undetermined, exitCode.no];
  return order.indexOf(b) > order.indexOf(a) ? b : a;
}

function verdictOfAll(replays: readonly DescribedReplay[]): string {
  return replays.find(({ verdict }) => verdict !== 'proven' && verdict !== 'green')?.verdict ?? replays[0]?.verdict ?? 'inconclusive';
}

function diagnosticsOf({ replayed }: Result): Diagnostic[] {
  const { subject: { entry }, judgement } = replayed;
  const { path, line } = entry.place;
  const verdict = verdictOf(replayed);
  if (verdict === 'green') return [];
  const found = describeVerdict(judgement, { path, line }, entry.id, `docket show ${quoteWord(entry.id)}`);
  return verdict === 'mismatch' ? found.map((diagnostic) => (diagnostic.rule === judgement.verdict ? { ...diagnostic, rule: 'mismatch', level: 'error' as const } : diagnostic)) : found;
}
