import { Failure } from '../../contract/failure.ts';
import { scopeOf, type InScope } from '../../git/scope/scope.ts';
import type { Docket } from '../../ledger/open-docket.ts';
import { judgeReproduction } from '../../repro/judge/judge-reproduction.ts';
import type { Judgement } from '../../repro/judge/types.ts';
import { readReceipt } from '../../repro/receipts/read-receipt.ts';
import type { RecordReceipt } from '../../repro/receipts/types.ts';
import { scriptOf, type Step } from '../../repro/types.ts';
import { makeMasker, type Masker } from '../mask-secrets.ts';
import { findMutations, placeSteps } from '../place-steps.ts';
import { planRun, type RunPlan } from '../plan.ts';
import { readCode } from '../read-code.ts';
import { defaultLimitMs } from '../record/record.ts';
import { refuseManual } from '../refuse-manual.ts';
import { requireConsent, type Consenting } from '../require-consent.ts';
import { runInSession } from '../run-in-session.ts';
import type { TimedRun } from '../run-reproduction.ts';
import type { Subject } from '../subject.ts';

/** How a reproduction is run again. */
export interface ReplayRequest {
  /** In a fresh clone, as on another machine; else with the objects of this one. */
  cold: boolean;
  /** Only what shows whether it passes now: setup, green, teardown. */
  greenOnly: boolean;
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
}

/** What a replay of these would execute. One digest stands for all of them. */
export function planReplay(docket: Docket, subject: Subject, greenOnly = false): { plan: RunPlan; masker: Masker } {
  const { reproduction } = subject.found;
  const steps = stepsOf(reproduction.steps, greenOnly);
  const masker = makeMasker(process.env, steps.map(scriptOf));
  return { plan: planRun({ steps, meta: reproduction.meta, prepare: docket.ledger.config.prepare, masker }), masker };
}

function stepsOf(steps: readonly Step[], greenOnly: boolean): Step[] {
  return greenOnly ? steps.filter(({ role }) => role === 'setup' || role === 'green' || role === 'teardown') : [...steps];
}

/**
 * Runs reproductions again, one after the other, and holds each against its contract; believes nothing that a receipt says of the outcome. Nothing
 * is executed before all of them are consented to. Throws a `Failure` of kind consent where one may not be executed, of kind inconclusive where
 * nobody may execute it.
 */
export async function replay(docket: Docket, subjects: readonly Subject[], request: ReplayRequest): Promise<Replayed[]> {
  for (const subject of subjects) await consentTo(docket, subject, request);
  const replayed: Replayed[] = [];
  for (const subject of subjects) {
    replayed.push(await replayOne(docket, subject, request));
    if (replayed.at(-1)?.aborted === true) break;
  }
  return replayed;
}

async function consentTo(docket: Docket, subject: Subject, request: ReplayRequest): Promise<void> {
  refuseUnreadable(subject);
  const { entry, found: { reproduction: { meta } } } = subject;
  const { plan } = planReplay(docket, subject, request.greenOnly);
  await requireConsent(docket.repository, plan, request.consent, `a replay of ${entry.id}`);
  if (meta.replay === 'never' || meta.replay === 'manual') throw new Failure('inconclusive', `${entry.id} says replay=${meta.replay}, so it is not started.`, { next: 'Run its steps by hand, and write what you saw.' });
  refuseManual(plan);
}

async function replayOne(docket: Docket, subject: Subject, request: ReplayRequest): Promise<Replayed> {
  const { repository, ledger: { config } } = docket;
  const { meta, steps: written } = subject.found.reproduction;
  const { masker } = planReplay(docket, subject, request.greenOnly);
  const receipt = readRecord(subject);
  const inScope = scopeOf(receipt?.scope ?? (meta.inputs.length > 0 ? meta.inputs : config.inputs));
  const steps = stepsOf(written, request.greenOnly);
  const { placed, code } = await placeCode(docket, { steps, inScope, receipt: request.greenOnly ? null : receipt });
  const mutations = await findMutations({ repository, steps, inScope }, placed, subject.patches, request.cold);
  const { runs, aborted } = await runInSession({
    repository, steps, commits: placed.commits, head: placed.head, overlay: request.cold || code.dirty.length === 0 ? [] : code.changed, mutations, kind: request.cold ? 'cold' : 'shared',
    prepare: config.prepare, limitMs: meta.timeoutMs ?? defaultLimitMs, env: meta.env, masker, redactions: config.redactions, progress: request.progress,
  }, 1);
  const judgement = judgeReproduction(steps, runs, config.redactions);
  const isHead = request.cold || code.dirty.length === 0;
  return { subject, steps, runs, judgement, receipt, commit: isHead ? placed.head : null, tree: isHead ? code.committed : code.tree, aborted };
}

/** A line that was not understood may be the one that counts. */
function refuseUnreadable({ entry, found }: Subject): void {
  const [problem] = found.reproduction.problems;
  const { path } = entry.place;
  if (problem) throw new Failure('usage', `${path}:${problem.line}: ${problem.message}`, { place: { path, line: Math.max(1, problem.line) }, next: 'Write the line in the notation, then run the same command again.' });
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
