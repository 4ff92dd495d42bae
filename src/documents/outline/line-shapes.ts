/** What one line looks like, read alone. `at` is the first character that is no blank, `end` the end of the line without its line end. */

const TAB = 9;
const LF = 10;
const CR = 13;
const SPACE = 32;
const HASH = 35;
const BACKTICK = 96;
const DOT = 46;
const PARENTHESIS = 41;

export function isBlankCode(code: number): boolean {
  return code === SPACE || code === TAB;
}

/** The end of a line's text, where `next` is the start of the line after it. */
export function endOfLine(text: string, start: number, next: number): number {
  let end = next;
  if (end > start && text.charCodeAt(end - 1) === LF) end--;
  if (end > start && text.charCodeAt(end - 1) === CR) end--;
  return end;
}

export function skipBlanks(text: string, at: number, end: number): number {
  let next = at;
  while (next < end && isBlankCode(text.charCodeAt(next))) next++;
  return next;
}

/** The column after the blanks from `at` to `to`, where `column` is that of `at`; a tab goes to the next multiple of four. */
export function columnAfter(text: string, at: number, to: number, column: number): number {
  let reached = column;
  for (let next = at; next < to; next++) reached += text.charCodeAt(next) === TAB ? 4 - (reached % 4) : 1;
  return reached;
}

/** One to six `#`, then a blank or the end of the line. */
export function isHeadingLine(text: string, at: number, end: number): boolean {
  let next = at;
  while (next < end && text.charCodeAt(next) === HASH) next++;
  const depth = next - at;
  return depth >= 1 && depth <= 6 && (next === end || isBlankCode(text.charCodeAt(next)));
}

/** Length of the run that opens a fence here, else 0. Back-ticks may not come again in the line: that would be a code span. */
export function fenceLengthAt(text: string, at: number, end: number): number {
  const marker = text.charCodeAt(at);
  const length = runLength(text, at, end);
  if (length < 3) return 0;
  return marker === BACKTICK && text.slice(at + length, end).includes('`') ? 0 : length;
}

export function closesFence(text: string, at: number, end: number, fence: { marker: number; length: number }): boolean {
  if (text.charCodeAt(at) !== fence.marker) return false;
  const length = runLength(text, at, end);
  return length >= fence.length && skipBlanks(text, at + length, end) === end;
}

function runLength(text: string, at: number, end: number): number {
  const marker = text.charCodeAt(at);
  let next = at;
  while (next < end && text.charCodeAt(next) === marker) next++;
  return next - at;
}

/** `---`, `* * *`: three or more of one mark and blanks. (A `---` may underline a heading instead; it opens nothing either way.) */
export function isRuleLine(text: string, at: number, end: number): boolean {
  const marker = text.charCodeAt(at);
  let marks = 0;
  for (let next = at; next < end; next++) {
    const code = text.charCodeAt(next);
    if (code === marker) marks++;
    else if (!isBlankCode(code)) return false;
  }
  return marks >= 3;
}

export interface ListMarker {
  /** As written: `-`, `7.`. */
  mark: string;
  /** Code of the bullet, or of the `.` or `)` after a number: two items of one list have the same. */
  kind: number;
  /** Column where the item's content starts: what is indented less does not belong to the item. */
  column: number;
  empty: boolean;
  /** Whether it may follow a paragraph's line without a blank line between: a bullet or a `1`, with content. */
  interrupts: boolean;
}

export function listMarkerAt(text: string, at: number, end: number, column: number): ListMarker | null {
  const code = text.charCodeAt(at);
  let after = at;
  if (code === 45 || code === 42 || code === 43) {
    after++;
  } else {
    while (after < end && after - at < 10 && isDigit(text.charCodeAt(after))) after++;
    const delimiter = text.charCodeAt(after);
    if (after === at || after - at > 9 || after === end || (delimiter !== DOT && delimiter !== PARENTHESIS)) return null;
    after++;
  }
  if (after < end && !isBlankCode(text.charCodeAt(after))) return null;
  const content = skipBlanks(text, after, end);
  const empty = content === end;
  const markerColumn = column + after - at;
  const width = columnAfter(text, after, content, markerColumn) - markerColumn;
  return {
    mark: text.slice(at, after),
    kind: text.charCodeAt(after - 1),
    // More than four blanks are one blank and then code by indentation.
    column: markerColumn + (empty || width > 4 ? 1 : width),
    empty,
    interrupts: !empty && (after - at === 1 || (after - at === 2 && text.charCodeAt(at) === 49)),
  };
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/**
 * Which HTML block may start at this `<`: one that ends at a certain text (`end` matches it, searched from `from`), one that ends at a
 * blank line if it is one at all (a tag), or none.
 */
export type HtmlStart = { type: 'until'; end: RegExp; from: number } | { type: 'tag' } | null;

const untilEnds: readonly { start: RegExp; end: RegExp }[] = [
  // A comment may end in the dashes of its opening: `<!-->` is whole.
  { start: /<!(?=--)/y, end: /-->/g },
  { start: /<(?=\?)/y, end: /\?>/g },
  { start: /<!(?=[A-Za-z])/y, end: />/g },
  // micromark takes brackets in pairs, so `]]]>` ends nothing there.
  { start: /<!\[CDATA\[/y, end: /(?<!\])(?:\]\])+>/g },
  { start: /<(?=(?:script|pre|style|textarea)(?:[ \t\r\n>]|$))/iy, end: /<\/(?:script|pre|style|textarea)>/gi },
];
const tagStart = /<\/?[A-Za-z][A-Za-z0-9-]*(?:[ \t\r\n/>]|$)/y;

export function htmlStartAt(text: string, at: number): HtmlStart {
  for (const { start, end } of untilEnds) {
    start.lastIndex = at;
    if (start.test(text)) return { type: 'until', end, from: start.lastIndex };
  }
  tagStart.lastIndex = at;
  return tagStart.test(text) ? { type: 'tag' } : null;
}
