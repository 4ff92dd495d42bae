import { mergeTexts, type MergeStyle, type Versions } from '../../git/merge-texts.ts';
import { lineEndOf } from '../line-ends.ts';
import type { PageOpener } from '../writer/open-page.ts';
import { findLoss } from './find-loss.ts';
import { mergeSequence, type MergeRules } from './merge-sequence.ts';
import { joinBlocks, type Merged, type Parts, type Piece } from './piece.ts';
import { splitDocument, type Division } from './split-document.ts';
import { unitePieces } from './unite-pieces.ts';

export interface MergeResult {
  /** Null where git takes one of the versions for binary: then ours stays. */
  bytes: Buffer | null;
  conflicts: number;
  /** How the texts were merged: by entries, or line by line as git does, and then why. */
  how: { by: 'entries' } | { by: 'lines'; why: string };
}

/**
 * Merges two versions of a docket document that both come from `base`: by sections and entries, so that what both sides added is kept, in the
 * order of its dates, ours first where they do not decide; identical additions once. Two edits of one entry are merged as git does, with git's
 * marks where they conflict; nothing conflicts that does not for git. Where the structure is not safe, or the result would not read back as the entries that went into it, the whole is
 * what `git merge-file` makes of it.
 */
export async function mergeDocument(path: string, versions: Versions, open: PageOpener, style: MergeStyle): Promise<MergeResult> {
  const { base, ours, theirs } = versions;
  if (isSame(ours, theirs) || isSame(base, theirs)) return { bytes: Buffer.from(ours), conflicts: 0, how: { by: 'entries' } };
  if (isSame(base, ours)) return { bytes: Buffer.from(theirs), conflicts: 0, how: { by: 'entries' } };
  const structured = await mergeByEntries(path, versions, open, style);
  if (typeof structured === 'string') return mergeByLines(versions, style, structured);
  if (structured.conflicts === 0) return structured;
  const plain = await mergeByLines(versions, style, 'line by line nothing conflicts');
  return plain.conflicts === 0 ? plain : structured;
}

/** What git makes of it without a driver of our own; where it takes a version for binary, that counts as one conflict. */
export async function mergeByLines(versions: Versions, style: MergeStyle, why: string): Promise<MergeResult> {
  const text = await mergeTexts(versions, style);
  return { bytes: text?.bytes ?? null, conflicts: text?.conflicts ?? 1, how: { by: 'lines', why } };
}

function isSame(one: Uint8Array, two: Uint8Array): boolean {
  return Buffer.from(one).equals(two);
}

async function mergeByEntries(path: string, versions: Versions, open: PageOpener, style: MergeStyle): Promise<MergeResult | string> {
  const divide: Divide = (bytes) => splitDocument(open, path, bytes);
  const [base, ours, theirs] = [await divide(versions.base), await divide(versions.ours), await divide(versions.theirs)];
  if (typeof base === 'string' || typeof ours === 'string' || typeof theirs === 'string') {
    return [base, ours, theirs].filter((each) => typeof each === 'string').join('; ');
  }
  const work: Work = { style, lineEnd: lineEndOf(ours.source.lines > 0 ? ours.source : theirs.source), conflicts: 0, united: { ours: [], theirs: [] } };
  const pieces = await mergeParts(work, { base: base.parts, ours: ours.parts, theirs: theirs.parts }, false);
  const bytes = assemble(work, pieces, { base, ours, theirs });
  const why = findLoss(versions, bytes) ?? (await findUnread(divide, bytes, work, { ours, theirs }));
  return why ?? { bytes, conflicts: work.conflicts, how: { by: 'entries' } };
}

interface Work {
  style: MergeStyle;
  lineEnd: string;
  conflicts: number;
  /** What was put beside pieces of the other side. */
  united: { ours: Piece[]; theirs: Piece[] };
}

interface ThreeParts {
  base: Parts | null;
  ours: Parts;
  theirs: Parts;
}

/** Merges a section: its own text, then the sections below it. `inEntry`: it belongs to an entry, so what both add to it meets in that entry. */
async function mergeParts(work: Work, { base, ours, theirs }: ThreeParts, inEntry: boolean): Promise<Merged[]> {
  const own = await mergeBlocks(work, { base: base?.blocks ?? [], ours: ours.blocks, theirs: theirs.blocks }, inEntry);
  const rules = rulesOf(work, (piece) => piece.isEntry || !inEntry);
  return [...own, ...(await mergeSequence(base?.children ?? [], ours.children, theirs.children, rules))];
}

interface ThreeBlocks {
  base: readonly Piece[];
  ours: readonly Piece[];
  theirs: readonly Piece[];
}

/** The own text of an entry is one; of a section that only holds entries, each block is merged by itself. */
function mergeBlocks(work: Work, { base, ours, theirs }: ThreeBlocks, inEntry: boolean): Promise<Merged[]> | Merged[] {
  if (!inEntry) return mergeSequence(base, ours, theirs, rulesOf(work, ({ isEntry }) => isEntry));
  const [o, a, b] = [joinBlocks(base), joinBlocks(ours), joinBlocks(theirs)];
  return mergeLeaf(work, [o], [a], [b]);
}

