/** A stretch of a document as it is shown. This is for reading only: nothing is judged by it. */
export type Block =
  | { type: 'heading'; level: number; text: string }
  | { type: 'paragraph'; text: string }
  | { type: 'code'; info: string; lines: Line[] }
  | { type: 'list'; start: number | null; items: Item[] }
  | { type: 'table'; head: string[]; rows: string[][] }
  | { type: 'quote'; blocks: Block[] }
  | { type: 'comment'; text: string }
  | { type: 'rule' };

export interface Item {
  /** What stands in its box; null where it has none. */
  box: string | null;
  blocks: Block[];
}

export interface Line {
  text: string;
  /** Its number in its file. */
  line: number;
}

/** Deeper nesting is shown as it is written. */
const deepest = 8;
const bullet = /^( {0,12})([-*+]|\d{1,9}[.)])(?: {1,4}|\t|$)(.*)$/u;

/** Reads markdown line by line; `firstLine` is the number of its first line in its file. Never fails, and loses no text. */
export function readBlocks(text: string, firstLine: number): Block[] {
  return readLines(text.split('\n').map((each, index) => ({ text: each, line: firstLine + index })), 0);
}

function readLines(lines: readonly Line[], depth: number): Block[] {
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const text = lines[at]?.text ?? '';
    if (text.trim() === '') {
      at += 1;
      continue;
    }
    const taken = takeCode(lines, at) ?? takeComment(lines, at) ?? takeLeaf(text) ?? takeTable(lines, at) ?? (depth < deepest ? (takeQuote(lines, at, depth) ?? takeList(lines, at, depth)) : null) ?? takeParagraph(lines, at);
    blocks.push(taken.block);
    at += taken.count;
  }
  return blocks;
}

interface Taken {
  block: Block;
  /** How many lines it took. */
  count: number;
}

