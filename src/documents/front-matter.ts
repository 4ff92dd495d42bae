import type { Diagnostic } from '../contract/schema/envelope.ts';
import { endOfFrontMatter } from './outline/front-matter-lines.ts';
import { endOfLine } from './outline/line-shapes.ts';
import type { Source } from './outline/source.ts';
import type { FrontMatter } from './reading.ts';

/** What stands between the two fences at the start of a file; `endLine` is 0 where there is no front matter. */
export interface FrontMatterRead {
  value: FrontMatter | null;
  /** Line of the closing fence. */
  endLine: number;
  diagnostics: Diagnostic[];
}

/**
 * Reads `phase`, `owner`, `status` and `gates` from a document's front matter; other keys are nobody's business here. Only a bare `---` opens
 * it: gray-matter would take the word after it for a language and evaluate `---js`, so such a line is a diagnostic, and nothing runs.
 * The parser is loaded only where there is front matter to read. Never fails: what cannot be read is a diagnostic with its place.
 */
export async function readFrontMatter(source: Source, path: string): Promise<FrontMatterRead> {
  const { text, lineStarts } = source;
  const endLine = endOfFrontMatter(text, lineStarts);
  if (endLine === 0) return { value: null, endLine: 0, diagnostics: foreignLanguage(source, path) };
  const body = bodyLines(text, lineStarts, endLine).join('\n');
  const { parseFrontMatter } = await import('./parse-front-matter.ts');
  const { value, problems } = parseFrontMatter(body);
  const diagnostics = problems.map(({ message, line, column }) => frontMatterProblem(path, message, line, column));
  return { value, endLine, diagnostics };
}

function bodyLines(text: string, lineStarts: readonly number[], endLine: number): string[] {
  const lines: string[] = [];
  for (let line = 2; line < endLine; line++) {
    const start = lineStarts[line - 1] ?? text.length;
    lines.push(text.slice(start, endOfLine(text, start, lineStarts[line] ?? text.length)));
  }
  return lines;
}

/** `---js` and the like, with a closing fence below: meant as front matter, and refused. */
function foreignLanguage(source: Source, path: string): Diagnostic[] {
  const language = /^---[ \t]*([A-Za-z][\w+.-]*)[ \t]*$/.exec(source.sliceLines(1, 1).trimEnd())?.[1];
  if (language === undefined || !/^---[ \t]*\r?$/m.test(source.text.slice(3))) return [];
  return [frontMatterProblem(path, `Unexpected front matter in the language "${language}", expected a bare "---" and YAML; it was not read`, 1, 4)];
}

function frontMatterProblem(path: string, message: string, line: number, column: number): Diagnostic {
  return {
    rule: 'front-matter', level: 'error', message, place: { path, line, column }, related: [], entry: null,
    next: 'Mend the front matter: a map of names to values between two lines "---".', fixable: false,
  };
}
