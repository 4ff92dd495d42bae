import type { Source } from '../../documents/outline/source.ts';
import type { Draft } from '../../documents/reading.ts';
import type { Section } from '../../documents/sections.ts';
import { isNothing } from '../../documents/vocabulary/words.ts';
import { lastFullLine } from '../line-ends.ts';
import type { OpenPage, PageOpener } from '../writer/open-page.ts';
import type { Parts, Piece } from './piece.ts';

/** One version of a document, divided. All bytes stand in the pieces, the gaps before them and the tail. */
export interface Division {
  source: Source;
  /** What stands before the first heading, and the sections of the first level that there is. */
  parts: Parts;
  /** Line ends and blank lines at the end of the file. */
  tail: string;
  drafts: readonly Draft[];
}

/** Kinds of drafts that are no entries of their own: they belong to what holds them. */
const dependent: readonly string[] = ['reproduction', 'gate', 'plan'];

/** What of a version cannot be divided safely, as a sentence; null where all can. */
function whyNotSafe({ source, blocks, unsure }: OpenPage): string | null {
  if (source.hasNul) return 'it holds NUL bytes';
  if (!Buffer.from(source.text, 'utf8').equals(source.bytes.subarray(source.bom))) return 'it is not UTF-8';
  const unread = blocks.find((block) => block.type === 'unread');
  if (unread?.type === 'unread') return `line ${unread.line}: ${unread.why}`;
  return unsure;
}

/** Divides one version of a document into sections and blocks, entries known. Gives a sentence where that is not safe. */
export async function splitDocument(open: PageOpener, path: string, bytes: Uint8Array): Promise<Division | string> {
  const page = await open(path, bytes);
  const why = whyNotSafe(page);
  if (why !== null) return why;
  const { source, root, reading: { drafts } } = page;
  const entries = new Map<number, Draft>();
  for (const draft of drafts) if (!dependent.includes(draft.kind) && !entries.has(draft.line)) entries.set(draft.line, draft);
  const cutter: Cutter = { source, entries, end: 0 };
  const parts = cutSection(cutter, root);
  return { source, parts, tail: source.text.slice(cutter.end), drafts };
}

interface Cutter {
  source: Source;
  /** The entry that starts on a line. */
  entries: ReadonlyMap<number, Draft>;
  /** Where in the text the last piece ended. */
  end: number;
}

/** The piece of some lines. Pieces are cut in the order of the file, so that gaps are what lies between them. */
function cutPiece(cutter: Cutter, { line, endLine }: { line: number; endLine: number }, key: string, opensList = false): Piece {
  const { source, entries } = cutter;
  const start = source.lineStarts[line - 1] ?? 0;
  const gap = source.text.slice(cutter.end, start);
  const last = Math.max(line, lastFullLine(source, line, endLine));
  const text = source.text.slice(start, source.lineStarts[last] ?? source.text.length).replace(/(?:\r\n|\r|\n)$/u, '');
  cutter.end = start + text.length;
  const draft = entries.get(line);
  const bare = text.replace(/^[ \t]*(?:[-*+]|\d+[.)])[ \t]+/u, '');
  return { gap, text, key, line, endLine: last, when: draft ? momentOf(draft) : null, isEntry: draft !== undefined, opensList, isPlaceholder: !/[\r\n]/u.test(text) && isNothing(bare), parts: null };
}

function momentOf({ date, time }: Draft): string | null {
  if (date === null) return null;
  return time === null ? date : `${date}T${time}`;
}

function cutSection(cutter: Cutter, section: Section): Parts {
  const blocks = cutBlocks(cutter, section);
  const children = section.children.map((child): Piece => {
    const before = cutter.end;
    const parts = cutSection(cutter, child);
    const after = cutter.end;
    cutter.end = before;
    const whole = cutPiece(cutter, child, `${child.depth} ${child.text.replace(/\s+/gu, ' ').trim()}`);
    cutter.end = after;
    return { ...whole, when: whole.when ?? firstMoment(parts), parts };
  });
  return { blocks, children };
}

/** A group of entries is placed by the first of them. */
function firstMoment({ blocks, children }: Parts): string | null {
  return [...blocks, ...children].find(({ when }) => when !== null)?.when ?? null;
}

/** The own text of a section: each entry with all that belongs to it, each bullet of the section's own lists, each other block. */
function cutBlocks(cutter: Cutter, section: Section): Piece[] {
  const starts = startsOfBlocks(cutter.source, section);
  const pieces: Piece[] = [];
  let covered = 0;
  const kept = starts.filter((line) => {
    if (line <= covered) return false;
    const draft = line === section.heading?.line ? undefined : cutter.entries.get(line);
    if (draft) covered = draft.endLine;
    return true;
  });
  for (const [index, line] of kept.entries()) {
    const endLine = (kept[index + 1] ?? section.ownEnd + 1) - 1;
    const key = cutter.source.sliceLines(line, line).replace(/\[[ xX~-]\]/u, '[ ]').trim();
    pieces.push(cutPiece(cutter, { line, endLine }, key, section.blocks.some((block) => block.type === 'list' && block.line === line)));
  }
  return pieces;
}

function startsOfBlocks(source: Source, section: Section): number[] {
  const starts = new Set<number>(section.heading ? [section.line] : []);
  for (const block of section.blocks) {
    if (block.type === 'list') for (const item of block.items) starts.add(item.line);
    else starts.add(block.line);
  }
  // What no block covers (a definition, say) must stand in a piece all the same.
  const first = section.heading ? section.line : 1;
  for (let line = first; line <= section.ownEnd && !starts.has(line); line += 1) {
    if (source.sliceLines(line, line).trim() === '') continue;
    starts.add(line);
    break;
  }
  return [...starts].toSorted((a, b) => a - b);
}
