import { compilePattern, type Redactions } from '../match/compile-pattern.ts';
import { builtInTokens } from '../match/tokens.ts';

/** Kinds of values that differ from run to run, the most telling first: `[N]` says least. */
const kinds = ['UUID', 'TIME', 'DATE', 'DUR', 'TMP', 'SHA', 'PORT', 'PID', 'N'] as const;
const sources = kinds.map((kind) => ({ kind, whole: new RegExp(`^(?:${builtInTokens[kind] ?? ''})$`) }));

/** Where values begin and end: times, addresses and names hold signs that would cut them. */
const piece = /\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?: ?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}))?|\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?|[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}|\d{4}[-/]\d{2}[-/]\d{2}|(?:\[TMP\]|\/(?:tmp|var\/tmp))(?:\/[^\s/:"'()]+)?|\d+(?:[.,]\d+)? ?(?:ns|[uµμ]s|ms|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?)\b|[0-9a-fA-F]{7,64}\b|[A-Za-z_][\w-]*|[+-]?\d[\d,_]*(?:\.\d+)?|\s+|[^\s\w]/g;

const longestLine = 1000;

/**
 * One pattern for a line that came out differently from run to run: what is the same stays, what differs becomes the name of its kind, or `[..]`
 * where it has none. Null where no pattern of any use accepts all of them.
 */
export function unifyLines(lines: readonly string[], redactions: Redactions): string | null {
  const [first = '', ...others] = lines;
  if (lines.some((line) => line.length > longestLine)) return null;
  const pieces = lines.map((line) => line.match(piece) ?? []);
  const [own = [], ...rest] = pieces;
  const aligned = rest.every((other) => other.length === own.length);
  const text = aligned ? own.map((word, at) => unifyWord([word, ...rest.map((other) => other[at] ?? '')])).join('') : others.reduce(keepEnds, first);
  const pattern = text.replace(/(?:\[\.\.\])+/g, '[..]');
  // A pattern that leaves nothing of the line accepts everything.
  if (pattern.replaceAll('[..]', '').trim() === '') return null;
  const compiled = compilePattern(pattern, redactions);
  return compiled.ok && lines.every(compiled.accepts) ? pattern : null;
}

function unifyWord(words: readonly string[]): string {
  const [first = ''] = words;
  if (words.every((word) => word === first)) return first;
  const kind = sources.find(({ whole }) => words.every((word) => whole.test(word)))?.kind;
  return kind === undefined ? '[..]' : `[${kind}]`;
}

/** What two lines have in common at both ends, whole words only. */
function keepEnds(a: string, b: string): string {
  const hole = a.indexOf('[..]');
  const [left, right] = hole < 0 ? [a, a] : [a.slice(0, hole), a.slice(hole + 4)];
  let head = 0;
  while (head < left.length && head < b.length && left[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < right.length && tail < b.length - head && right.at(-1 - tail) === b.at(-1 - tail)) tail += 1;
  const before = left.slice(0, head).replace(/[\w.:-]+$/, '');
  const after = right.slice(right.length - tail).replace(/^[\w.:-]+/, '');
  return `${before}[..]${after}`;
}
