import type { Source } from '../documents/outline/source.ts';
import type { Draft } from '../documents/reading.ts';
import { endsLine, lastContentLine, lastFullLine, lineEndOf } from './line-ends.ts';
import { withoutUnsafe } from '../reports/safe-text.ts';
import type { Splice } from './splice.ts';

const box = /\[([ xX~-])\]/u;
const bullet = /^([ \t]*)([-*+]|\d+[.)])([ \t]+)/u;

export type BoxMark = ' ' | 'x' | '~' | '-';

/** Sets the mark of the box on a line; null when the line has none or has that mark already. */
export function markBox(source: Source, line: number, mark: BoxMark): Splice | null {
  const text = source.sliceLines(line, line);
  const found = box.exec(text);
  if (!found || (found[1] ?? '').toLowerCase() === mark) return null;
  const start = source.byteOffsetOfLine(line) + Buffer.byteLength(text.slice(0, found.index + 1));
  return { start, end: start + 1, text: mark };
}

/** True when a line begins with a box: behind the sign of a bullet or of a heading. */
export function hasBox(source: Source, line: number): boolean {
  return /^[ \t]*(?:[-*+]|\d+[.)]|#{1,6})[ \t]+\[[ xX~-]\](?=\s|$)/u.test(source.sliceLines(line, line));
}

function isHeading(text: string): boolean {
  return /^ {0,3}#{1,6}(?:[ \t]|$)/u.test(text);
}

/** The bullet that a further line of an item is written with: that of its fields; nested one step for an item that is one bullet. */
function bulletOf(source: Source, item: Pick<Draft, 'line' | 'endLine'>): string {
  const first = bullet.exec(source.sliceLines(item.line, item.line));
  if (first) return `${first[1]}${' '.repeat((first[2] ?? '').length + 1)}- `;
  for (let line = item.endLine; line > item.line; line -= 1) {
    const found = bullet.exec(source.sliceLines(line, line));
    if (found && (found[1] ?? '') === '') return `${/\d/u.test(found[2] ?? '') ? '-' : found[2]} `;
  }
  return '- ';
}

/** Where a further line of an item goes: behind its last bullet with that bullet's continuation lines, else behind its last line. */
function lineToAppendTo(source: Source, item: Pick<Draft, 'line' | 'endLine'>): number {
  const last = lastFullLine(source, item.line, item.endLine);
  const isBullet = bullet.test(source.sliceLines(item.line, item.line));
  if (isBullet) return last;
  let end = item.line;
  let inList = false;
  for (let line = item.line + 1; line <= last; line += 1) {
    const text = source.sliceLines(line, line);
    if (bullet.test(text)) inList = true;
    else if (text.trim() === '') {
      if (inList && !bullet.test(source.sliceLines(line + 1, line + 1)) && !/^\s+\S/u.test(source.sliceLines(line + 1, line + 1))) break;
      continue;
    }
    if (inList) end = line;
  }
  return end > item.line ? end : isHeading(source.sliceLines(item.line, item.line)) && last === item.line ? item.line : last;
}

/** Adds one bullet line to an item. `text` is one line without its bullet. */
export function addLine(source: Source, item: Pick<Draft, 'line' | 'endLine'>, text: string): Splice {
  const lineEnd = lineEndOf(source);
  const after = lineToAppendTo(source, item);
  const start = source.byteOffsetOfLine(after + 1);
  const before = endsLine(source, after) ? '' : lineEnd;
  const own = `${bulletOf(source, item)}${text}`;
  return { start, end: start, text: endsLine(source, after) ? `${own}${lineEnd}` : `${before}${own}` };
}

/** Adds one line to an item without making it a bullet: for an item of plain lines whose bullets would join the list of the next item. */
export function addPlainLine(source: Source, item: Pick<Draft, 'line' | 'endLine'>, text: string): Splice {
  const lineEnd = lineEndOf(source);
  const after = lastContentLine(source, item.line, item.endLine);
  const start = source.byteOffsetOfLine(after + 1);
  return { start, end: start, text: endsLine(source, after) ? `${text}${lineEnd}` : `${lineEnd}${text}` };
}

/** How a closing is written: `**Closed:** 2026-06-13 by 1a2b3c4d5e6f ("subject") · landed by patch-id`. */
export function closingLine(closing: { date: string; commit: string; subject: string; how: string }): string {
  return `**Closed:** ${closing.date} by ${closing.commit.slice(0, 12)} ("${oneLine(closing.subject)}") · ${closing.how}`;
}

/** How a reopening is written: `**Reopened:** 2026-06-14 by 6f5e4d3c2b1a ("Revert …")`. */
export function reopeningLine(reopening: { date: string; commit: string; subject: string }): string {
  return `**Reopened:** ${reopening.date} by ${reopening.commit.slice(0, 12)} ("${oneLine(reopening.subject)}")`;
}

/** A commit subject, or other words that are not ours, inside a line of ours: no line ends, nothing that drives a terminal or turns text round, no code or comment that could change how it is read. */
export function oneLine(text: string, longest = 100): string {
  const flat = withoutUnsafe(text.replace(/\s+/gu, ' ')).replace(/[`<>*_[\]"\\]/gu, (sign) => (sign === '"' ? "'" : `\\${sign}`)).trim();
  return flat.length > longest ? `${flat.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/u, '')}…` : flat;
}
