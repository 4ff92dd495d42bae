import { Failure } from '../../contract/failure.ts';
import type { Pen } from '../../edits/writer/pen.ts';
import type { Docket } from '../../ledger/open-docket.ts';
import type { CiRun } from '../../repro/receipts/types.ts';
import { queueWithNeeds } from '../needs.ts';
import type { RunPlan } from '../plan.ts';
import { sealReceipt } from '../record/seal-receipt.ts';
import type { Consenting } from '../require-consent.ts';
import { findSubjects, readSubject, type Subject } from '../subject.ts';
import { planReplay, replay, type Replayed } from './replay.ts';
import { writeReplay, type WrittenReplay } from './write-replay.ts';

/** How a build is asked to attest. */
export interface AttestRequest {
  ci: CiRun;
  consent: Consenting;
  /** Without a network, as `replay --isolate`. */
  isolate: boolean;
  /** File of the SSH key that seals the receipts; null: they are not. */
  sealWith: string | null;
  progress: (line: string) => void;
  now: Date;
}

/** What is to be replayed, and what nobody may start. */
export interface Attestable {
  subjects: Subject[];
  skipped: { reproduction: string; why: string }[];
}

/** What one of them would execute. */
export type PlannedReplay = RunPlan & { reproduction: string; needs: string[] };

/** A replay and its receipt; null where it came to no end. */
export interface Attested {
  replayed: Replayed;
  written: WrittenReplay | null;
}

/**
 * The recorded reproductions that some names mean; all that are in force without any. What was named has to be recorded and startable; of all of them those that
 * are not to be started are passed over, aloud. Throws a usage failure for what is not there, or was never recorded.
 */
export async function findAttestable(docket: Docket, names: readonly string[]): Promise<Attestable> {
  if (names.length > 0) {
    const subjects = (await Promise.all(names.map((name) => findSubjects(docket, name)))).flat();
    const bare = subjects.find(({ entry }) => !isRecorded(entry));
    if (bare) throw new Failure('usage', `${bare.entry.id} was never recorded, so that there is nothing to attest.`, { place: { path: bare.entry.place.path, line: bare.entry.place.line }, next: `docket record ${bare.entry.id.slice(bare.entry.id.indexOf('/') + 1)}` });
    return { subjects: [...new Map(subjects.map((subject) => [subject.entry.id, subject])).values()], skipped: [] };
  }
  const entries = docket.ledger.entries.filter((entry) => entry.kind === 'reproduction' && entry.place.rev === null && entry.notation === 'strict' && isRecorded(entry));
  const all = await Promise.all(entries.map((entry) => readSubject(docket, entry)));
  const found: Attestable = { subjects: [], skipped: [] };
  for (const subject of all) {
    const queue = await queueWithNeeds(docket, [subject]);
    const [why] = queue.flatMap((queued) => whyNotStarted(docket, queued.subject) ?? []);
    if (why === undefined) found.subjects.push(subject);
    else found.skipped.push({ reproduction: subject.entry.id, why });
  }
  return found;
}

/** The plans of these and of what they need, in the order in which they would be run. */
export async function planAttest(docket: Docket, subjects: readonly Subject[], isolate: boolean): Promise<PlannedReplay[]> {
  const queue = await queueWithNeeds(docket, subjects);
  return queue.map(({ subject, needs }) => Object.assign({ reproduction: subject.entry.id, needs: [...needs] }, planReplay(docket, subject, { greenOnly: false, isolate }).plan));
}

function isRecorded({ recording }: Subject['entry']): boolean {
  return recording !== undefined && recording.receipt !== null && recording.state !== 'superseded';
}

function whyNotStarted(docket: Docket, subject: Subject): string | null {
  const { replay: how } = subject.found.reproduction.meta;
  if (how === 'never' || how === 'manual') return `${subject.entry.id} says replay=${how}`;
  const step = planReplay(docket, subject, { greenOnly: false }).plan.steps.find((each) => each.class === 'manual');
  return step === undefined ? null : `a command of ${subject.entry.id} (${step.role}) is not started: ${step.reasons.join('; ')}`;
}

/**
 * Replays each of them cold and writes what came of it as the receipt of a build. Nothing is executed before all are consented to. Throws as `replay` does, and a
 * usage failure for a key that cannot sign, before anything is run.
 */
export async function attest(pen: Pen, subjects: readonly Subject[], { ci, consent, isolate, sealWith, progress, now }: AttestRequest): Promise<Attested[]> {
  const seal = sealWith === null ? null : (sum: string): string => sealReceipt(sealWith, sum);
  seal?.('a trial');
  const attested: Attested[] = [];
  for (const replayed of await replay(pen.docket, subjects, { cold: true, greenOnly: false, isolate, consent, progress })) {
    const { receipt, judgement, aborted, asked } = replayed;
    const ended = receipt !== null && !aborted && asked && judgement.verdict !== 'inconclusive';
    attested.push({ replayed, written: ended ? await writeReplay(pen, replayed, receipt, { by: 'ci', now, ci, ...(seal === null ? {} : { seal }) }) : null });
  }
  return attested;
}
