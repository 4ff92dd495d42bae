import { takeBox } from '../take-box.ts';
import type { Block, Code, Item, List, Prose } from '../types.ts';
import { fenceOf, plainItemOf, startsItem, startsWords, type PlainItem } from './plain-lines.ts';
import { readPlainProse } from './plain-prose.ts';

/** A stretch of lines, from `from` up to `to`, that only remark can read. */
export interface Rest {
  type: 'rest';
  from: number;
  to: number;
}

/** Reads the inline markdown of a paragraph, where it is not plain. */
export type ReadProse = (text: string) => Prose;

/** The lines of a piece, and what reads the prose that is not plain. */
interface Page {
  lines: readonly string[];
  readProse: ReadProse;
}

/** What was read, and the first line after it; null where this is not what it looked like. */
type Taken<T> = { block: T; next: number } | null;

/**
 * The blocks of a piece of a document, in lines counted from its first, where lines alone tell for certain what they are: paragraphs, flat lists,
 * headings and code in fences of the document's own level. What is not certain is left as a stretch that is read on its own: it ends where a blank
 * line comes before words in column 0, which close whatever is open. The piece holds no definitions, and starts where nothing is open.
 */
export function readPlain(lines: readonly string[], readProse: ReadProse): (Block | Rest)[] {
  const page: Page = { lines, readProse };
  const read: (Block | Rest)[] = [];
  for (let at = 0; at < lines.length; ) {
    if (isBlankLine(lines[at])) {
      at += 1;
      continue;
    }
    const taken = takeBlock(page, at) ?? takeRest(page, at);
    read.push(taken.block);
    at = taken.next;
  }
  return read;
}

function takeBlock(page: Page, at: number): Taken<Block> {
  const line = page.lines[at] ?? '';
  if (line.startsWith('#')) return takeHeading(page, at);
  const fence = fenceOf(line);
  if (fence !== null) return takeCode(page, at, fence);
  if (line === '---' || line === '***' || line === '___') return { block: { type: 'rule', line: at + 1, endLine: at + 1 }, next: at + 1 };
  const item = plainItemOf(line);
  if (item !== null) return takeList(page, at, item);
  return startsWords(line) ? takeParagraph(page, at) : null;
}

