import { ciVariables, detectCi } from '../../agents/ci/detect-ci.ts';
import { exitCode } from '../../contract/exit-codes.ts';
import { Failure } from '../../contract/failure.ts';
import type { Diagnostic } from '../../contract/schema/envelope.ts';
import type { Pen } from '../../edits/writer/pen.ts';
import { quoteWord } from '../../queries/shell-word.ts';
import { renderPlans, renderReplays } from '../../reports/run-text.ts';
import type { View } from '../../reports/view.ts';
import { openIsolation } from '../../runner/isolate.ts';
import { attest, findAttestable, planAttest, type Attestable, type Attested } from '../../runner/replay/attest.ts';
import { isGiven, valueOf, valuesOf, type Invocation } from '../invocation.ts';
import { answer, type Outcome } from '../outcome.ts';
import { judgeReplays, type JudgedReplays } from '../replay-answers.ts';
import { followProgress } from '../run-answers.ts';
import { openPenFor } from '../write.ts';

/** `docket attest [NAME…] [--plan] [--consent DIGEST] [--isolate] [--seal KEYFILE]`. */
export async function run(invocation: Invocation): Promise<Outcome> {
  const { arguments: names, options, globals } = invocation;
  const planOnly = isGiven(options, '--plan');
  const isolate = isGiven(options, '--isolate');
  const ci = detectCi(process.env);
  if (ci === null && !planOnly) {
    throw new Failure('usage', `docket attest runs inside a build, and this is none: none of ${ciVariables} is set.`, { next: names[0] === undefined ? 'docket attest --plan' : `docket replay ${quoteWord(names[0])} --cold` });
  }
  const pen = await openPenFor(invocation);
  const found = await findAttestable(pen.docket, names);
  if (planOnly || ci === null) return answerPlans(pen, found, isolate);
  // Nobody sits at a build; a variable of it that is empty is no consent.
  const consent = { digests: valuesOf(options, '--consent').filter((digest) => digest !== ''), canAsk: false };
  const results = await attestHere(pen, found.subjects, { ci, consent, isolate, sealWith: valueOf(options, '--seal'), progress: followProgress(globals), now: new Date() });
  const judged = judgeReplays(results, true);
  const { replays: attested, own: [first], diagnostics } = judged;
  const { dryRun } = pen.options;
  return answer({
    data: { receipt: first?.receipt ?? null, verdict: first === undefined ? null : judged.verdict, attested, skipped: found.skipped, ci, dryRun },
    render: renderAttested,
    exitCode: judged.exitCode,
    diagnostics: [...diagnostics, ...found.skipped.map(passOver)],
    next: nextOf(judged, dryRun),
    notes: first === undefined ? ['nothing is recorded that could be attested'] : [],
  });
}

/** What a build may execute is said on its own command line: what is consented to on one machine is forgotten with it. */
async function attestHere(...[pen, subjects, request]: Parameters<typeof attest>): Promise<Attested[]> {
  try {
    return await attest(pen, subjects, request);
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== 'consent') throw error;
    const digests = new Set((await planAttest(pen.docket, subjects, request.isolate)).filter(({ asks }) => asks).map(({ digest }) => digest));
    throw new Failure('consent', error.message, { next: `docket attest --consent ${[...digests].join(',')}`, place: error.place });
  }
}

function nextOf({ replays, exitCode: code }: JudgedReplays, dryRun: boolean): string[] {
  const written = dryRun ? [] : replays.flatMap(({ receipt }) => (receipt === null ? [] : [receipt.path]));
  if (written.length === 0 || code === exitCode.no) return [];
  return [`git add ${written.map((path) => quoteWord(`:/${path}`)).join(' ')} && git commit -m 'review: attested by the build'`];
}

function passOver({ reproduction, why }: Attestable['skipped'][number]): Diagnostic {
  return { rule: 'unsafe-replay', level: 'warning', message: `${reproduction} was not attested: ${why}`, place: null, related: [], entry: reproduction, next: 'Prove the same with a stub on loopback, inside the tree.', fixable: false };
}

async function answerPlans({ docket }: Pen, { subjects, skipped }: Attestable, isolate: boolean): Promise<Outcome> {
  // What the plan says of the network has been tried.
  if (isolate) (await openIsolation()).close();
  const plans = await planAttest(docket, subjects, isolate);
  const digests = [...new Set(plans.filter(({ asks }) => asks).map(({ digest }) => digest))];
  return answer({ data: { plan: plans[0] ?? null, plans }, render: renderPlans, diagnostics: skipped.map(passOver), next: digests.length === 0 ? [] : [`docket attest --consent ${digests.join(',')}`] });
}

function renderAttested({ attested }: { attested: JudgedReplays['replays'] }, view: View): string {
  return attested.length === 0 ? 'nothing to attest\n' : renderReplays({ replays: attested }, view);
}
