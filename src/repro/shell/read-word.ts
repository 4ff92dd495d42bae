import type { Reading } from './reading.ts';
import { unknown, unknownVariable } from './reading.ts';

const wordEnd = /[ \t\r\n;&|()<>]/;

/** Reads one word and what it stands for, as far as that is written down. */
export function readWord(reading: Reading): string {
  const { source } = reading;
  let word = '';
  while (reading.at < source.length && !wordEnd.test(source.charAt(reading.at))) {
    const character = source.charAt(reading.at);
    if (character === "'") word += readSingle(reading);
    else if (character === '"') word += readDouble(reading);
    else if (character === '\\') word += readEscape(reading);
    else if (character === '$' || character === '`') word += readExpansion(reading);
    else {
      word += character;
      reading.at += 1;
    }
  }
  return word;
}

function readEscape(reading: Reading): string {
  const next = reading.source.charAt(reading.at + 1);
  reading.at += 2;
  return next === '\n' ? '' : next;
}

function readSingle(reading: Reading): string {
  const end = reading.source.indexOf("'", reading.at + 1);
  if (end < 0) reading.torn = true;
  const text = reading.source.slice(reading.at + 1, end < 0 ? reading.source.length : end);
  reading.at = end < 0 ? reading.source.length : end + 1;
  return text;
}

function readDouble(reading: Reading): string {
  const { source } = reading;
  let text = '';
  for (reading.at += 1; reading.at < source.length; ) {
    const character = source.charAt(reading.at);
    if (character === '"') {
      reading.at += 1;
      return text;
    }
    if (character === '$' || character === '`') text += readExpansion(reading);
    else if (character === '\\' && /[$`"\\\n]/.test(source.charAt(reading.at + 1))) text += readEscape(reading);
    else {
      text += character;
      reading.at += 1;
    }
  }
  reading.torn = true;
  return text;
}

const name = /[A-Za-z_]\w*|[0-9@*#?$!-]/y;

/** Reads what begins with `$` or a back-tick; commands inside count as commands of the script. */
function readExpansion(reading: Reading): string {
  const { source } = reading;
  if (source.charAt(reading.at) === '`') return readBackticks(reading);
  const next = source.charAt(reading.at + 1);
  if (next === "'") return readAnsi(reading);
  if (next === '"') {
    reading.at += 1;
    return readDouble(reading);
  }
  if (source.startsWith('$((', reading.at)) {
    skipArithmetic(reading, reading.at + 3);
    return unknown;
  }
  if (next === '(') {
    reading.at += 2;
    reading.readNested(reading);
    return unknown;
  }
  if (next === '{') return readBraces(reading);
  name.lastIndex = reading.at + 1;
  const variable = name.exec(source)?.[0];
  reading.at += 1 + (variable?.length ?? 0);
  return variable === undefined ? '$' : (reading.variables.get(variable) ?? knownPlace(variable));
}

/** Variables of every run, which name places of its own. */
function knownPlace(variable: string): string {
  return variable === 'HOME' ? '~' : variable === 'PWD' ? '.' : unknownVariable;
}

function readAnsi(reading: Reading): string {
  const found = /^\$'((?:[^'\\]|\\.)*)'/s.exec(reading.source.slice(reading.at, reading.at + 4000));
  reading.at += found?.[0].length ?? 2;
  if (found === null) reading.torn = true;
  return (found?.[1] ?? '').replace(/\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|([0-7]{1,3})|(.))/gs, (_, hex?: string, long?: string, octal?: string, other?: string) =>
    hex !== undefined || long !== undefined ? String.fromCharCode(Number.parseInt(hex ?? long ?? '0', 16))
      : octal !== undefined ? String.fromCharCode(Number.parseInt(octal, 8)) : ({ n: '\n', t: '\t', r: '\r', e: '\u001b' }[other ?? ''] ?? other ?? ''));
}

/** `${NAME}`, `${NAME:-default}` and the other forms; a default stands for a variable that is not assigned. */
function readBraces(reading: Reading): string {
  const { source } = reading;
  const from = reading.at + 2;
  let depth = 1;
  let end = from;
  for (; end < source.length && depth > 0; end += 1) {
    const character = source.charAt(end);
    if (character === '\\') end += 1;
    else if (character === '{') depth += 1;
    else if (character === '}') depth -= 1;
  }
  if (depth > 0) reading.torn = true;
  const inside = source.slice(from, depth > 0 ? source.length : end - 1);
  reading.at = end;
  readSubstitutionsOf(reading, inside);
  const found = /^([A-Za-z_]\w*)(?:\[[@*]\]|:?([-=+?])(.*))?$/s.exec(inside);
  if (found === null) return unknown;
  const value = reading.variables.get(found[1] ?? '');
  if (value !== undefined) return value;
  if (found[2] === '-' || found[2] === '=' || found[2] === '+') return (found[3] ?? '').replace(/["'\\]/g, '').replace(/\$\(.*/s, unknown);
  return knownPlace(found[1] ?? '');
}

function readBackticks(reading: Reading): string {
  const { source } = reading;
  let end = reading.at + 1;
  while (end < source.length && source.charAt(end) !== '`') end += source.charAt(end) === '\\' ? 2 : 1;
  if (end >= source.length) reading.torn = true;
  const inside = source.slice(reading.at + 1, end).replace(/\\([`$\\])/g, '$1');
  reading.at = Math.min(end + 1, source.length);
  reading.parseInside(reading, inside);
  return unknown;
}

/** Arithmetic holds no commands but those in its substitutions. */
export function skipArithmetic(reading: Reading, from: number): void {
  const end = reading.source.indexOf('))', from);
  if (end < 0) reading.torn = true;
  const inside = reading.source.slice(from, end < 0 ? reading.source.length : end);
  reading.at = end < 0 ? reading.source.length : end + 2;
  readSubstitutionsOf(reading, inside);
}

/** Commands that stand in the substitutions of a text that is otherwise no script. */
export function readSubstitutionsOf(reading: Reading, text: string): void {
  if (!/\$\(|`|\$\{/.test(text)) return;
  reading.parseInside(reading, `: "${text.replaceAll('"', '')}"`);
}