function takeHeading({ lines, readProse }: Page, at: number): Taken<Block> {
  const found = /^(#{1,6}) +(\S.*)$/.exec(lines[at] ?? '');
  const [, marks = '', words = ''] = found ?? [];
  if (!found || words.endsWith('#') || words.endsWith(' ') || words.includes('\t')) return null;
  // A heading's words may look like the beginning of a block; only their inline markdown counts.
  const prose = readPlainProse(words) ?? (startsWords(words) ? readProse(words) : null);
  if (prose === null) return null;
  return { block: { type: 'heading', line: at + 1, endLine: at + 1, depth: marks.length, ...boxOf(words, prose) }, next: at + 1 };
}

function takeCode({ lines }: Page, at: number, { mark, length, info }: { mark: string; length: number; info: string }): Taken<Code> {
  if (/[\\&\t\0]/.test(info)) return null;
  const closes = new RegExp(`^ {0,3}${mark}{${length},}[ \\t]*$`);
  let end = at + 1;
  while (end < lines.length && !closes.test(lines[end] ?? '')) end += 1;
  if (end === lines.length) return null;
  const [, lang = '', meta = ''] = /^ *(\S*) *(.*?) *$/.exec(info) ?? [];
  const value = lines.slice(at + 1, end).join('\n');
  if (value.includes('\0')) return null;
  return { block: { type: 'code', lang: lang === '' ? null : lang, meta: meta === '' ? null : meta, value, fenced: true, line: at + 1, endLine: end + 1, bodyLine: at + 2 }, next: end + 1 };
}

function takeParagraph(page: Page, at: number): Taken<Block> {
  const { lines } = page;
  let end = at + 1;
  while (end < lines.length && !endsParagraph(lines[end])) {
    if (!startsWords(lines[end] ?? '')) return null;
    end += 1;
  }
  return { block: { type: 'paragraph', line: at + 1, endLine: end, prose: proseOf(page, lines.slice(at, end)) }, next: end };
}

/** Blank, code in a fence, or a bullet with words: these come after a paragraph without a blank line between. */
function endsParagraph(line: string | undefined): boolean {
  return isBlankLine(line) || fenceOf(line ?? '') !== null || plainItemOf(line ?? '')?.ordered === false;
}

function takeList(page: Page, at: number, { ordered, kind }: PlainItem): Taken<List> {
  const { lines } = page;
  const items: Item[] = [];
  let next = at;
  while (next < lines.length) {
    const item = plainItemOf(lines[next] ?? '');
    if (item === null || item.kind !== kind) break;
    const end = endOfItem(lines, next, item);
    if (end === null) return null;
    items.push(itemOf(page, next, end, item));
    next = end;
    while (next < lines.length && isBlankLine(lines[next])) next += 1;
  }
  // What is indented belongs to the last item, and a mark of another form may go on with the list.
  const follower = lines[next] ?? '';
  if (/^[ \t]/.test(follower) || (follower !== '' && startsItem(follower) && plainItemOf(follower) === null)) return null;
  const endLine = items.at(-1)?.endLine ?? at + 1;
  return { block: { type: 'list', line: at + 1, endLine, ordered, items }, next };
}

/** The line after an item of one paragraph; null for any other item. */
function endOfItem(lines: readonly string[], at: number, { column, ordered }: PlainItem): number | null {
  if (!startsWords((lines[at] ?? '').slice(column))) return null;
  const indent = ' '.repeat(column);
  for (let end = at + 1; end < lines.length; end += 1) {
    const line = lines[end] ?? '';
    if (isBlankLine(line) || fenceOf(line) !== null) return end;
    const next = plainItemOf(line);
    if (next !== null && (ordered ? next.ordered && next.kind === plainItemOf(lines[at] ?? '')?.kind : true)) return end;
    if (!line.startsWith(indent) || !startsWords(line.slice(column))) return null;
  }
  return lines.length;
}

function itemOf(page: Page, at: number, end: number, { column }: PlainItem): Item {
  const lines = page.lines.slice(at, end).map((line) => line.slice(column));
  const { box, prose } = boxOf(lines[0] ?? '', proseOf(page, lines));
  return { type: 'item', line: at + 1, endLine: end, box, children: [{ type: 'paragraph', line: at + 1, endLine: end, prose }] };
}

/** A box that is written `\[ ]` is none. */
function boxOf(written: string, prose: Prose): ReturnType<typeof takeBox> {
  return written.startsWith('\\') ? { box: null, prose } : takeBox(prose);
}

function proseOf({ readProse }: Page, lines: readonly string[]): Prose {
  const text = lines.join('\n');
  return readPlainProse(text) ?? readProse(text);
}

/** Where a tag or a fence that is indented stands, only remark knows what it takes in: all the rest of the piece is one stretch. */
function takeRest({ lines }: Page, at: number): { block: Rest; next: number } {
  let end = at + 1;
  // A fence in column 0 that did not end is open to the end.
  let whole = isUnbounded(lines[at] ?? '') || fenceOf(lines[at] ?? '') !== null;
  for (; end < lines.length && !whole; end += 1) {
    const line = lines[end] ?? '';
    if (isBlankLine(lines[end - 1]) && startsWords(line)) break;
    if (fenceOf(line) !== null) break;
    whole = isUnbounded(line);
  }
  return { block: { type: 'rest', from: at, to: whole ? lines.length : end }, next: whole ? lines.length : end };
}

function isUnbounded(line: string): boolean {
  return startsHtml(line) || /^[ \t]+(?:`{3}|~{3})/.test(line);
}

function startsHtml(line: string): boolean {
  return /^[ \t>*+\-\d.)]*</.test(line);
}

function isBlankLine(line: string | undefined): boolean {
  return line === undefined || /^[ \t]*$/.test(line);
}
