import { isRuleLine, listMarkerAt } from '../line-shapes.ts';

/** A list item's first line of the plain form: a mark in column 0, one blank, and words. */
export interface PlainItem {
  ordered: boolean;
  /** Code of the bullet or of the mark after the number. */
  kind: number;
  /** Column of the words, to which the item's other lines are indented. */
  column: number;
}

/** The item that a line begins; null where it begins none, or one of another form. */
export function plainItemOf(line: string): PlainItem | null {
  const marker = listMarkerAt(line, 0, line.length, 0);
  if (marker === null || marker.empty || marker.column !== marker.mark.length + 1 || isRuleLine(line, 0, line.length)) return null;
  return { ordered: marker.mark.length > 1 || /\d/.test(marker.mark), kind: marker.kind, column: marker.column };
}

/** Whether a list mark stands in column 0, of whatever form. */
export function startsItem(line: string): boolean {
  return listMarkerAt(line, 0, line.length, 0) !== null;
}

/**
 * Whether these are words, which begin or go on a paragraph and nothing else: no mark of a block, nothing that underlines a heading or divides
 * the rows of a table.
 */
export function startsWords(line: string): boolean {
  const code = line.charCodeAt(0);
  if (code >= 128) return code !== 0xfeff;
  const first = line[0] ?? '';
  if (/[A-Za-z("'[@$/.,;?!&\\]/.test(first)) return true;
  if (/\d/.test(first)) return !/^\d{1,9}[.)](?:[ \t]|$)/.test(line);
  if (first === '`' || first === '~') return !line.startsWith(first.repeat(3));
  if (first === '*') return /^\*\*[^\s*]/.test(line);
  return first === '-' && /^-[A-Za-z0-9]/.test(line);
}

/** A fence in column 0 that opens code; its mark and length, and what stands behind it. */
export function fenceOf(line: string): { mark: string; length: number; info: string } | null {
  const found = /^(?:(`{3,})([^`]*)|(~{3,})(.*))$/.exec(line);
  if (!found) return null;
  const marks = found[1] ?? found[3] ?? '';
  return { mark: marks.charAt(0), length: marks.length, info: found[2] ?? found[4] ?? '' };
}
