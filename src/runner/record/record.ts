import { Failure } from '../../contract/failure.ts';
import type { Pen } from '../../edits/writer/pen.ts';
import { digestOfFence } from '../../documents/recognise/reproductions.ts';
import { scopeOf } from '../../git/scope/scope.ts';
import { judgeReproduction } from '../../repro/judge/judge-reproduction.ts';
import type { Judgement } from '../../repro/judge/types.ts';
import { printFence } from '../../repro/notation/print-reproduction.ts';
import type { Unstable } from '../../repro/propose/propose-contract.ts';
import type { Evidence } from '../../repro/receipts/record-output.ts';
import { scriptOf, type Meta, type Step } from '../../repro/types.ts';
import { openIsolation } from '../isolate.ts';
import { makeMasker, type Masker } from '../mask-secrets.ts';
import { findNeeds, queueWithNeeds, type Queued } from '../needs.ts';
import { findMutations, placeSteps, type PlacedSteps } from '../place-steps.ts';
import { planRun, type RunPlan } from '../plan.ts';
import { readCode, type CodeState } from '../read-code.ts';
import { consentToAll, holds, planReplay, replayQueue, type ReplayRequest } from '../replay/replay.ts';
import { refuseManual } from '../refuse-manual.ts';
import { requireConsent, type Consenting } from '../require-consent.ts';
import { runInSession } from '../run-in-session.ts';
import { defaultLimitMs, type TimedRun } from '../run-reproduction.ts';
import { beginAttempt, endAttempts } from './attempts.ts';
import { chooseGate, type ChosenGate } from './choose-gate.ts';
import { draftReceipt } from './make-receipt.ts';
import { readRecordable, type Recordable, type RecordSource } from './read-source.ts';
import { sealReceipt } from './seal-receipt.ts';
import { contractAsWritten, contractFromRuns, maskStep, type SettledContract } from './settle-contract.ts';
import { writeRecording, type WrittenRecording } from './write-recording.ts';

/** How a recording is asked for. */
export interface RecordRequest {
  name: string;
  phase: string | null;
  /** `M1` or `PHASE/M1`; null leaves what the block says. */
  claim: string | null;
  source: RecordSource;
  base: string | null;
  /** What the command line says of the info string; what it leaves out stays as the block has it. */
  meta: Partial<Pick<Meta, 'timeoutMs' | 'inputs' | 'env'>>;
  times: number;
  allowDirty: boolean;
  /** File of the SSH key that signs the receipt; left out: it is not sealed. */
  seal?: string | null;
  /** Without a network; what is installed before has one. Left out: with one. */
  isolate?: boolean;
  planOnly: boolean;
  consent: Consenting;
  progress: (line: string) => void;
  now: Date;
}

/** What came of it. Only `recorded` has written anything. */
export type Recorded =
  | { kind: 'planned'; plan: RunPlan; needs: { reproduction: string; plan: RunPlan }[] }
  | { kind: 'dirty'; paths: string[] }
  | { kind: 'aborted' }
  /** What it needs does not hold, so it was not run. */
  | { kind: 'unmet'; need: string; verdict: string }
  | ({ kind: 'recorded'; steps: readonly Step[]; runs: TimedRun[]; judgement: Judgement; unstable: Unstable[]; written: WrittenRecording } & ChosenGate);

interface Work {
  pen: Pen;
  request: RecordRequest;
  recordable: Recordable;
  chosen: ChosenGate;
  meta: Meta;
  masker: Masker;
  scope: readonly string[];
}

/**
 * Runs a reproduction and writes it with its receipt, whatever comes out. Nothing of the checkout, its references, stash or configuration is touched
 * but the journal and the files of long outputs. Throws a usage failure for what cannot be run, and one of kind consent where it may not be.
 */
