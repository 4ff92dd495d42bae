import { mkdirSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { version } from '../../contract/version.ts';
import { createDocument } from '../../edits/replace-document.ts';
import { diffOfFile } from '../../edits/unified-diff.ts';
import { readTarget } from '../../edits/writer/check-target.ts';
import { composeEntry } from '../../edits/writer/compose-heading.ts';
import type { Pen } from '../../edits/writer/pen.ts';
import { appendText } from '../../edits/writer/place-text.ts';
import { writeDocument } from '../../edits/writer/write-document.ts';
import { findPhaseDocument } from '../../edits/writers/find-document.ts';
import { evidenceFolder } from '../../ledger/sources/select-files.ts';
import { receiptSum } from '../../repro/receipts/digests.ts';
import type { CiRun, RecordReceipt, ReplayReceipt } from '../../repro/receipts/types.ts';
import { completeReplay, printReceipt, printReceiptJson } from '../../repro/receipts/write-receipt.ts';
import { environmentFacts } from '../record/make-receipt.ts';
import type { Replayed } from './replay.ts';

/** Who replayed it, and when. */
export interface ReplaySigner {
  by: ReplayReceipt['by'];
  now: Date;
  /** The build that did it. */
  ci?: CiRun;
  /** Signs the sum of the receipt. */
  seal?: (sum: string) => string;
}

/** The receipt of a cold replay, and where it was (or would be) written. */
export interface WrittenReplay {
  receipt: ReplayReceipt;
  path: string;
  diff: string;
}

/**
 * Writes the receipt of a cold replay, each role into its own files: the Adversary's into REVIEW, below a heading that begins with the gate, that of
 * any other into a file of its own. It proves nothing to who does not trust its writer.
 */
export async function writeReplay(pen: Pen, replayed: Replayed, recorded: RecordReceipt, { by, now, ci, seal }: ReplaySigner): Promise<WrittenReplay> {
  const draft = {
    v: 1 as const, kind: 'replay' as const, id: recorded.id, of: recorded.sum, by, ...(ci === undefined ? {} : { ci }), cold: true, tool: { name: 'docket', version }, time: `${now.toISOString().slice(0, 19)}Z`, commit: replayed.commit, tree: replayed.tree,
    env: environmentFacts(replayed.subject.found.reproduction.meta.env), verdict: replayed.judgement.verdict, prev: recorded.sum, ...(replayed.isolated ? { isolated: true } : {}),
    steps: replayed.judgement.steps.map(({ role, outcome }) => ({ role, outcome })),
  };
  const receipt = completeReplay(draft, seal?.(receiptSum(draft)) ?? null);
  return by === 'adversary' ? writeReview(pen, replayed, receipt) : writeFile(pen, receipt);
}

async function writeReview(pen: Pen, { subject: { entry } }: Replayed, receipt: ReplayReceipt): Promise<WrittenReplay> {
  const gate = entry.gate === undefined ? '' : `${entry.gate} — `;
  const heading = `## ${gate}replayed ${receipt.id} cold @${receipt.time.slice(0, 16)}Z, ${receipt.verdict}, no verdict`;
  const written = await writeDocument(pen, {
    ...findPhaseDocument(pen, 'review', entry.phase),
    plan: (page) => [{ splices: [appendText(page, composeEntry(heading, printReceipt(receipt)))], entry: { kind: 'note', judge: () => null }, gates: entry.gate === undefined ? [] : [entry.gate] }],
  });
  return { receipt, path: written.path, diff: written.diff };
}

function writeFile({ docket: { repository }, options }: Pen, receipt: ReplayReceipt): WrittenReplay {
  const path = `${evidenceFolder}/${receipt.by === 'ci' ? 'attest' : 'replay'}-${receipt.id.replace(/[^\w.-]/g, '_')}-${receipt.sum.slice(0, 12)}.json`;
  const bytes = Buffer.from(`${printReceiptJson(receipt)}\n`);
  if (!options.dryRun) {
    const folder = join(repository.root, evidenceFolder);
    if (!existsSync(folder)) mkdirSync(folder);
    if (readTarget(repository.root, path) === null) createDocument(repository.root, path, bytes);
  }
  return { receipt, path, diff: diffOfFile(path, null, bytes) };
}
