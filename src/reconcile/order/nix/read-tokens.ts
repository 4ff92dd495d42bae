/** One token of a Nix file. A text keeps what is put into it by `${…}` as source, to be read when somebody asks. */
export type Token = PlainToken | TextToken;

export interface PlainToken {
  kind: 'word' | 'sign';
  text: string;
  line: number;
}

export interface TextToken {
  kind: 'text';
  parts: TextPart[];
  line: number;
}

export type TextPart = { kind: 'plain'; text: string } | { kind: 'put-in'; source: string; line: number };

/** Where a file stops making sense. */
export class NixFault extends Error {
  readonly line: number;
  constructor(line: number, why: string) {
    super(why);
    this.line = line;
  }
}

/** Signs that must not be taken apart. */
const SIGNS = ['...', '++', '//', '==', '!=', '<=', '>=', '&&', '||', '->', '${'];

/** Paths, search paths, addresses and numbers count as words: nothing here looks into them. Patterns from the Nix manual's lexer; what may
 *  stand before a path's first slash or an address's colon is as long as a file name at most, or `a.a.a…` is read on to its end at each dot. */
const WORDS = [
  /[a-zA-Z0-9._+-]{0,255}(?:\/[a-zA-Z0-9._+-]+)+\/?/y,
  /~(?:\/[a-zA-Z0-9._+-]+)+\/?/y,
  /<[a-zA-Z0-9._+-]+(?:\/[a-zA-Z0-9._+-]+)*>/y,
  /[a-zA-Z][a-zA-Z0-9+.-]{0,63}:[a-zA-Z0-9%/?:@&=+$,_.!~*'-]+/y,
  /[a-zA-Z_][a-zA-Z0-9_'-]*/y,
  /\d+(?:\.\d+)?/y,
];

/** Splits Nix source into tokens; blanks and comments are gone. Throws NixFault where a text or comment has no end. */
export function readTokens(source: string, firstLine = 1): Token[] {
  const lineAt = countLines(source, firstLine);
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    const skipped = skipBlanks(source, at, lineAt);
    if (skipped > at) {
      at = skipped;
      continue;
    }
    const line = lineAt(at);
    const quote = source.startsWith("''", at) ? "''" : source[at] === '"' ? '"' : null;
    if (quote) {
      const { parts, end } = readText({ source, lineAt, depth: 0 }, at + quote.length, quote);
      tokens.push({ kind: 'text', parts, line });
      at = end;
      continue;
    }
    const word = matchWord(source, at);
    const text = word ?? SIGNS.find((sign) => source.startsWith(sign, at)) ?? source.slice(at, at + 1);
    tokens.push({ kind: word === null ? 'sign' : 'word', text, line });
    at += text.length;
  }
  return tokens;
}

type LineAt = (offset: number) => number;

/** A text under way, and how many texts it stands in. */
interface Inside {
  source: string;
  lineAt: LineAt;
  depth: number;
}

/** Deeper texts within texts than anybody writes. */
const DEEPEST = 100;

const ESCAPED: Record<string, string> = { n: '\n', r: '\r', t: '\t' };

function countLines(source: string, firstLine: number): LineAt {
  const ends: number[] = [];
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) ends.push(at);
  return (offset) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? offset) < offset) low = middle + 1;
      else high = middle;
    }
    return firstLine + low;
  };
}

function matchWord(source: string, at: number): string | null {
  for (const pattern of WORDS) {
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    if (match) return match[0];
  }
  return null;
}

/** The offset after blanks and one comment; the same offset where there is neither. */
function skipBlanks(source: string, at: number, lineAt: LineAt): number {
  if (source[at] === '#') {
    const end = source.indexOf('\n', at);
    return end < 0 ? source.length : end;
  }
  if (source.startsWith('/*', at)) {
    const end = source.indexOf('*/', at + 2);
    if (end < 0) throw new NixFault(lineAt(at), 'a comment has no end');
    return end + 2;
  }
  let end = at;
  while (end < source.length && /\s/.test(source.charAt(end))) end++;
  return end;
}

/** Reads on from after the opening quote. `''` texts escape with `''$`, `'''` and `''\x`, the others with a backslash; `$$` is
 *  no beginning of a put-in in either. */
function readText({ source, lineAt, depth }: Inside, from: number, quote: '"' | "''"): { parts: TextPart[]; end: number } {
  if (depth > DEEPEST) throw new NixFault(lineAt(from), 'it is nested too deeply');
  const parts: TextPart[] = [];
  let plain = '';
  let at = from;
  const escape = quote === '"' ? /\\([\s\S])/y : /''(?:\\([\s\S])|([$']))/y;
  while (at < source.length) {
    escape.lastIndex = at;
    const escaped = escape.exec(source);
    if (escaped) {
      const [, letter, sign] = escaped;
      plain += letter === undefined ? (sign === "'" ? "''" : '$') : ESCAPED[letter] ?? letter;
      at += escaped[0].length;
    } else if (source.startsWith(quote, at)) {
      return { parts: [...parts, { kind: 'plain', text: plain }], end: at + quote.length };
    } else if (source.startsWith('$$', at)) {
      plain += '$$';
      at += 2;
    } else if (source.startsWith('${', at)) {
      const end = findPutInEnd({ source, lineAt, depth }, at + 2);
      parts.push({ kind: 'plain', text: plain }, { kind: 'put-in', source: source.slice(at + 2, end), line: lineAt(at) });
      plain = '';
      at = end + 1;
    } else {
      plain += source.charAt(at);
      at += 1;
    }
  }
  throw new NixFault(lineAt(from), 'a text has no end');
}

/** The offset of the brace that closes a put-in, over texts and comments inside it. */
function findPutInEnd({ source, lineAt, depth }: Inside, from: number): number {
  let level = 1;
  let at = from;
  while (at < source.length) {
    const quote = source.startsWith("''", at) ? "''" : source[at] === '"' ? '"' : null;
    if (quote) {
      at = readText({ source, lineAt, depth: depth + 1 }, at + quote.length, quote).end;
      continue;
    }
    const skipped = skipBlanks(source, at, lineAt);
    if (skipped > at) {
      at = skipped;
      continue;
    }
    if (source[at] === '{') level++;
    if (source[at] === '}') level--;
    if (level === 0) return at;
    at += 1;
  }
  throw new NixFault(lineAt(from), 'a ${ has no end');
}
