import type { Recording } from '../../contract/schema/entry.ts';
import type { DraftRecording } from '../../documents/reading.ts';
import type { Redactions } from '../../repro/match/compile-pattern.ts';
import { readReproduction } from '../../repro/read-reproduction.ts';
import { readReceipt } from '../../repro/receipts/read-receipt.ts';
import type { OutputSource } from '../../repro/receipts/record-output.ts';
import { judgeReceipt } from '../../repro/receipts/restore-runs.ts';
import type { RecordReceipt } from '../../repro/receipts/types.ts';
import { verifySeal } from '../../repro/receipts/verify-seal.ts';
import { verifyReceipt } from '../../repro/receipts/verify-receipt.ts';

/** A receipt held against the fence above it, alone: what stands elsewhere in the document may still refuse it. */
export interface JudgedRecording {
  recording: Omit<Recording, 'line'>;
  prev: string | null;
  /** Outputs that stand in files of their own, by digest: those that were read, and those that were not there. */
  used: string[];
  lost: string[];
}

/** Holds a receipt against its fence and judges what it recorded. `phase` is that of its document, `evidence` gives outputs that stand in files. Pure. */
export function judgeRecording(text: NonNullable<DraftRecording['text']>, phase: string, evidence: OutputSource, redactions: Redactions): JudgedRecording {
  const used = new Set<string>();
  const lost = new Set<string>();
  const source: OutputSource = (digest) => {
    const output = evidence(digest);
    (output === null ? lost : used).add(digest);
    return output;
  };
  const judged = judge(text, phase, source, redactions);
  return { ...judged, used: [...used], lost: [...lost] };
}

type Judged = Pick<JudgedRecording, 'recording' | 'prev'>;

function judge({ fence, receipt }: NonNullable<DraftRecording['text']>, phase: string, evidence: OutputSource, redactions: Redactions): Judged {
  const read = readReceipt(receipt ?? '');
  const reproduction = readReproduction(fence);
  if (read === null || !read.ok || reproduction === null) return { recording: { ...nothing, why: [read?.ok === false ? read.message : 'there is no receipt'] }, prev: null };
  if (read.receipt.kind !== 'record') return { recording: { ...nothing, state: 'tampered', why: ['the receipt beside it is that of a replay'] }, prev: null };
  const { state, why } = verifyReceipt(read, { reproduction, body: fence.body, phase, evidence, redactions });
  const judgement = judgeReceipt(reproduction.steps, read.receipt, evidence, redactions);
  const reasons = state === 'intact' ? judgement.why : why;
  return { recording: { ...factsOf(read.receipt), state, verdict: judgement.verdict, why: [...reasons] }, prev: read.receipt.prev };
}

const nothing: JudgedRecording['recording'] = {
  state: 'unreadable', verdict: 'inconclusive', why: [], receipt: null, time: null, commit: null, tree: null, scope: [], dirty: [], base: null, env: null, runs: 0, attempts: 0, seal: null,
};

function factsOf(receipt: RecordReceipt): Omit<JudgedRecording['recording'], 'state' | 'verdict' | 'why'> {
  const { sum, time, commit, tree, scope, dirty, base, env, runs, attempts, seal } = receipt;
  return { seal: seal === null ? null : (verifySeal(seal, sum) ?? { key: 'unknown', valid: false }), receipt: sum, time, commit, tree, scope: [...scope], dirty: [...dirty], base, env: { ...env, passed: [...env.passed] }, runs, attempts };
}
