import type { Entry, Step } from '../contract/schema/entry.ts';
import type { Diagnostic } from '../contract/schema/envelope.ts';
import { findEvidence } from '../documents/evidence/find-evidence.ts';
import { lintDocument, type LintedReproduction, type ProsePart } from '../documents/evidence/lint-document.ts';
import { readOutline } from '../documents/outline/read-outline.ts';
import { readSource } from '../documents/outline/source.ts';
import { stepsOf } from '../documents/recognise/reproductions.ts';
import type { Ledger, LedgerDocument } from '../ledger/ledger.ts';
import type { KnownOutputs } from '../repro/lint/find-paraphrases.ts';
import type { LintFinding } from '../repro/lint/types.ts';
import { readReceipt } from '../repro/receipts/read-receipt.ts';
import { inlineOutputs } from '../repro/receipts/record-output.ts';
import type { RecordReceipt } from '../repro/receipts/types.ts';
import { scriptOf } from '../repro/types.ts';
import { defaultLevel } from '../rules/rule-ids.ts';
import { describeRecording } from './describe-recording.ts';

/** A reproduction with what it lacks, as `docket repro lint` gives it. */
export interface LintedEntry {
  id: string;
  notation: 'strict' | 'loose';
  level: string;
  /** `unrecorded` where no receipt stands beside it. */
  verdict: string;
  place: Entry['place'];
  steps: Step[];
  findings: Diagnostic[];
}

export interface EvidenceLint {
  reproductions: LintedEntry[];
  findings: Diagnostic[];
}

/** What the reproductions of these documents lack, and what their prose only reasons. Executes nothing. Documents whose text is not given are left out. */
export async function lintEvidence(ledger: Ledger, documents: readonly LedgerDocument[], texts: ReadonlyMap<string, Uint8Array>): Promise<EvidenceLint> {
  const pages = await Promise.all(documents.flatMap((document) => {
    const bytes = texts.get(document.path);
    return bytes === undefined ? [] : [readPage(ledger, document, bytes)];
  }));
  const known = knownOutputs(pages);
  const lint: EvidenceLint = { reproductions: [], findings: [] };
  for (const { document, entries, source, blocks, parts } of pages) {
    const found = lintDocument({ blocks, source, parts, redactions: ledger.config.redactions, known });
    for (const reproduction of found.reproductions) {
      const linted = lintedEntry(document, entries, reproduction);
      if (linted !== null) lint.reproductions.push(linted);
    }
    const prose = found.findings.map((finding) => toDiagnostic(finding, document.path, holderOf(entries, finding.line)?.id ?? null));
    lint.findings.push(...prose, ...lint.reproductions.filter(({ place }) => place.path === document.path).flatMap(({ findings }) => findings));
  }
  lint.findings.sort(inOrder);
  return lint;
}

interface ReadPage {
  document: LedgerDocument;
  entries: readonly Entry[];
  source: ReturnType<typeof readSource>;
  blocks: Awaited<ReturnType<typeof readOutline>>['blocks'];
  parts: ProsePart[];
}

async function readPage(ledger: Ledger, document: LedgerDocument, bytes: Uint8Array): Promise<ReadPage> {
  const source = readSource(bytes);
  const { blocks } = await readOutline(source);
  const entries = ledger.entries.filter(({ place }) => place.path === document.path && place.rev === null);
  const parts = entries.filter(({ kind }) => kind === 'journal' || kind === 'claim').map(({ place }) => ({ line: place.line, endLine: place.endLine }));
  return { document, entries, source, blocks, parts };
}

/** What commands printed when they were recorded, by their script. */
function knownOutputs(pages: readonly ReadPage[]): KnownOutputs {
  const known = new Map<string, string[]>();
  for (const { blocks } of pages) {
    for (const { reproduction, receipt: text } of findEvidence(blocks).reproductions) {
      const receipt = readRecord(text?.text ?? null);
      const outputs = inlineOutputs(receipt?.steps ?? []);
      for (const [index, step] of reproduction.steps.entries()) {
        const output = outputs.get(receipt?.steps[index]?.run?.stdout.sha256 ?? '');
        if (output !== undefined) known.set(scriptOf(step), [...(known.get(scriptOf(step)) ?? []), output]);
      }
    }
  }
  return known;
}

function readRecord(text: string | null): RecordReceipt | null {
  const read = text === null ? null : readReceipt(text);
  return read?.ok === true && read.receipt.kind === 'record' ? read.receipt : null;
}

function holderOf(entries: readonly Entry[], line: number): Entry | undefined {
  return entries.find(({ kind, place }) => kind !== 'reproduction' && place.line <= line && line <= place.endLine);
}

function lintedEntry(document: LedgerDocument, entries: readonly Entry[], { found, findings }: LintedReproduction): LintedEntry | null {
  const entry = entries.find(({ kind, place }) => kind === 'reproduction' && place.line === found.code.line);
  if (entry === undefined) return null;
  const own = findings.map((finding) => toDiagnostic(finding, document.path, entry.id, entry.recording === undefined));
  return {
    id: entry.id,
    notation: found.reproduction.notation,
    level: entry.level ?? 'claimed',
    verdict: entry.recording === undefined ? 'unrecorded' : entry.recording.state === 'intact' ? entry.recording.verdict : entry.recording.state,
    place: entry.place,
    steps: stepsOf(found.reproduction),
    findings: [...own, ...describeRecording(entry)].toSorted(inOrder),
  };
}

/** What was never recorded is no false proof: no finding about it is an error. */
function toDiagnostic({ rule: found, line, endLine, message, next }: LintFinding, path: string, entry: string | null, unrecorded = false): Diagnostic {
  const known = defaultLevel(found);
  const rule = known === null ? 'repro-notation' : found;
  const level = known ?? 'warning';
  return { rule, level: unrecorded && level === 'error' ? 'warning' : level, message, place: { path, line, endLine }, related: [], entry, next, fixable: false };
}


function inOrder(a: Diagnostic, b: Diagnostic): number {
  const [left, right] = [a.place, b.place];
  if (left === null || right === null) return Number(left === null) - Number(right === null);
  return left.path < right.path ? -1 : left.path > right.path ? 1 : left.line - right.line;
}
