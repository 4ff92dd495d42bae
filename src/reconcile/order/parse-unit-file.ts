import type { LinePlace } from './types.ts';

/** One word of a setting, with the line on which it stands. */
export interface Setting {
  section: string;
  key: string;
  /** The value word by word; empty for an empty assignment. */
  words: { text: string; place: LinePlace }[];
  place: LinePlace;
}

/** Reads a unit file or drop-in as systemd does (systemd.syntax(7), and its conf-parser for what the page leaves open): a line
 *  that ends with a backslash goes on, over comment lines in between; keys and sections are case-sensitive; quotes mean nothing
 *  in lists of units. */
export function parseUnitFile(text: string, path: string): Setting[] {
  const settings: Setting[] = [];
  let section = '';
  for (const pieces of joinLines(text)) {
    const whole = pieces.map(({ text }) => text).join(' ').trim();
    const [first] = pieces;
    const header = /^\[(.*)\]$/.exec(whole);
    if (header) section = header[1] ?? '';
    const equals = whole.indexOf('=');
    if (header || equals < 0 || !first) continue;
    settings.push({ section, key: whole.slice(0, equals).trim(), words: readWords(pieces, path), place: { path, line: first.line } });
  }
  return settings;
}

interface Piece {
  text: string;
  line: number;
}

/** Logical lines, each as its physical pieces. */
function joinLines(text: string): Piece[][] {
  const logical: Piece[][] = [];
  let open: Piece[] | null = null;
  for (const [index, raw] of text.replace(/^\uFEFF/, '').split(/\r?\n/).entries()) {
    const line = raw.trimStart();
    if (/^[#;]/.test(line) || (line === '' && !open)) continue;
    const goesOn = /(?:^|[^\\])(?:\\\\)*\\$/.test(line);
    const piece = { text: goesOn ? line.slice(0, -1) : line, line: index + 1 };
    if (open) open.push(piece);
    else logical.push(open = [piece]);
    if (!goesOn) open = null;
  }
  return logical;
}

/** The words after the equals sign, each with its own line. */
function readWords(pieces: readonly Piece[], path: string): Setting['words'] {
  let inValue = false;
  return pieces.flatMap(({ text, line }) => {
    const value = inValue ? text : text.slice(text.indexOf('=') + 1);
    const isValue = inValue || text.includes('=');
    inValue = isValue;
    return isValue ? value.split(/\s+/).filter((word) => word !== '').map((word) => ({ text: word, place: { path, line } })) : [];
  });
}
