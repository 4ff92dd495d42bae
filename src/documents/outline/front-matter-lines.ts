import { endOfLine, skipBlanks } from './line-shapes.ts';

/** The line that closes the front matter, or 0 where there is none: a bare `---` in line 1 and another one below, blanks after both allowed. */
export function endOfFrontMatter(text: string, lineStarts: readonly number[]): number {
  const isFence = (line: number): boolean => {
    const start = lineStarts[line - 1] ?? text.length;
    const end = endOfLine(text, start, lineStarts[line] ?? text.length);
    return text.startsWith('---', start) && skipBlanks(text, start + 3, end) === end;
  };
  if (!isFence(1)) return 0;
  for (let line = 2; line < lineStarts.length; line++) if (isFence(line)) return line;
  return 0;
}
