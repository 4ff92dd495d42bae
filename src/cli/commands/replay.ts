import { readingOptions, type Pen } from '../../edits/writer/pen.ts';
import type { Docket } from '../../ledger/open-docket.ts';
import { renderPlans } from '../../reports/run-text.ts';
import { openIsolation } from '../../runner/isolate.ts';
import { queueWithNeeds } from '../../runner/needs.ts';
import { planReplay, replay, type Replayed } from '../../runner/replay/replay.ts';
import { writeReplay, type WrittenReplay } from '../../runner/replay/write-replay.ts';
import { findSubjects, type Subject } from '../../runner/subject.ts';
import { isGiven, valueOf, type Invocation } from '../invocation.ts';
import { answer, type Outcome } from '../outcome.ts';
import { describeReplays, type ReplayResult } from '../replay-answers.ts';
import { followProgress, readConsenting } from '../run-answers.ts';
import { openPenFor } from '../write.ts';

/** `docket replay NAME|GATE [--cold] [--isolate] [--plan] [--bisect]`. */
export async function run(invocation: Invocation): Promise<Outcome> {
  const { arguments: [wanted = ''], options, globals } = invocation;
  const [isBisect, isPlan, isolate] = [isGiven(options, '--bisect'), isGiven(options, '--plan'), isGiven(options, '--isolate')];
  if (isBisect && !isPlan) return (await import('../replay-bisect.ts')).replayForBisect(invocation);
  const pen = await openPenFor(invocation);
  const docket = await docketOf(pen, globals.dir, valueOf(options, '--from'));
  const subjects = await findSubjects(docket, wanted);
  if (isPlan) return answerPlans(docket, subjects, { greenOnly: isBisect, isolate });
  const cold = isGiven(options, '--cold');
  const results: ReplayResult[] = [];
  for (const replayed of await replay(pen.docket, subjects, { cold, greenOnly: false, isolate, consent: readConsenting(options), progress: followProgress(globals) })) {
    results.push({ replayed, written: cold ? await keep(pen, replayed) : null });
  }
  return describeReplays(results, { cold, dryRun: pen.options.dryRun, wanted });
}

/** The block as it stands at a revision, for code that is older than it. */
async function docketOf(pen: Pen, dir: string, from: string | null): Promise<Docket> {
  if (from === null) return pen.docket;
  const { openDocket } = await import('../../ledger/open-docket.ts');
  return openDocket(dir, { at: from, ...readingOptions(pen.options) });
}

/** Only a cold replay that came to an end, of what was recorded and asked for, leaves a receipt. */
async function keep(pen: Pen, replayed: Replayed): Promise<WrittenReplay | null> {
  const { receipt, judgement, aborted, asked } = replayed;
  if (receipt === null || aborted || !asked || judgement.verdict === 'inconclusive') return null;
  // Whoever does not say who they are counts for the side that recorded it.
  return writeReplay(pen, replayed, receipt, { by: pen.role ?? 'builder', now: new Date() });
}

async function answerPlans(docket: Docket, subjects: readonly Subject[], how: { greenOnly: boolean; isolate: boolean }): Promise<Outcome> {
  // What the plan says of the network has been tried.
  if (how.isolate) (await openIsolation()).close();
  const queue = await queueWithNeeds(docket, subjects);
  const shown = queue.map(({ subject, needs }) => Object.assign({ reproduction: subject.entry.id, needs: [...needs] }, planReplay(docket, subject, how).plan));
  const first = shown[queue.findIndex(({ asked }) => asked)];
  const next = shown.filter(({ asks }) => asks).map(({ digest }) => `docket consent add ${digest}`);
  return answer({ data: { plan: first ?? null, plans: shown }, render: renderPlans, next });
}
