import { RE2JS } from 're2js';
import { builtInTokens } from './tokens.ts';

/** Further names for patterns, from the configuration: NAME → RE2 source. Built-in names cannot be changed. */
export type Redactions = Readonly<Record<string, string>>;

const noRedactions: Redactions = {};

/** A pattern that is ready to judge whole lines, or why it is none. */
export type CompiledLine =
  | { readonly ok: true; readonly accepts: (line: string) => boolean }
  | { readonly ok: false; readonly message: string };

/** Patterns come from files that anybody may write: longer ones are refused. */
const longestPattern = 2000;

/** A line costs as many steps as it has characters times this: `(?:a?){1000}` a hundred times over would take minutes for a long one. */
const largestProgram = 5000;
/** Compiling costs time as well: roughly the characters, each as often as the repetitions say. */
const largestSource = 20_000;
const mostRepeated = 100_000;

const piece = /\[(\.\.|[A-Z][A-Z0-9_]{0,31})\]/g;

/**
 * Compiles the text of a `~` line: literal text, `[..]` for any text, `[NAME]` for a known kind of value. A name that
 * nobody knows is literal text. The whole line has to match; RE2 keeps matching linear.
 */
export function compilePattern(text: string, redactions: Redactions = noRedactions): CompiledLine {
  if (text.length > longestPattern) return tooLong(text);
  let source = '';
  let from = 0;
  for (const found of text.matchAll(piece)) {
    const token = sourceOf(found[1] ?? '', redactions);
    if (token === undefined) continue;
    source += `${RE2JS.quote(text.slice(from, found.index))}(?:${token})`;
    from = found.index + found[0].length;
  }
  return compile(source + RE2JS.quote(text.slice(from)));
}

/** Compiles the text of a `/` line, an RE2 expression for the full line. */
export function compileRegex(text: string): CompiledLine {
  if (text.length > longestPattern) return tooLong(text);
  const repetitions = [...text.matchAll(/\{(?:\d*,)?(\d+)/g)].reduce((sum, [, most]) => sum + Number(most), 0);
  return text.length * repetitions > mostRepeated ? tooMuch(text.length * repetitions) : compile(text);
}

function sourceOf(name: string, redactions: Redactions): string | undefined {
  if (name === '..') return '.*';
  if (Object.hasOwn(builtInTokens, name)) return builtInTokens[name];
  return Object.hasOwn(redactions, name) ? redactions[name] : undefined;
}

function tooLong(text: string): CompiledLine {
  return { ok: false, message: `Unexpected pattern of ${String(text.length)} characters, expected at most ${String(longestPattern)}` };
}

function tooMuch(steps: number): CompiledLine {
  return { ok: false, message: `Unexpected pattern of some ${String(steps)} steps, expected at most ${String(largestProgram)}: fewer repetitions` };
}

function compile(source: string): CompiledLine {
  if (source.length > largestSource) return tooMuch(source.length);
  try {
    const pattern = RE2JS.compile(source);
    if (pattern.programSize() > largestProgram) return tooMuch(pattern.programSize());
    return { ok: true, accepts: (line) => pattern.testExact(line) };
  } catch (error) {
    return { ok: false, message: `Unexpected pattern, expected RE2 syntax: ${error instanceof Error ? error.message : String(error)}` };
  }
}
