import { RE2JS } from 're2js';
import { isMap, isScalar, isSeq, type Node } from 'yaml';
import { parseDuration } from './durations.ts';
import type { Argv, JsonValue } from './types.ts';
import { describeNode, placeOf, readItems, reject, textOf, valueOf, type Sheet, type Value } from './yaml-nodes.ts';
import { findNearest } from './nearest.ts';

/** Readers of single values. Each returns null after having noted what is wrong. */

export function readText(sheet: Sheet, value: Value): string | null {
  const { node, owner, place } = value;
  if (!isScalar(node) || node.value === null || node.value === '') return reject(sheet, place, `Unexpected ${describeNode(node)} for ${owner}, expected text`, `Write a name or a text for ${owner}.`);
  return textOf(node);
}

/** A version must be written as text: YAML reads `5.10` as the number 5.1. */
export function readVersion(sheet: Sheet, value: Value): string | null {
  const { node, owner, place } = value;
  if (isScalar(node) && typeof node.value !== 'string' && node.value !== null) {
    const written = textOf(node);
    return reject(sheet, place, `Unexpected ${describeNode(node)} for ${owner}, expected a version as text (YAML would take 5.10 for 5.1)`, `Write it in quotes: "${written}"`);
  }
  const text = readText(sheet, value);
  if (text === null || /^[\w.+~:@/-]+$/.test(text)) return text;
  return reject(sheet, place, `Unexpected ${JSON.stringify(text)} for ${owner}, expected a version without blanks`, 'Write a version such as 5.1.1+v3.6.15.');
}

export function readOneOf<T extends string>(sheet: Sheet, value: Value, choices: readonly T[]): T | null {
  const text = readText(sheet, value);
  const chosen = choices.find((choice) => choice === text);
  if (chosen !== undefined || text === null) return chosen ?? null;
  const nearest = findNearest(text, choices);
  return reject(sheet, value.place, `Unexpected ${JSON.stringify(text)} for ${value.owner}, expected ${choices.join(' or ')}`, `Write ${nearest ?? choices.join(' or ')}.`);
}

export function readBoolean(sheet: Sheet, value: Value): boolean | null {
  const { node, owner, place } = value;
  if (isScalar(node) && typeof node.value === 'boolean') return node.value;
  return reject(sheet, place, `Unexpected ${describeNode(node)} for ${owner}, expected true or false`, 'Write true or false.');
}

export function readWhole(sheet: Sheet, value: Value, least: number, most: number): number | null {
  const { node, owner, place } = value;
  const number = isScalar(node) ? node.value : null;
  if (typeof number === 'number' && Number.isInteger(number) && number >= least && number <= most) return number;
  return reject(sheet, place, `Unexpected ${describeNode(node)} for ${owner}, expected a whole number from ${least} to ${most}`, `Write a number without quotes, e.g. ${least}.`);
}

/** In milliseconds. */
export function readDuration(sheet: Sheet, value: Value, sign: 'positive' | 'zero-or-more'): number | null {
  const { node, owner, place } = value;
  const written = isScalar(node) && node.value !== null ? textOf(node) : null;
  const ms = written === null ? null : parseDuration(written);
  if (ms !== null && (ms > 0 || sign === 'zero-or-more')) return ms;
  const [, digits, unit = 's'] = /^([1-9]\d*)\s*(ms|[smh])?/.exec(written ?? '') ?? [];
  const meant = `${digits}${unit}`;
  const example = parseDuration(meant) === null ? '10s' : meant;
  return reject(sheet, place, `Unexpected ${describeNode(node)} for ${owner}, expected a duration${ms === 0 ? ' longer than nothing' : ''} in ms, s, m or h`, `Write a number with its unit, e.g. ${example}.`);
}

/** Long patterns are nobody's honest wish, and cost time on every probe. */
const LONGEST_PATTERN = 1000;

/** A pattern that RE2 takes. */
export function readPattern(sheet: Sheet, value: Value): string | null {
  const text = readText(sheet, value);
  if (text === null) return null;
  if (text.length > LONGEST_PATTERN) return reject(sheet, value.place, `Unexpected ${text.length} characters for ${value.owner}, expected a pattern of at most ${LONGEST_PATTERN}`, 'Write a shorter pattern.');
  try {
    RE2JS.compile(text);
    return text;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return reject(sheet, value.place, `Unexpected pattern for ${value.owner}, expected one that RE2 takes: ${why}`, 'Write it in the syntax of RE2 (no look-around, no back-references).');
  }
}

/** A program with its arguments. A single text is refused, since only a shell could take it apart. */
export function readArgv(sheet: Sheet, value: Value): Argv | null {
  const { node, owner, place } = value;
  if (isScalar(node) && node.value !== null && node.value !== '') {
    const words = textOf(node).trim().split(/\s+/);
    return reject(sheet, place, `Unexpected ${describeNode(node)} for ${owner}, expected a list of arguments (no shell ever reads it)`, `Write it as a list: [${words.map(quoteWord).join(', ')}]`);
  }
  const items = readItems(sheet, value, '[./ctl, start]');
  if (!items) return null;
  const words = items.map((item) => (isScalar(item.node) && item.node.value !== null ? textOf(item.node) : reject(sheet, item.place, `Unexpected ${describeNode(item.node)} for ${item.owner}, expected an argument`, 'Write one text for each argument.')));
  const whole = words.filter((word) => word !== null);
  const [program, ...rest] = whole;
  if (whole.length < words.length) return null;
  if (!program) return reject(sheet, place, `Unexpected empty list for ${owner}, expected a program and its arguments`, 'Write the program first: [./ctl, start]');
  return [program, ...rest];
}

function quoteWord(word: string): string {
  return /^[\w./=-]+$/.test(word) ? word : JSON.stringify(word);
}

/** Deeper than any answer that a condition wants to look into; ends an alias that contains itself. */
const DEEPEST = 20;

/** Any value, as JSON. */
export function readJson(sheet: Sheet, value: Value, depth = 0): JsonValue | undefined {
  const { node, owner, place } = value;
  if (depth > DEEPEST) {
    reject(sheet, place, `Unexpected depth of ${owner}, expected at most ${DEEPEST} levels`, 'Write a condition on a dotted key instead.');
    return undefined;
  }
  if (isSeq(node)) return node.items.map((item) => readJson(sheet, valueOf(sheet, item as Node | null, owner, place), depth + 1) ?? null);
  if (isMap(node)) {
    const pairs = node.items.map((pair): [string, JsonValue] => [
      isScalar(pair.key) ? textOf(pair.key) : String(pair.key),
      readJson(sheet, valueOf(sheet, pair.value as Node | null, owner, placeOf(sheet, pair.key as Node, place)), depth + 1) ?? null,
    ]);
    return Object.fromEntries(pairs);
  }
  const scalar = isScalar(node) ? node.value : null;
  if (typeof scalar === 'string' || typeof scalar === 'boolean' || typeof scalar === 'number') return scalar;
  return null;
}
