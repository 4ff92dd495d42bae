import { Failure } from '../../contract/failure.ts';
import { scopeOf, type InScope } from '../../git/scope/scope.ts';
import type { Docket } from '../../ledger/open-docket.ts';
import { judgeReproduction } from '../../repro/judge/judge-reproduction.ts';
import type { Judgement } from '../../repro/judge/types.ts';
import { readReceipt } from '../../repro/receipts/read-receipt.ts';
import type { RecordReceipt } from '../../repro/receipts/types.ts';
import { scriptOf, type Step } from '../../repro/types.ts';
import { openIsolation } from '../isolate.ts';
import { makeMasker, type Masker } from '../mask-secrets.ts';
import { queueWithNeeds, type Queued } from '../needs.ts';
import { findMutations, placeSteps } from '../place-steps.ts';
import { planRun, type RunPlan } from '../plan.ts';
import { readCode } from '../read-code.ts';
import { refuseManual } from '../refuse-manual.ts';
import { requireConsent, type Consenting } from '../require-consent.ts';
import { runInSession } from '../run-in-session.ts';
import { defaultLimitMs, type TimedRun } from '../run-reproduction.ts';
import { refuseProblems, type Subject } from '../subject.ts';

/** How a reproduction is run again. */
export interface ReplayRequest {
  /** In a fresh clone, as on another machine; else with the objects of this one. */
  cold: boolean;
  /** Only what shows whether it passes now: setup, green, teardown. */
  greenOnly: boolean;
  /** Without a network; what is installed before has one. Left out: with one. */
  isolate?: boolean;
  consent: Consenting;
  progress: (line: string) => void;
}

/** What came of it. */
export interface Replayed {
  subject: Subject;
  steps: readonly Step[];
  runs: TimedRun[];
  judgement: Judgement;
  /** What it was recorded with; null where it never was, or the receipt cannot be read. */
  receipt: RecordReceipt | null;
  /** The commit that was tested, and its tree in scope; null with uncommitted changes. */
  commit: string | null;
  tree: string;
  aborted: boolean;
  isolated: boolean;
  /** It was asked for; else it was run because another needs it. */
  asked: boolean;
}

/** What a replay of it would execute. */
export function planReplay(docket: Docket, subject: Subject, { greenOnly, isolate = false }: Pick<ReplayRequest, 'greenOnly' | 'isolate'>): { plan: RunPlan; masker: Masker } {
  const { reproduction } = subject.found;
  const steps = stepsOf(reproduction.steps, greenOnly);
  const masker = makeMasker(process.env, steps.map(scriptOf));
  return { plan: planRun({ steps, meta: reproduction.meta, prepare: docket.ledger.config.prepare, isolated: isolate, masker }), masker };
}

function stepsOf(steps: readonly Step[], greenOnly: boolean): Step[] {
  return greenOnly ? steps.filter(({ role }) => role === 'setup' || role === 'green' || role === 'teardown') : [...steps];
}

/**
 * Runs reproductions again, one after the other and each after those that it needs, and holds each against its contract; believes nothing that a
 * receipt says of the outcome. Nothing is executed before all of them are consented to. One whose need does not hold is not run, and inconclusive.
 * Throws a `Failure` of kind consent where one may not be executed, of kind inconclusive where nobody may execute it or no network can be taken away.
 */
export async function replay(docket: Docket, subjects: readonly Subject[], request: ReplayRequest): Promise<Replayed[]> {
  return replayQueue(docket, await prepareReplay(docket, subjects, request), request);
}

/** Everything before the first command: the order, the consents, whether a network can be taken away. Throws as above. */
export async function prepareReplay(docket: Docket, subjects: readonly Subject[], request: ReplayRequest): Promise<Queued[]> {
  const queue = await queueWithNeeds(docket, subjects);
  await consentToAll(docket, queue, request);
  return queue;
}

/** Throws a `Failure` where one of these may not be executed as it is asked for. */
export async function consentToAll(docket: Docket, queue: readonly Queued[], request: ReplayRequest): Promise<void> {
  if (request.isolate === true) (await openIsolation()).close();
  for (const { subject } of queue) await consentTo(docket, subject, request);
}