export async function record(pen: Pen, request: RecordRequest): Promise<Recorded> {
  if (request.isolate === true) (await openIsolation()).close();
  const work = await prepareWork(pen, request);
  const { recordable, meta, masker } = work;
  const { repository, ledger } = pen.docket;
  const isolated = request.isolate === true;
  const plan = planRun({ steps: recordable.steps, meta, prepare: ledger.config.prepare, isolated, masker });
  // What was typed is consented to; what the configuration would have run besides is not.
  const asked = request.source.kind === 'typed' ? planRun({ steps: [], meta: { env: [], replay: null }, prepare: ledger.config.prepare, isolated, masker }) : plan;
  const needs = await queueNeeds(work);
  if (request.planOnly) return { kind: 'planned', plan: { ...plan, digest: asked.digest }, needs: needs.map(({ subject }) => ({ reproduction: subject.entry.id, plan: planReplay(pen.docket, subject, { greenOnly: false, isolate: isolated }).plan })) };
  await requireConsent(repository, asked, request.consent, `docket record ${request.name}`);
  refuseManual(plan);
  await consentToAll(pen.docket, needs, needsRequest(request));
  // Tried before anything is run: a key that cannot sign would cost the whole run.
  sealOf(request)?.('a trial');
  const inScope = scopeOf(work.scope);
  const placed = await placeSteps({ repository, steps: recordable.steps, inScope, base: request.base, landing: ledger.config.landing, recorded: null });
  const code = await readCode(repository, placed.head, inScope);
  if (code.dirty.length > 0 && !request.allowDirty) return { kind: 'dirty', paths: code.dirty };
  return (await replayNeeds(work, needs)) ?? runAndWrite(work, placed, code);
}

/** What has to hold before this is worth running, in its order. */
async function queueNeeds({ pen: { docket }, recordable: { standing }, chosen, meta }: Work): Promise<Queued[]> {
  const id = `reproduction:${chosen.phase}/${meta.id ?? ''}`;
  const needs = await findNeeds(docket, { id: standing?.entry.id ?? id, phase: chosen.phase, place: standing?.entry.place ?? null }, meta.needs);
  return queueWithNeeds(docket, needs, [standing?.entry.id ?? id]);
}

async function replayNeeds({ pen: { docket }, request }: Work, needs: readonly Queued[]): Promise<Recorded | null> {
  const replayed = await replayQueue(docket, needs, needsRequest(request));
  if (replayed.some(({ aborted }) => aborted)) return { kind: 'aborted' };
  const unmet = replayed.find((need) => !holds(need));
  return unmet === undefined ? null : { kind: 'unmet', need: unmet.subject.entry.id, verdict: unmet.judgement.verdict };
}

function needsRequest({ isolate = false, consent, progress }: RecordRequest): ReplayRequest {
  return { cold: false, greenOnly: false, isolate, consent, progress };
}

async function prepareWork(pen: Pen, request: RecordRequest): Promise<Work> {
  const { ledger } = pen.docket;
  const recordable = await readRecordable(pen.docket, request.name, request.source);
  if (recordable.steps.every(({ commands }) => commands.length === 0)) throw new Failure('usage', `${request.name} has no command to run.`, { next: 'docket record --help' });
  const masker = makeMasker(process.env, recordable.steps.map(scriptOf));
  for (const step of recordable.steps) await masker.learn(scriptOf(step));
  refuseStanding(request, recordable, masker);
  const chosen = chooseGate(pen, request, recordable);
  const hidden = recordable.steps.some((step) => masker.holds(scriptOf(step)));
  const meta: Meta = { ...recordable.meta, ...request.meta, claim: chosen.gate, ...(hidden ? { replay: 'never' as const } : {}) };
  const scope = meta.inputs.length > 0 ? meta.inputs : ledger.config.inputs;
  return { pen, request, recordable, chosen, meta, masker, scope };
}

/** What stands in the journal is never rewritten: where that would be needed, it is refused. */
function refuseStanding({ source, name }: RecordRequest, { standing, steps, hasContract }: Recordable, masker: Masker): void {
  if (standing === null) return;
  const { path, line } = standing.entry.place;
  const place = { path, line };
  if (source.kind !== 'standing' && standing.found.receipt === null) {
    throw new Failure('usage', `${path}:${line} holds a reproduction called ${name} that was never recorded; another of that name would stand beside it.`, { place, next: `docket record ${name}` });
  }
  const bare = source.kind === 'standing' && standing.found.receipt === null && !hasContract;
  if (bare) throw new Failure('usage', `${path}:${line} does not say what its commands have to print.`, { place, next: 'Write it below each command, such as `→? 0`, or give the commands as options under another name.' });
  const secret = source.kind === 'standing' ? steps.find((step) => masker.holds(scriptOf(step))) : undefined;
  if (secret !== undefined) throw new Failure('usage', `${path}:${secret.line} holds a secret in a command.`, { place: { path, line: secret.line }, next: 'Take it out, revoke it, and pass it by env=NAME.' });
}

