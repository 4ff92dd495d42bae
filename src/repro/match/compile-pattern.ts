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
  return text.length > longestPattern ? tooLong(text) : compile(text);
}

function sourceOf(name: string, redactions: Redactions): string | undefined {
  if (name === '..') return '.*';
  if (Object.hasOwn(builtInTokens, name)) return builtInTokens[name];
  return Object.hasOwn(redactions, name) ? redactions[name] : undefined;
}

function tooLong(text: string): CompiledLine {
  return { ok: false, message: `Unexpected pattern of ${String(text.length)} characters, expected at most ${String(longestPattern)}` };
}

function compile(source: string): CompiledLine {
  try {
    const pattern = RE2JS.compile(source);
    return { ok: true, accepts: (line) => pattern.testExact(line) };
  } catch (error) {
    return { ok: false, message: `Unexpected pattern, expected RE2 syntax: ${error instanceof Error ? error.message : String(error)}` };
  }
}
