import { findEvidence, type FoundReproduction } from '../../documents/evidence/find-evidence.ts';
import { readOutline } from '../../documents/outline/read-outline.ts';
import { readSource, type Source } from '../../documents/outline/source.ts';
import { splitNote } from '../../repro/notation/read-note.ts';
import { printInfo } from '../../repro/notation/print-reproduction.ts';
import { readRoleHead } from '../../repro/notation/read-role-head.ts';
import type { Observation, Reproduction } from '../../repro/types.ts';
import type { Shield } from './shield.ts';

/**
 * The text of a document as the Adversary is handed it, line by line at its place: of a hidden journal the reproductions that a claim cites, and empty lines
 * for all else; of other documents everything but the comments, role texts and notes of recorded reproductions.
 */
export async function hideText(path: string, bytes: Uint8Array, { documents, journals, shown }: Shield): Promise<Uint8Array> {
  if (!documents.has(path)) return bytes;
  const source = readSource(bytes);
  const { reproductions } = findEvidence((await readOutline(source)).blocks);
  const isJournal = journals.has(path);
  const kept = reproductions.filter(({ code, reproduction }) => (isJournal ? (shown.get(path) ?? []).includes(code.line) : reproduction.notation === 'strict'));
  if (!isJournal && kept.length === 0) return bytes;
  const lines = isJournal ? Array.from({ length: source.lines }, () => '') : linesOf(source);
  for (const found of kept) for (const [line, text] of reduced(found, source)) lines[line - 1] = text;
  return Buffer.from(`${lines.join('\n')}\n`);
}

function linesOf(source: Source): string[] {
  return Array.from({ length: source.lines }, (_, index) => lineOf(source, index + 1));
}

function lineOf(source: Source, line: number): string {
  return source.sliceLines(line, line).replace(/[\r\n]+$/u, '');
}

/** The same for a text without a document, such as the part of a claim: its recorded reproductions without what explains them. */
export function hideRemarks(text: string): string {
  let fence: string | null = null;
  const shown = text.split('\n').map((line) => {
    const marks = /^\s*([`~]{3,})(.*)$/u.exec(line);
    if (fence === null) {
      if (marks !== null && /\brepro\b/u.test(marks[2] ?? '')) fence = marks[1] ?? null;
      return line;
    }
    if (marks?.[2]?.trim() === '' && (marks[1] ?? '').startsWith(fence)) {
      fence = null;
      return line;
    }
    return strictLine(line.trimStart());
  });
  return shown.join('\n');
}

/** The lines of a fence, and of the receipt behind it, without what explains them. */
function reduced(found: FoundReproduction, source: Source): Map<number, string> {
  const { code, reproduction, receipt } = found;
  const [open, close] = [lineOf(source, code.line), lineOf(source, code.endLine)];
  const lines = new Map<number, string>();
  for (let line = code.line; line <= code.endLine; line += 1) lines.set(line, '');
  const marks = /^(.*?)([`~]{3,})/u.exec(open);
  const [indent, fence] = [marks?.[1] ?? '', marks?.[2] ?? '```'];
  const info = reproduction.notation === 'strict' ? printInfo(reproduction.lang, reproduction.meta) : (reproduction.lang ?? '');
  lines.set(code.line, `${indent}${fence}${info}`);
  const body = reproduction.notation === 'strict' ? strictBody(source, code.bodyLine, code.endLine) : looseBody(reproduction);
  for (const [line, text] of body) lines.set(line, text === '' ? '' : `${indent}${text}`);
  if (/^[\s>]*[`~]{3,}\s*$/u.test(close)) lines.set(code.endLine, close);
  const last = receipt?.endLine ?? code.endLine;
  for (let line = code.endLine + 1; line <= last; line += 1) lines.set(line, lineOf(source, line));
  return lines;
}

/** Commands and what they have to print; of a comment only that it names a role. */
function strictBody(source: Source, from: number, to: number): Map<number, string> {
  const lines = new Map<number, string>();
  for (let line = from; line < to; line += 1) lines.set(line, strictLine(lineOf(source, line).trimStart()));
  return lines;
}

function strictLine(text: string): string {
  if (/^[$>](?:\s|$)/u.test(text)) return text;
  if (text.startsWith('#')) return roleLine(text.slice(1));
  if (!text.startsWith('→')) return '';
  const { text: observed, note } = splitNote(text);
  return `${observed}${note === null || note.verdict === null ? '' : ` ← ${note.verdict === 'fails' ? 'FAILS' : 'PASSES'}`}`;
}

function roleLine(comment: string): string {
  const head = readRoleHead(comment);
  if (head === null) return '';
  return `# ${head.role}${head.at === null ? '' : ` @${head.at}`}${head.patch === null ? '' : ` +${head.patch}`}`;
}

/** What of a block that was written by hand was understood as commands and outputs. */
function looseBody({ steps }: Reproduction): Map<number, string> {
  const lines = new Map<number, string>();
  for (const { commands, observations } of steps) {
    for (const { text, line } of commands) for (const [index, part] of text.split('\n').entries()) lines.set(line + index, `${index === 0 ? '$' : '>'} ${part}`);
    for (const observation of observations) for (const [index, part] of observation.text.split('\n').entries()) lines.set(observation.line + index, `${index === 0 ? arrowOf(observation) : ''}${part}`);
  }
  return lines;
}

function arrowOf({ stream, mode }: Observation): string {
  return `→${stream === 'stderr' ? '2' : ''}${mode === 'status' ? '?' : ''} `;
}
