import matter from 'gray-matter';
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { findExcess } from '../yaml/find-excess.ts';
import type { FrontMatter } from './reading.ts';

export interface FrontMatterProblem {
  message: string;
  /** In the document, whose first line is the opening fence. */
  line: number;
  column: number;
}

export interface ParsedFrontMatter {
  value: FrontMatter | null;
  problems: FrontMatterProblem[];
}

/** gray-matter and `yaml` take time quadratic to the blank lines, keys or brackets; no real front matter comes near this size. */
const longest = 8192;

/**
 * The body of front matter → its values. gray-matter gets options in every call (without them it answers from a cache that callers share,
 * and forgets an error the second time), a fixed language, and engines that throw in place of those that evaluate code. YAML is read by `yaml`
 * with the failsafe schema, where every scalar is a string: gray-matter's own reader makes a number of the sha `1e10` and a Date of a
 * date. Aliases are followed one step, never expanded, so that no few lines can become gigabytes.
 */
export function parseFrontMatter(body: string): ParsedFrontMatter {
  if (body.length > longest) return failed({ message: `Unexpected front matter of ${body.length} characters, expected at most ${longest}`, line: 1, column: 1 });
  const excess = findExcess(body);
  if (excess !== null) return failed({ message: `${excess.message} in front matter`, line: body.slice(0, excess.offset).split('\n').length + 1, column: 1 });
  let parsed: ParsedFrontMatter = { value: emptyValue(), problems: [] };
  matter(`---\n${body}\n---\n`, {
    language: 'yaml',
    // A line such as `---x` in the body ends nothing.
    delimiters: ['---', '---\n'],
    engines: {
      yaml: (text: string) => {
        parsed = parseYaml(text);
        return {};
      },
      json: refuse,
      javascript: refuse,
      coffee: refuse,
    },
  });
  return parsed;
}

function refuse(): never {
  throw new Error('front matter is YAML, and nothing else is read or run');
}

/** gray-matter gives the engine the line end after the opening fence too, so that lines count as in the document. */
function parseYaml(text: string): ParsedFrontMatter {
  const lines = new LineCounter();
  const at = (offset: number, message: string): FrontMatterProblem => {
    const { line, col } = lines.linePos(offset);
    return { message, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const document = parseDocument(text, { schema: 'failsafe', lineCounter: lines, prettyErrors: false });
  const [error] = [...document.errors, ...document.warnings];
  if (error) return failed(at(error.pos[0], `Unexpected YAML in front matter: ${error.message}`));
  const { contents } = document;
  if (contents !== null && !isMap(contents)) {
    if (isScalar(contents) && contents.value === '') return { value: emptyValue(), problems: [] };
    return failed(at(contents.range[0], `Unexpected ${kindOf(contents)} as front matter, expected a map of names to values`));
  }
  return readKeys(document, at);
}

function readKeys(document: Document.Parsed, at: (offset: number, message: string) => FrontMatterProblem): ParsedFrontMatter {
  const problems: FrontMatterProblem[] = [];
  const nodeOf = (node: unknown): Node | null => {
    const found = isAlias(node) ? node.resolve(document) : node;
    return isScalar(found) || isSeq(found) || isMap(found) ? found : null;
  };
  const unexpected = (name: string, node: Node, expected: string): null => {
    problems.push(at(node.range?.[0] ?? 0, `Unexpected ${kindOf(node)} for "${name}" in front matter, expected ${expected}`));
    return null;
  };
  const text = (name: string): string | null => {
    const node = nodeOf(isMap(document.contents) ? document.contents.get(name, true) : null);
    if (node === null) return null;
    return isScalar(node) ? textOf(node.value) : unexpected(name, node, 'text');
  };
  const gates = (): string[] => {
    const node = nodeOf(isMap(document.contents) ? document.contents.get('gates', true) : null);
    if (node === null) return [];
    if (isScalar(node)) return String(node.value).split(',').map((gate) => gate.trim()).filter(Boolean);
    if (!isSeq(node)) return unexpected('gates', node, 'a list of gates') ?? [];
    return node.items.flatMap((item) => {
      const gate = nodeOf(item);
      if (gate === null) return [];
      return isScalar(gate) ? [String(gate.value).trim()].filter(Boolean) : (unexpected('gates', gate, 'the name of a gate') ?? []);
    });
  };
  return { value: { phase: text('phase'), owner: text('owner'), status: text('status'), gates: gates() }, problems };
}

function failed(problem: FrontMatterProblem): ParsedFrontMatter {
  return { value: null, problems: [problem] };
}

function emptyValue(): FrontMatter {
  return { phase: null, owner: null, status: null, gates: [] };
}

/** The failsafe schema knows no null, so its spellings come as text. */
function textOf(value: unknown): string | null {
  const text = String(value).trim();
  return text === '' || /^(?:~|null)$/i.test(text) ? null : text;
}

function kindOf(node: unknown): string {
  return isMap(node) ? 'a map' : isSeq(node) ? 'a list' : 'text';
}