/** Runs what has been consented to. */
export async function replayQueue(docket: Docket, queue: readonly Queued[], request: ReplayRequest): Promise<Replayed[]> {
  const replayed = new Map<string, Replayed>();
  for (const queued of queue) {
    const unmet = queued.needs.flatMap((id) => replayed.get(id) ?? []).find((need) => !holds(need));
    const done = await replayOne(docket, queued, request, unmet === undefined ? null : `it needs ${unmet.subject.entry.id}, which is ${unmet.judgement.verdict}`);
    replayed.set(queued.subject.entry.id, done);
    if (done.aborted) break;
  }
  return [...replayed.values()];
}

/** Whether a reproduction came out as it says: proven or, where nothing else was run of it, all that was run accepted. */
export function holds({ judgement: { verdict, steps }, aborted }: Pick<Replayed, 'judgement' | 'aborted'>): boolean {
  return !aborted && (verdict === 'proven' || (verdict === 'incomplete' && steps.length > 0 && steps.every((step) => step.verdict === 'accepted')));
}

async function consentTo(docket: Docket, subject: Subject, request: ReplayRequest): Promise<void> {
  refuseProblems(docket, subject.found.reproduction.problems, subject.entry.place.path);
  const { entry, found: { reproduction: { meta } } } = subject;
  const { plan } = planReplay(docket, subject, request);
  await requireConsent(docket.repository, plan, request.consent, `a replay of ${entry.id}`);
  if (meta.replay === 'never' || meta.replay === 'manual') throw new Failure('inconclusive', `${entry.id} says replay=${meta.replay}, so it is not started.`, { next: 'Run its steps by hand, and write what you saw.' });
  refuseManual(plan);
}

/** `unmet` says why it is not run at all. */
async function replayOne(docket: Docket, { subject, asked }: Queued, request: ReplayRequest, unmet: string | null): Promise<Replayed> {
  const { repository, ledger: { config } } = docket;
  const { meta, steps: written } = subject.found.reproduction;
  const { masker } = planReplay(docket, subject, request);
  const receipt = readRecord(subject);
  const inScope = scopeOf(receipt?.scope ?? (meta.inputs.length > 0 ? meta.inputs : config.inputs));
  const steps = stepsOf(written, request.greenOnly);
  const { placed, code } = await placeCode(docket, { steps, inScope, receipt: request.greenOnly ? null : receipt });
  const mutations = await findMutations({ repository, steps, inScope }, placed, subject.patches, request.cold);
  const { runs, aborted } = unmet !== null ? { runs: [skipAll(steps, unmet)], aborted: false } : await runInSession({
    repository, steps, commits: placed.commits, head: placed.head, overlay: request.cold || code.dirty.length === 0 ? [] : code.changed, mutations, kind: request.cold ? 'cold' : 'shared',
    prepare: config.prepare, limitMs: meta.timeoutMs ?? defaultLimitMs, isolate: request.isolate === true, env: meta.env, masker, redactions: config.redactions, progress: request.progress,
  }, 1);
  const judgement = judgeReproduction(steps, runs, config.redactions);
  const isHead = request.cold || code.dirty.length === 0;
  return { subject, steps, runs, judgement, receipt, commit: isHead ? placed.head : null, tree: isHead ? code.committed : code.tree, aborted, isolated: request.isolate === true, asked };
}

function skipAll(steps: readonly Step[], why: string): TimedRun {
  const skipped = { stdout: '', stderr: '', code: null, signal: null, timedOut: false, truncated: false, unusable: { outcome: 'skipped' as const, why } };
  return { steps: steps.map(({ commands }) => (commands.length === 0 ? null : skipped)), controls: steps.map(() => null), ms: steps.map(() => 0) };
}

function readRecord({ found }: Subject): RecordReceipt | null {
  const read = readReceipt(found.receipt?.text ?? '');
  return read?.ok === true && read.receipt.kind === 'record' ? read.receipt : null;
}

async function placeCode({ repository, ledger: { config } }: Docket, { steps, inScope, receipt }: { steps: readonly Step[]; inScope: InScope; receipt: RecordReceipt | null }) {
  const recorded = receipt !== null && receipt.steps.length === steps.length ? { base: receipt.base, commits: receipt.steps.map(({ at }) => at) } : null;
  const placed = await placeSteps({ repository, steps, inScope, base: receipt?.base?.commit ?? null, landing: config.landing, recorded });
  return { placed, code: await readCode(repository, placed.head, inScope) };
}