function rulesOf(work: Work, standsAlone: (piece: Piece) => boolean): MergeRules {
  const mergePair = (base: Piece | null, ours: Piece, theirs: Piece): Promise<Merged[]> => mergePiece(work, base, ours, theirs);
  return {
    merge: mergePair,
    conflict: (base, ours, theirs) => mergeLeaf(work, base, ours, theirs),
    unite: async (ours, theirs) => {
      const united = await unitePieces(ours, theirs, { standsAlone, lineEnd: work.lineEnd, mergeAdded: (a, b) => mergePair(null, a, b) });
      if (united !== null) {
        const kept = new Set(united.map(({ text }) => text));
        work.united.ours.push(...ours.filter(({ text }) => kept.has(text)));
        work.united.theirs.push(...theirs.filter(({ text }) => kept.has(text)));
      }
      return united;
    },
  };
}

async function mergePiece(work: Work, base: Piece | null, ours: Piece, theirs: Piece): Promise<Merged[]> {
  const gap = base === null ? ours.gap : chooseOf(base.gap, ours.gap, theirs.gap);
  if (ours.text === theirs.text || base?.text === theirs.text) return [{ gap, text: ours.text }];
  if (base?.text === ours.text) return [{ gap, text: theirs.text }];
  if (!ours.parts || !theirs.parts || (base !== null && !base.parts)) return withGap(gap, await mergeLeaf(work, base ? [base] : [], [ours], [theirs]));
  const isEntry = ours.isEntry || theirs.isEntry;
  return withGap(gap, await mergeParts(work, { base: base?.parts ?? null, ours: ours.parts, theirs: theirs.parts }, isEntry));
}

/** The side that changed it; ours, where both did. */
function chooseOf(base: string, ours: string, theirs: string): string {
  return ours === base ? theirs : ours;
}

function withGap(gap: string, [first, ...rest]: Merged[]): Merged[] {
  return first ? [{ gap, text: first.text }, ...rest] : [];
}

/** Lines merged as git does it. */
async function mergeLeaf(work: Work, base: readonly Merged[], ours: readonly Merged[], theirs: readonly Merged[]): Promise<Merged[]> {
  const [o, a, b] = [joinBlocks(base), joinBlocks(ours), joinBlocks(theirs)];
  if (a.text === b.text || o.text === b.text) return a.text === '' ? [] : [a];
  if (o.text === a.text) return b.text === '' ? [] : [b];
  const toBytes = ({ text }: Merged): Buffer => Buffer.from(text === '' ? '' : text + work.lineEnd);
  const merged = await mergeTexts({ base: toBytes(o), ours: toBytes(a), theirs: toBytes(b) }, work.style);
  if (merged === null) throw new Error('git took text without NUL for binary');
  work.conflicts += merged.conflicts;
  const text = merged.bytes.toString('utf8').replace(/(?:\r\n|\r|\n)$/u, '');
  return text === '' ? [] : [{ gap: ours.length > 0 ? a.gap : b.gap, text }];
}

function assemble(work: Work, pieces: readonly Merged[], { base, ours, theirs }: Record<'base' | 'ours' | 'theirs', Division>): Buffer {
  const text = pieces.map((piece, index) => {
    if (index === 0) return piece.gap.trimStart() + piece.text;
    return (/[\r\n]/u.test(piece.gap) ? piece.gap : work.lineEnd.repeat(2)) + piece.text;
  });
  const tail = chooseOf(base.tail, ours.tail, theirs.tail);
  const endsInMark = work.conflicts > 0 && /(?:^|\n)>{7,}[^\r\n]*$/u.test(text.at(-1) ?? '');
  const bom = chooseOf(String(base.source.bom), String(ours.source.bom), String(theirs.source.bom)) === '3';
  const body = Buffer.from(text.join('') + (endsInMark && tail === '' ? work.lineEnd : tail));
  return bom ? Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), body]) : body;
}

type Divide = (bytes: Uint8Array) => Promise<Division | string>;

/** Does every entry that was put beside those of the other side read back as it was? A sentence where one does not. */
async function findUnread(divide: Divide, bytes: Buffer, { united, conflicts }: Work, sides: { ours: Division; theirs: Division }): Promise<string | null> {
  if (conflicts > 0 || united.ours.length + united.theirs.length === 0) return null;
  const merged = await divide(bytes);
  if (typeof merged === 'string') return merged;
  const found = new Set(merged.drafts.map((draft) => readingOf(merged, draft)));
  for (const [name, side] of Object.entries(sides) as ['ours' | 'theirs', Division][]) {
    for (const draft of side.drafts) {
      const isUnited = united[name].some(({ line, endLine }) => draft.line >= line && draft.line <= endLine);
      if (isUnited && !found.has(readingOf(side, draft))) return `${draft.kind} "${draft.title}" would not read back as it was`;
    }
  }
  return null;
}

function readingOf({ source }: Division, { kind, line, endLine }: { kind: string; line: number; endLine: number }): string {
  return `${kind} ${source.sliceLines(line, endLine).trim()}`;
}
