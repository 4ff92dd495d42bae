import { outcomeOf } from '../judge/step-outcome.ts';
import type { Redactions } from '../match/compile-pattern.ts';
import type { Reproduction, Step } from '../types.ts';
import { commandDigest, contractDigest, sha256 } from './digests.ts';
import { outputsOf } from './record-output.ts';
import type { OutputSource } from './record-output.ts';
import { judgeReceipt, restoreRuns } from './restore-runs.ts';
import type { ReadReceipt } from './read-receipt.ts';
import type { RecordedStep, RecordReceipt } from './types.ts';

/** intact: fence and receipt say the same · stale-contract: the fence was edited, harmlessly · tampered: the receipt does not belong to it. */
export interface Verification {
  readonly state: 'intact' | 'tampered' | 'stale-contract';
  readonly why: readonly string[];
}

/** What a receipt is held against. */
export interface Recorded {
  readonly reproduction: Reproduction;
  /** The body of its fence, as it stands. */
  readonly body: string;
  readonly evidence: OutputSource;
  readonly redactions: Redactions;
  /** The phase of the document that it stands in; left out where that is not known. */
  readonly phase?: string;
}

/**
 * Holds a receipt against the fence above it. It is `tampered` when it was edited, stands beside another reproduction,
 * when a command is not the recorded one, or the contract no longer accepts what was recorded; an edited fence of which
 * none of this is true is `stale-contract`. Says nothing about who wrote the receipt.
 */
export function verifyReceipt(read: Extract<ReadReceipt, { ok: true }>, recorded: Recorded): Verification {
  const { receipt } = read;
  if (receipt.kind !== 'record') return tampered(['it is the receipt of a replay']);
  const foreign = [...whyForeign(read.sumHolds, receipt, recorded.reproduction), ...whyOtherPhase(receipt, recorded)];
  if (foreign.length > 0) return tampered(foreign);
  const contradictions = whyContradicted(receipt, recorded);
  if (contradictions.length > 0) return tampered(contradictions);
  const edited = whyEdited(receipt, recorded);
  return edited.length > 0 ? { state: 'stale-contract', why: edited } : { state: 'intact', why: [] };
}

function tampered(why: readonly string[]): Verification {
  return { state: 'tampered', why };
}

function whyForeign(sumHolds: boolean, receipt: RecordReceipt, reproduction: Reproduction): string[] {
  const { steps } = reproduction;
  return [
    ...(sumHolds ? [] : ['its digest is not that of its text']),
    ...(receipt.id === reproduction.meta.id ? [] : [`it is the receipt of ${receipt.id}, not of ${reproduction.meta.id ?? 'a reproduction without a name'}`]),
    ...(receipt.steps.length === steps.length ? [] : [`it has ${String(receipt.steps.length)} steps, the fence has ${String(steps.length)}`]),
    ...receipt.steps.flatMap((step, index) => whyOtherStep(step, steps[index])),
    ...receipt.steps.flatMap(outputsOf).flatMap((output) => (output.text === null || sha256(output.text) === output.sha256 ? [] : ['a recorded output is not that of its digest'])),
  ];
}

/** A gate's name says nothing without its phase: every phase may have an M1. */
function whyOtherPhase({ phase: own }: RecordReceipt, { phase }: Recorded): string[] {
  if (phase === undefined || phase === '-' || own === undefined || own === null || own === '-' || own === phase) return [];
  return [`it was recorded in phase ${own}, and stands in phase ${phase}`];
}

function whyOtherStep(recorded: RecordedStep, step: Step | undefined): string[] {
  if (step === undefined) return [];
  const line = `line ${String(step.line)}`;
  return [
    ...(recorded.command === commandDigest(step) ? [] : [`${line}: the command is not the recorded one`]),
    ...(recorded.role === step.role ? [] : [`${line}: recorded as ${recorded.role}, written as ${step.role}`]),
    ...(recorded.patch === step.patch ? [] : [`${line}: recorded with ${recorded.patch ?? 'no patch'}, written with ${step.patch ?? 'none'}`]),
    ...(isOtherCommit(recorded.at, step.at) ? [`${line}: recorded at ${recorded.at ?? 'the working tree'}, written at ${step.at ?? ''}`] : []),
  ];
}

/** Only a written sha can be compared without asking git. */
function isOtherCommit(recorded: string | null, written: string | null): boolean {
  return written !== null && /^[0-9a-f]{7,64}$/.test(written) && !(recorded ?? '').startsWith(written);
}

/** Where recorded output and contract part although they agreed when it was recorded. */
function whyContradicted(receipt: RecordReceipt, recorded: Recorded): string[] {
  const { reproduction: { steps }, evidence, redactions } = recorded;
  const { run, lost } = restoreRuns(receipt, evidence);
  const parted = receipt.steps.flatMap((step, index) => {
    const contract = steps[index];
    const own = run.steps[index] ?? null;
    if (contract === undefined || own === null || step.outcome !== 'match') return [];
    const outcome = outcomeOf(contract, own, redactions);
    return outcome.outcome === 'match' ? [] : [`line ${String(outcome.difference?.line ?? contract.line)}: the recorded output does not satisfy it: ${outcome.why}`];
  });
  if (parted.length > 0 || lost.length === 0) return parted.length > 0 ? parted : whyNotProven(receipt, recorded);
  return isEdited(receipt, recorded) ? ['the fence was edited and a recorded output is lost, so that it cannot be judged again'] : [];
}

/** A receipt that claims to be proven has to be so by what it holds. An edited fence may change the verdict. */
function whyNotProven(receipt: RecordReceipt, recorded: Recorded): string[] {
  if (receipt.verdict !== 'proven' || isEdited(receipt, recorded)) return [];
  const { verdict, why } = judgeReceipt(recorded.reproduction.steps, receipt, recorded.evidence, recorded.redactions);
  return verdict === 'proven' ? [] : [`it says proven, and what it holds is ${verdict}: ${why.join('; ')}`];
}

function isEdited(receipt: RecordReceipt, recorded: Recorded): boolean {
  return receipt.contract !== contractDigest(recorded.body);
}

function whyEdited(receipt: RecordReceipt, recorded: Recorded): string[] {
  const { meta } = recorded.reproduction;
  return [
    ...(isEdited(receipt, recorded) ? ['the fence was edited after recording'] : []),
    ...(receipt.claim === meta.claim ? [] : [`recorded for ${receipt.claim ?? 'no claim'}, written for ${meta.claim ?? 'none'}`]),
    ...(meta.inputs.length === 0 || sameList(receipt.scope, meta.inputs) ? [] : [`recorded over ${receipt.scope.join(', ')}, written for ${meta.inputs.join(', ')}`]),
  ];
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