async function runAndWrite(work: Work, placed: PlacedSteps, code: CodeState): Promise<Recorded> {
  const { pen, request, recordable, chosen, meta, masker } = work;
  const { repository, ledger: { config } } = pen.docket;
  const { steps } = recordable;
  const mutations = await findMutations({ repository, steps, inScope: scopeOf(work.scope) }, placed, recordable.patches, false);
  const name = `${chosen.phase}/${meta.id ?? ''}`;
  const attempts = await beginAttempt(repository, name, (sum) => pen.docket.ledger.entries.some(({ recording }) => recording?.receipt === sum));
  const { runs, aborted } = await runInSession({
    repository, steps, commits: placed.commits, head: placed.head, overlay: code.dirty.length > 0 ? code.changed : [], mutations, kind: 'shared', prepare: config.prepare,
    limitMs: meta.timeoutMs ?? defaultLimitMs, isolate: request.isolate === true, env: meta.env, masker, redactions: config.redactions, progress: request.progress,
  }, request.times);
  if (aborted) return { kind: 'aborted' };
  const shown = steps.map((step, index) => maskStep(request.source.kind === 'standing' ? step : pinRevision(step, placed.commits[index]), masker));
  const settled = recordable.hasContract ? contractAsWritten(shown, meta) : contractFromRuns(shown, runs, meta, config.redactions);
  const judgement = judgeReproduction(settled.steps, runs, config.redactions);
  const written = await write(work, { placed, code, settled, runs, judgement, attempts });
  if (!pen.options.dryRun) await endAttempts(repository, name, written.receipt.sum);
  return { kind: 'recorded', ...chosen, steps: settled.steps, runs, judgement, unstable: settled.unstable, written };
}

/** What is written anew names commits, not `HEAD~1`, which is another one tomorrow. */
function pinRevision(step: Step, commit: string | undefined): Step {
  return step.at === null || commit === undefined ? step : { ...step, at: commit.slice(0, 12) };
}

interface Result {
  placed: PlacedSteps;
  code: CodeState;
  settled: SettledContract;
  runs: TimedRun[];
  judgement: Judgement;
  attempts: number;
}

async function write({ pen, request, recordable, chosen, meta, masker, scope }: Work, { placed, code, settled, runs, judgement, attempts }: Result): Promise<WrittenRecording> {
  const standing = standsAsItIs(request, recordable, meta) ? recordable.standing : null;
  const isDirty = code.dirty.length > 0;
  const evidence: Evidence = new Map();
  // The receipt says what its own fence says: `claim=PHASE/GATE` stays as it is written there.
  const own = standing === null ? meta : standing.found.reproduction.meta;
  const draft = draftReceipt({
    steps: settled.steps, meta: own, phase: chosen.phase, body: standing?.found.fence.body ?? settled.body, runs, judgement, attempts, time: request.now, isolated: request.isolate === true,
    commits: placed.commits.map((commit) => (isDirty && commit === placed.head ? null : commit)),
    code: { commit: placed.head, tree: code.tree, scope, dirty: code.dirty.map((path) => masker.mask(path)), base: placed.base },
  }, evidence);
  return writeRecording(pen, {
    ...chosen, draft, judgement, evidence, seal: sealOf(request),
    fence: standing === null ? printFence({ lang: 'console', meta, steps: settled.steps }) : null,
    standing: standing === null ? null : { path: standing.entry.place.path, digest: digestOfFence(standing.found.fence, null) },
  });
}

function sealOf({ seal }: RecordRequest): ((sum: string) => string) | null {
  return seal === undefined || seal === null ? null : (sum) => sealReceipt(seal, sum);
}

/** Whether the receipt goes behind the fence that stands there: it has none yet, brings its contract, and is run as it says. */
function standsAsItIs({ source }: RecordRequest, { standing, hasContract, meta: written }: Recordable, meta: Meta): boolean {
  return source.kind === 'standing' && hasContract && standing?.found.receipt === null && JSON.stringify({ ...written, claim: meta.claim }) === JSON.stringify(meta) && isSameClaim(written.claim, meta.claim);
}

function isSameClaim(written: string | null, gate: string | null): boolean {
  return written === null ? gate === null : written.slice(written.lastIndexOf('/') + 1) === gate;
}