function takeCode(lines: readonly Line[], at: number): Taken | null {
  const [, indent = '', fence = '', info = ''] = /^( {0,3})(`{3,}|~{3,})(.*)$/u.exec(lines[at]?.text ?? '') ?? [];
  if (fence === '' || (fence.startsWith('`') && info.includes('`'))) return null;
  const isEnd = ({ text }: Line): boolean => text.trim().startsWith(fence) && new Set(text.trim()).size === 1 && /^ {0,3}\S/u.test(text);
  const length = lines.slice(at + 1).findIndex(isEnd);
  const inside = lines.slice(at + 1, length < 0 ? undefined : at + 1 + length);
  const stripped = inside.map(({ text, line }) => ({ text: text.startsWith(indent) ? text.slice(indent.length) : text.trimStart(), line }));
  return { block: { type: 'code', info: info.trim(), lines: stripped }, count: inside.length + (length < 0 ? 1 : 2) };
}

function takeComment(lines: readonly Line[], at: number): Taken | null {
  if (!/^ {0,3}<!--/u.test(lines[at]?.text ?? '')) return null;
  const length = lines.slice(at).findIndex(({ text }) => text.includes('-->'));
  const taken = lines.slice(at, length < 0 ? undefined : at + length + 1);
  return { block: { type: 'comment', text: taken.map(({ text }) => text).join('\n') }, count: taken.length };
}

function takeLeaf(text: string): Taken | null {
  const marks = /^ {0,3}(#{1,6})(?:[ \t]|$)/u.exec(text);
  if (marks) {
    const title = text.slice(marks[0].length).trim().replace(/(?:^|[ \t])#+$/u, '').trim();
    return { block: { type: 'heading', level: marks[1]?.length ?? 1, text: title }, count: 1 };
  }
  return /^ {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$/u.test(text) ? { block: { type: 'rule' }, count: 1 } : null;
}

function takeTable(lines: readonly Line[], at: number): Taken | null {
  const [head, ruler] = [lines[at]?.text ?? '', lines[at + 1]?.text ?? ''];
  if (!head.includes('|') || !ruler.includes('-') || !/^[ \t|:-]+$/u.test(ruler) || !ruler.includes('|')) return null;
  const body = lines.slice(at + 2, endOf(lines, at + 2, ({ text }) => text.trim() !== '' && text.includes('|')));
  return { block: { type: 'table', head: cellsOf(head), rows: body.map(({ text }) => cellsOf(text)) }, count: body.length + 2 };
}

function cellsOf(row: string): string[] {
  const inner = row.trim().replace(/^\|/u, '').replace(/\|$/u, '');
  return inner.split(/(?<!\\)\|/u).map((cell) => cell.trim().replaceAll('\\|', '|'));
}

function takeQuote(lines: readonly Line[], at: number, depth: number): Taken | null {
  const inside = lines.slice(at, endOf(lines, at, ({ text }) => /^ {0,3}>/u.test(text)));
  if (inside.length === 0) return null;
  const stripped = inside.map(({ text, line }) => ({ text: text.replace(/^ {0,3}> ?/u, ''), line }));
  return { block: { type: 'quote', blocks: readLines(stripped, depth + 1) }, count: inside.length };
}

function takeList(lines: readonly Line[], at: number, depth: number): Taken | null {
  const [, indent = '', first = ''] = bullet.exec(lines[at]?.text ?? '') ?? [];
  if (first === '') return null;
  const isOrdered = /\d/u.test(first);
  const items: Item[] = [];
  let next = at;
  while (next < lines.length) {
    const [, own = '', mark = '', rest = ''] = bullet.exec(lines[next]?.text ?? '') ?? [];
    if (mark === '' || own.length > indent.length + 1 || /\d/u.test(mark) !== isOrdered) break;
    const end = endOf(lines, next + 1, (line, index) => belongs(lines, line, index, own.length));
    const [, box = null, after = rest] = /^\[([ xX~-])\](?:[ \t]+(.*))?$/u.exec(rest) ?? [];
    const head: Line = { text: after, line: lines[next]?.line ?? 0 };
    const body = lines.slice(next + 1, end).map(({ text, line }) => ({ text: unindent(text, own.length + mark.length + 1), line }));
    items.push({ box, blocks: readLines([head, ...body], depth + 1) });
    next = end;
    while (lines[next]?.text.trim() === '' && bullet.test(lines[next + 1]?.text ?? '')) next += 1;
  }
  return { block: { type: 'list', start: isOrdered ? Number.parseInt(first, 10) : null, items }, count: next - at };
}

/** Whether a line goes on with the item above it: indented deeper than its mark, or plain text right behind text. */
function belongs(lines: readonly Line[], { text }: Line, index: number, indent: number): boolean {
  if (text.trim() === '') return /^\s/u.test(lines[index + 1]?.text ?? '') && depthOf(lines[index + 1]?.text ?? '') > indent;
  if (depthOf(text) > indent) return true;
  const before = lines[index - 1]?.text ?? '';
  return before.trim() !== '' && !bullet.test(text) && !/^ {0,3}(?:#{1,6}(?:\s|$)|```|~~~|>|<!--|\*\*)/u.test(text) && takeLeaf(text) === null;
}

function depthOf(text: string): number {
  return /^[ \t]*/u.exec(text)?.[0].replaceAll('\t', '    ').length ?? 0;
}

function unindent(text: string, columns: number): string {
  const have = /^ */u.exec(text)?.[0].length ?? 0;
  return text.startsWith('\t') ? text.slice(1) : text.slice(Math.min(have, columns));
}

function takeParagraph(lines: readonly Line[], at: number): Taken {
  const goesOn = ({ text }: Line, index: number): boolean =>
    text.trim() !== '' && takeLeaf(text) === null && !/^ {0,3}(?:`{3,}|~{3,}|>|<!--)/u.test(text) && !bullet.test(text) && takeTable(lines, index) === null;
  const end = Math.max(at + 1, endOf(lines, at + 1, goesOn));
  return { block: { type: 'paragraph', text: lines.slice(at, end).map(({ text }) => text.trim()).join('\n') }, count: end - at };
}

/** The first index from `from` on whose line does not go on. */
function endOf(lines: readonly Line[], from: number, goesOn: (line: Line, index: number) => boolean): number {
  let end = from;
  for (let line = lines[end]; line !== undefined && goesOn(line, end); line = lines[end]) end += 1;
  return end;
}
