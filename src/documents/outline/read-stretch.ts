import { cutBlocks } from './cut-blocks.ts';
import type { MarkdownReader } from './markdown-reader.ts';
import { maskLines } from './mask-lines.ts';
import { moveBlocks } from './place-blocks.ts';
import { readPlain } from './plain/read-plain.ts';
import type { Stretch } from './scan-state.ts';
import type { Block, List, Prose, Unread } from './types.ts';

/** A piece of a stretch as the parser gets it. */
interface Piece {
  line: number;
  text: string;
  /** Whether its first item goes on with the list before. */
  joins: boolean;
  /** The line that stands after the piece for its parse (see Cut), empty at the end of the file; and whether it is an item of the piece's last list. */
  follower: string;
  followerJoins: boolean;
}

/** How a stretch is read. */
export interface StretchReader {
  markdown: MarkdownReader;
  /** Plain lines may be read without remark: the document holds nothing that changes what they mean. */
  plain: boolean;
}

/**
 * The blocks of a stretch, in lines counted from its first. It is parsed in pieces, with the runs in `unread` left out, and gives what a parse of
 * the whole document gives there.
 */
export function readStretch(read: StretchReader, text: string, lineStarts: readonly number[], stretch: Stretch, unread: readonly Unread[]): Block[] {
  const masked = unread.length === 0 ? text : maskLines(text, lineStarts, unread);
  const blocks: Block[] = [];
  for (const piece of piecesOf(masked, lineStarts, stretch)) {
    const found = moveBlocks(readPiece(read, piece, stretch), piece.line - stretch.line);
    const rest = piece.joins ? joinLists(blocks, found) : found;
    blocks.push(...rest);
  }
  return unread.reduce((all, cut) => cutBlocks(all, { ...cut, line: cut.line - stretch.line + 1, endLine: cut.endLine - stretch.line + 1 }), blocks);
}

/** The text of a stretch that its blocks depend on: without trailing empty lines, unless something could be open there. */
export function textOfStretch(text: string, lineStarts: readonly number[], stretch: Stretch): string {
  return text.slice(lineStarts[stretch.line - 1], endOfText(text, lineStarts, stretch));
}

function endOfText(text: string, lineStarts: readonly number[], stretch: Stretch): number {
  const start = lineStarts[stretch.line - 1] ?? 0;
  let end = lineStarts[stretch.endLine] ?? text.length;
  if (stretch.endsOpen) return end;
  while (end > start && (text[end - 1] === '\n' || text[end - 1] === '\r')) end--;
  return end;
}

function piecesOf(text: string, lineStarts: readonly number[], stretch: Stretch): Piece[] {
  const end = endOfText(text, lineStarts, stretch);
  let line = stretch.line;
  let joins = false;
  const pieces: Piece[] = [];
  for (const cut of stretch.cuts) {
    pieces.push({ line, joins, text: text.slice(lineStarts[line - 1], lineStarts[cut.line - 1]), follower: cut.follower, followerJoins: cut.joins });
    ({ line, joins } = cut);
  }
  const last = text.slice(lineStarts[line - 1], end);
  // The blank line ends a tag's HTML block. At the end of the file nothing follows, and what is open there stays open.
  if (!stretch.endsOpen) pieces.push({ line, joins, text: `${last}\n\n`, follower: '#', followerJoins: false });
  else pieces.push({ line, joins, text: last, follower: end === text.length ? '' : '#', followerJoins: false });
  return pieces;
}

function readPiece({ markdown, plain }: StretchReader, piece: Piece, stretch: Stretch): Block[] {
  const isFrontMatter = stretch.frontMatter && piece.line === stretch.line;
  if (!plain || isFrontMatter || piece.follower === '' || piece.text.includes('\r')) return parsePiece(markdown, piece, isFrontMatter);
  const lines = piece.text.split('\n');
  const read = readPlain(lines, (words) => readProse(markdown, words));
  return read.flatMap((part, index) => {
    if (part.type !== 'rest') return [part];
    const text = lines.slice(part.from, part.to).join('\n');
    const rest = index === read.length - 1 ? { ...piece, text } : { ...piece, text: `${text}\n\n`, follower: '#', followerJoins: false };
    return moveBlocks(parsePiece(markdown, rest, false), part.from);
  });
}

function parsePiece(markdown: MarkdownReader, piece: Piece, isFrontMatter: boolean): Block[] {
  const blocks = markdown(piece.text + piece.follower, isFrontMatter);
  if (piece.followerJoins) dropLastItem(blocks);
  else if (piece.follower !== '') blocks.pop();
  return blocks;
}

/** The prose of words that are a paragraph for all that their lines tell. */
function readProse(markdown: MarkdownReader, words: string): Prose {
  const [first] = markdown(`${words}\n\n#`, false);
  if (first?.type !== 'paragraph') throw new Error(`not a paragraph: ${words}`);
  return first.prose;
}

function dropLastItem(blocks: Block[]): void {
  const list = blocks.at(-1);
  if (list?.type !== 'list') return;
  list.items.pop();
  const last = list.items.at(-1);
  if (last) list.endLine = last.endLine;
  else blocks.pop();
}

/** Appends the items of the first list in `found` to the last list of `blocks`; returns what else was found. */
function joinLists(blocks: Block[], found: Block[]): Block[] {
  const [first, ...rest] = found;
  const open = blocks.at(-1);
  if (open?.type !== 'list' || first?.type !== 'list') return found;
  const joined: List = { ...open, endLine: first.endLine, items: [...open.items, ...first.items] };
  blocks[blocks.length - 1] = joined;
  return rest;
}
