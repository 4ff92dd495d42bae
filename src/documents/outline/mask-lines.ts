import { endOfLine } from './line-shapes.ts';
import type { Placed } from './types.ts';

/** The text with the given lines turned to blanks. Its length and its line ends stay, so that every place in it stays true. */
export function maskLines(text: string, lineStarts: readonly number[], stretches: readonly Placed[]): string {
  const parts: string[] = [];
  let done = 0;
  for (const { line, endLine } of stretches) {
    for (let masked = line; masked <= endLine; masked++) {
      const start = lineStarts[masked - 1] ?? text.length;
      const end = endOfLine(text, start, lineStarts[masked] ?? text.length);
      parts.push(text.slice(done, start), ' '.repeat(end - start));
      done = end;
    }
  }
  parts.push(text.slice(done));
  return parts.join('');
}
