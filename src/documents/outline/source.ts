/**
 * A document's bytes as text, with the exact place of every line in both. A line ends at \n, \r\n or a lone \r, as in CommonMark;
 * a final line end opens no further line. Lines count from 1, offsets from 0.
 */
export interface Source {
  bytes: Uint8Array;
  /** UTF-8 decoded, without the byte order mark. A byte that is not UTF-8 shows as U+FFFD, a NUL byte stays. */
  text: string;
  /** 3 where a byte order mark was set aside, else 0. */
  bom: number;
  /** Number of lines. */
  lines: number;
  /** Offset in `text` of each line's start, and `text.length` at the end: line n is [lineStarts[n - 1], lineStarts[n]). */
  lineStarts: readonly number[];
  hasNul: boolean;
  /** Byte offset where `line` starts, byte order mark counted; the size of the file for any line after the last. */
  byteOffsetOfLine(line: number): number;
  /** The text of lines `from` to `to`, both included, line ends and all. */
  sliceLines(from: number, to: number): string;
  /** The line as git counts, which sees \n only: a lone \r ends no line there. */
  lfLineOf(line: number): number;
}

const LF = 10;
const CR = 13;

/** Reads a document from its bytes. Never fails: what is not UTF-8 is still read, and the byte offset of each line stays exact. */
export function readSource(bytes: Uint8Array): Source {
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bom === 0 ? bytes : bytes.subarray(bom));
  const lineStarts = startsOfLines(text);
  const lines = lineStarts.length - 1;
  const sameOffsets = text.length === bytes.length - bom;
  let byteStarts: readonly number[] | null = null;
  let loneReturns: readonly number[] | null = null;
  return {
    bytes,
    text,
    bom,
    lines,
    lineStarts,
    hasNul: text.includes('\0'),
    byteOffsetOfLine(line) {
      if (line > lines) return bytes.length;
      // Where every character is one byte, the two tables are one.
      if (sameOffsets) return bom + (lineStarts[line - 1] ?? 0);
      byteStarts ??= startsOfByteLines(bytes, bom);
      return byteStarts[line - 1] ?? bytes.length;
    },
    sliceLines: (from, to) => text.slice(lineStarts[from - 1] ?? text.length, lineStarts[Math.min(to, lines)]),
    lfLineOf(line) {
      loneReturns ??= linesEndedByLoneReturn(text, lineStarts);
      return line - countBelow(loneReturns, line);
    },
  };
}

function startsOfLines(text: string): number[] {
  const starts = [0];
  let lf = text.indexOf('\n');
  let cr = text.indexOf('\r');
  while (lf !== -1 || cr !== -1) {
    let end: number;
    if (cr === -1 || (lf !== -1 && lf < cr)) end = lf + 1;
    else end = lf === cr + 1 ? cr + 2 : cr + 1;
    starts.push(end);
    if (lf !== -1 && lf < end) lf = text.indexOf('\n', end);
    if (cr !== -1 && cr < end) cr = text.indexOf('\r', end);
  }
  if (starts.at(-1) !== text.length) starts.push(text.length);
  return starts;
}

/** The decoder neither eats nor makes an ASCII byte, whatever stands around it, so lines in the bytes are lines in the text. */
function startsOfByteLines(bytes: Uint8Array, from: number): number[] {
  const starts = [from];
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === LF || (byte === CR && bytes[at + 1] !== LF)) starts.push(at + 1);
  }
  return starts;
}

function linesEndedByLoneReturn(text: string, lineStarts: readonly number[]): number[] {
  if (!text.includes('\r')) return [];
  const ended: number[] = [];
  for (let line = 1; line < lineStarts.length; line++) {
    const end = lineStarts[line] ?? text.length;
    if (text.charCodeAt(end - 1) === CR) ended.push(line);
  }
  return ended;
}

function countBelow(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
