import type { Prose } from '../types.ts';

const TAB_TO_BLANK = 32;
const BYTE_ORDER_MARK = 0xfeff;

/** Characters at which inline markdown may begin; all others are text. */
const special = new Uint8Array(128);
for (const character of '`*_[]!<&\\~@hHwW\n') special[character.charCodeAt(0)] = 1;

const link = /https?:\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?(?:[/?#][A-Za-z0-9/.?=%#+:,_-]*)?/y;
/** What ends a link of the kind above for sure: punctuation that is none of it, and a blank. */
const linkEnd = /[.,:;!?)]*(?=[ \n]|$)/y;

/** The text as it is taken apart. */
interface Reader {
  text: string;
  /** What is written, up to `done`. */
  prose: Prose;
  done: number;
  at: number;
  /** Where strong text began, in what is written; -1 outside. */
  strong: number;
}

/**
 * The prose of a paragraph's or heading's lines, as remark reads it, where that is certain from a look at the characters: text, code spans, strong
 * text between blanks, bare links. Null for all that needs the whole of markdown's rules. Lines are joined by `\n`, without blanks at their ends;
 * nowhere in the document stands a definition that could make a link of words in brackets.
 */
export function readPlainProse(text: string): Prose | null {
  const reader: Reader = { text, prose: { text: '', code: [], strong: [], struck: [], links: [] }, done: 0, at: 0, strong: -1 };
  while (reader.at < text.length) {
    const code = text.charCodeAt(reader.at);
    if (code >= 128 ? code === BYTE_ORDER_MARK : special[code] === 1 || code < TAB_TO_BLANK) {
      if (!readSpecial(reader, code)) return null;
    } else {
      reader.at += 1;
    }
  }
  if (reader.strong >= 0 || text.endsWith(' ')) return null;
  write(reader, text.length);
  return reader.prose;
}

/** Takes what begins here; false where it is not certain what that is. */
function readSpecial(reader: Reader, code: number): boolean {
  const { text, at } = reader;
  switch (code) {
    case 10: return text.charCodeAt(at - 1) !== 32 && pass(reader);
    case 33: return text[at + 1] !== '[' && pass(reader);
    case 38: return !/^[#A-Za-z]/.test(text[at + 1] ?? '') && pass(reader);
    case 42: return readStrong(reader);
    case 60: return !/^[A-Za-z/!?]/.test(text[at + 1] ?? '') && pass(reader);
    case 64: return !/^[\w.+-]/.test(text[at - 1] ?? '') && pass(reader);
    case 72:
    case 104: return !/^https?:\/\//i.test(text.slice(at, at + 8)) ? pass(reader) : readLink(reader);
    case 87:
    case 119: return !/^www\./i.test(text.slice(at, at + 4)) && pass(reader);
    case 91: return text[at + 1] !== '^' && pass(reader);
    case 93: return text[at + 1] !== '(' && text[at + 1] !== '[' && pass(reader);
    case 95: return isWithinWord(text, at) && pass(reader);
    case 96: return readCode(reader);
    case 126: return text[at + 1] !== '~' && pass(reader);
    default: return false;
  }
}

function pass(reader: Reader): true {
  reader.at += 1;
  return true;
}

/** Writes the text up to `end`, and goes on after it. */
function write(reader: Reader, end: number): void {
  reader.prose.text += reader.text.slice(reader.done, end);
  reader.done = end;
}

/** A code span between single back-ticks on one line. */
function readCode(reader: Reader): boolean {
  const { text, at, prose } = reader;
  const end = text.indexOf('`', at + 1);
  if (end <= at + 1 || text[end + 1] === '`') return false;
  const inner = text.slice(at + 1, end);
  if (inner.trim() === '' || /[\n\t\0]/.test(inner)) return false;
  write(reader, at);
  const start = prose.text.length;
  prose.text += inner.startsWith(' ') && inner.endsWith(' ') ? `\`${inner.slice(1, -1)}\`` : `\`${inner}\``;
  prose.code.push(start, prose.text.length);
  reader.done = end + 1;
  reader.at = end + 1;
  return true;
}

/** Two stars that can only open, or only close. Left and right flank as in CommonMark 6.2, for ASCII. */
function readStrong(reader: Reader): boolean {
  const { text, at, prose } = reader;
  if (text[at + 1] !== '*' || text[at + 2] === '*') return false;
  const before = text[at - 1] ?? ' ';
  const after = text[at + 2] ?? ' ';
  const opens = isBlank(before) ? /^[!-~]/.test(after) : before === '(' && isWord(after);
  const closes = isWord(before) ? isBlank(after) || isMark(after) : isMark(before) && isBlank(after);
  if (reader.strong < 0 ? !opens : !closes) return false;
  write(reader, at);
  if (reader.strong < 0) {
    reader.strong = prose.text.length;
  } else {
    prose.strong.push(reader.strong, prose.text.length);
    reader.strong = -1;
  }
  reader.done = at + 2;
  reader.at = at + 2;
  return true;
}

/** A link as it is written out. In brackets remark does not see it at first. */
function readLink(reader: Reader): boolean {
  const { text, at, prose } = reader;
  const before = text[at - 1] ?? ' ';
  if (!isBlank(before) && before !== '(') return false;
  link.lastIndex = at;
  const found = link.exec(text)?.[0];
  if (found === undefined || text.includes('[')) return false;
  linkEnd.lastIndex = at + found.length;
  if (!linkEnd.test(text)) return false;
  const url = found.replace(/[.,:?_]+$/, '');
  write(reader, at);
  const start = prose.text.length;
  write(reader, at + url.length);
  prose.links.push({ start, end: prose.text.length, url });
  reader.at = at + url.length;
  return true;
}

/** Whether a run of `_` stands between letters or digits, as in snake_case, where it marks nothing. */
function isWithinWord(text: string, at: number): boolean {
  let end = at + 1;
  while (text[end] === '_') end += 1;
  let start = at - 1;
  while (text[start] === '_') start -= 1;
  return isWord(text[start] ?? ' ') && isWord(text[end] ?? ' ');
}

function isBlank(character: string): boolean {
  return character === ' ' || character === '\n';
}

function isWord(character: string): boolean {
  return /^[A-Za-z0-9]/.test(character);
}

function isMark(character: string): boolean {
  return /^[!-/:-@[-`{-~]/.test(character);
}
