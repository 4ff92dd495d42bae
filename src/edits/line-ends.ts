import type { Source } from '../documents/outline/source.ts';

/** The line end that a file uses: that of most of its lines, LF for a file without any. */
export function lineEndOf(source: Source): string {
  const crlf = source.text.split('\r\n').length - 1;
  const lf = source.text.split('\n').length - 1 - crlf;
  const cr = source.text.split('\r').length - 1 - crlf;
  if (crlf > lf && crlf >= cr) return '\r\n';
  return cr > lf ? '\r' : '\n';
}

/** Text of ours (with LF) as the file would write it. */
export function withLineEnds(text: string, lineEnd: string): string {
  return text.replace(/\r\n?|\n/gu, lineEnd);
}

/** True when the line has an end of its own; only the last line of a file may lack one. */
export function endsLine(source: Source, line: number): boolean {
  return /[\r\n]$/u.test(source.sliceLines(line, line));
}

/** The last of some lines that is not blank, or the line before them all. */
export function lastFullLine(source: Source, from: number, to: number): number {
  for (let line = to; line >= from; line -= 1) if (source.sliceLines(line, line).trim() !== '') return line;
  return from - 1;
}

/** The last of some lines that belongs to what stands there: neither blank nor a rule that parts it from what follows. */
export function lastContentLine(source: Source, from: number, to: number): number {
  let line = lastFullLine(source, from, to);
  while (line > from && /^ {0,3}(?:-{3,}|\*{3,}|_{3,})\s*$/u.test(source.sliceLines(line, line))) line = lastFullLine(source, from, line - 1);
  return line;
}
