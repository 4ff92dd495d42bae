import { Buffer } from 'node:buffer';
import { existsSync, lstatSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../contract/failure.ts';
import type { Draft } from '../../documents/reading.ts';
import { createDocument } from '../../edits/replace-document.ts';
import { endsLine, lineEndOf, withLineEnds } from '../../edits/line-ends.ts';
import { readTarget } from '../../edits/writer/check-target.ts';
import { composeEntry, datedHeadings, firstOf, judgeTitle, spellings } from '../../edits/writer/compose-heading.ts';
import type { OpenPage } from '../../edits/writer/open-page.ts';
import type { Pen } from '../../edits/writer/pen.ts';
import type { Plan } from '../../edits/writer/plan.ts';
import { appendText } from '../../edits/writer/place-text.ts';
import { writeDocument, type Written } from '../../edits/writer/write-document.ts';
import { findPhaseDocument } from '../../edits/writers/find-document.ts';
import { evidenceFolder, recordFolder } from '../../ledger/sources/select-files.ts';
import type { Judgement } from '../../repro/judge/types.ts';
import { readReceipt } from '../../repro/receipts/read-receipt.ts';
import type { Evidence } from '../../repro/receipts/record-output.ts';
import { printSummary } from '../../repro/receipts/summary-line.ts';
import type { RecordReceipt } from '../../repro/receipts/types.ts';
import { completeRecord, printReceipt } from '../../repro/receipts/write-receipt.ts';

/** A recording that is ready to be written. */
export interface Recording {
  phase: string;
  gate: string | null;
  /** The whole fence; null where it stands in the journal already and only the receipt is to be put behind it. */
  fence: string | null;
  /** The fence that stands there, by the digest of its text. */
  standing: { path: string; digest: string } | null;
  draft: Omit<RecordReceipt, 'sum' | 'seal' | 'prev'>;
  judgement: Judgement;
  evidence: Evidence;
  seal: ((sum: string) => string) | null;
}

export interface WrittenRecording extends Written {
  receipt: RecordReceipt;
  /** Files of long outputs that were written. */
  files: string[];
}

/**
 * Writes a recording into the journal of its phase, block and receipt in one: behind the fence that stands there, else as an entry of its own at the
 * end. Long outputs are written before, each in a file that is named by its digest.
 */
export async function writeRecording(pen: Pen, recording: Recording): Promise<WrittenRecording> {
  let receipt: RecordReceipt | null = null;
  const files = pen.options.dryRun ? [] : writeEvidence(pen, recording.evidence);
  const document = recording.standing === null ? findPhaseDocument(pen, 'journal', recording.phase) : { path: recording.standing.path, preamble: null };
  const written = await writeDocument(pen, {
    ...document,
    plan: (page) => {
      receipt = complete(recording, page);
      return recording.fence === null ? insertReceipt(page, recording, receipt) : appendRecording(page, recording, receipt, recording.fence);
    },
  });
  if (receipt === null) throw new Error('nothing was planned');
  return { ...written, receipt, files };
}

/** The receipt with its predecessor: the last one that stands in the document now. */
function complete({ draft, seal }: Recording, page: OpenPage): RecordReceipt {
  const sums = page.reading.drafts.flatMap(({ recording }) => {
    const read = readReceipt(recording?.text?.receipt ?? '');
    return read?.ok === true && read.receipt.kind === 'record' ? [read.receipt.sum] : [];
  });
  const bare = completeRecord({ ...draft, prev: sums.at(-1) ?? null });
  return seal === null ? bare : { ...bare, seal: seal(bare.sum) };
}

function blockOf({ judgement }: Recording, receipt: RecordReceipt): string {
  return `${printSummary(receipt, judgement.steps)}\n\n${printReceipt(receipt)}`;
}

function appendRecording(page: OpenPage, recording: Recording, receipt: RecordReceipt, fence: string): Plan[] {
  const title = `Recorded ${receipt.id}${recording.gate === null ? '' : ` for ${recording.gate}`}, ${receipt.verdict}`;
  return datedHeadings(2, `${receipt.time.slice(0, 16)}Z`, spellings(title)).map((heading) => ({
    splices: [appendText(page, composeEntry(heading, fence.trimEnd(), blockOf(recording, receipt)))],
    entry: { kind: 'journal', judge: (draft) => firstOf(judgeTitle(draft, title), draft.phase === recording.phase ? null : `its phase would read ${draft.phase}`) },
    gates: recording.gate === null ? [] : [recording.gate],
  }));
}

function insertReceipt(page: OpenPage, recording: Recording, receipt: RecordReceipt): Plan[] {
  const own = page.reading.drafts.find((draft) => draft.recording?.digest === recording.standing?.digest);
  if (own === undefined) throw new Failure('locked', `${page.path} was edited while ${receipt.id} was run; nothing was written`, { place: { path: page.path, line: 1 }, next: 'Run the same command again.' });
  const holder = page.reading.drafts.find((draft) => draft.kind === 'journal' && draft.line <= own.line && own.endLine <= draft.endLine);
  if (holder === undefined) throw new Failure('usage', `${page.path}:${own.line} stands in no journal entry, so that its receipt would belong to nobody; nothing was written`, { place: { path: page.path, line: own.line }, next: 'Move the fence below a heading that begins with a date.' });
  const { source } = page;
  const ended = endsLine(source, own.endLine);
  const start = source.byteOffsetOfLine(own.endLine + 1);
  const followed = own.endLine < source.lines && source.sliceLines(own.endLine + 1, own.endLine + 1).trim() !== '';
  const text = `${ended ? '' : '\n'}\n${blockOf(recording, receipt)}\n${followed ? '\n' : ''}`;
  return [{
    splices: [{ start, end: start, text: withLineEnds(text, lineEndOf(source)) }],
    entry: { kind: 'journal', judge: (draft) => (draft.title === holder.title ? null : `its title would read "${draft.title}"`) },
    touched: touchedBy(page, own, holder),
  }];
}

function touchedBy(page: OpenPage, own: Draft, holder: Draft): Draft[] {
  return page.reading.drafts.filter((draft) => draft === own || draft === holder);
}

/** The names of the files that hold outputs; they are never changed, so one that is there is whole. */
function writeEvidence({ docket: { repository } }: Pen, evidence: Evidence): string[] {
  const files: string[] = [];
  for (const [digest, text] of evidence) {
    const path = `${evidenceFolder}/${digest}.txt`;
    const folder = join(repository.root, evidenceFolder);
    if (lstatSync(join(repository.root, recordFolder), { throwIfNoEntry: false })?.isDirectory() === true && !existsSync(folder)) mkdirSync(folder);
    if (readTarget(repository.root, path) === null) createDocument(repository.root, path, Buffer.from(text, 'utf8'));
    files.push(path);
  }
  return files;
}
