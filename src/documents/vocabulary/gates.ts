import { dashSource } from './punctuation.ts';

/**
 * Gate ids as they are seen: `M0 M6.5 W0.10a Q4.6 WC1.1 V8a D10 DG4.1 HC4 M2(c) DoD-1`: one to four capitals and a number with sub-numbers, a
 * letter, a bracketed part; or a short word, a hyphen and a number. What carries a further hyphen (`F2-14c`, `A5-2`) is a finding's id.
 */
const gateSource = '(?:[A-Z]{1,4}\\d{1,3}(?:\\.\\d{1,3})*[a-z]?|[A-Z][A-Za-z]{1,3}-\\d{1,3})(?:\\([a-z0-9]{1,2}\\))?';
const gatePattern = new RegExp(`\`?(${gateSource})\`?(?![\\p{L}\\p{N}_]|-(?![A-Z]{1,4}\\d)[\\p{L}\\p{N}]|\\.\\d)`, 'uy');
const joiner = new RegExp(`\\s?(?:([+/&,;]|and|und|plus)|(${dashSource}|\\.\\.\\.?|…|to|through|thru))\\s?`, 'uy');
const shortNumber = /(\d{1,3})(?![\p{L}\p{N}_.:%-])/uy;

/** Gates that stand together in a text: `WC4+WC7`, `E0 / HC2`, `Q1–Q3`, `M1, M2 and M3`. */
export interface FoundGates {
  gates: string[];
  start: number;
  end: number;
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** `Q1` to `Q3` → `Q1 Q2 Q3`; also the last sub-number (`M6.1`–`M6.3`) and the letter (`V8a`–`V8c`). Null when the two do not form a range. */
function expandGates(first: string, last: string): string[] | null {
  const letter = /^(.*\d)([a-z])$/u;
  const [a, b] = [letter.exec(first), letter.exec(last)];
  if (a && b && a[1] === b[1]) return steps((a[2] ?? '').charCodeAt(0), (b[2] ?? '').charCodeAt(0), (n) => `${a[1]}${String.fromCharCode(n)}`);
  const number = /^(.*?)(\d+)$/u;
  const [c, d] = [number.exec(first), number.exec(last)];
  if (!c || !d || c[1] !== d[1]) return null;
  return steps(Number(c[2]), Number(d[2]), (n) => `${c[1]}${n}`);
}

function steps(from: number, to: number, name: (n: number) => string): string[] | null {
  if (to < from || to - from > 50) return null;
  return Array.from({ length: to - from + 1 }, (_, index) => name(from + index));
}

function readOne(text: string, at: number, previous: string | null, ranged: boolean): { gate: string; end: number } | null {
  const found = match(gatePattern, text, at);
  if (found) return { gate: found[1] ?? '', end: at + found[0].length };
  const prefix = previous === null ? null : /^([A-Z]{1,4})\d+$/u.exec(previous)?.[1];
  const short = prefix === null || prefix === undefined ? null : match(shortNumber, text, at);
  return short && (ranged || prefix) ? { gate: `${prefix}${short[1]}`, end: at + short[0].length } : null;
}

/** Reads a list of gates exactly at `at`, or null. Ranges are spelled out. */
export function readGates(text: string, at: number): FoundGates | null {
  const first = readOne(text, at, null, false);
  if (!first) return null;
  const gates = [first.gate];
  let end = first.end;
  for (;;) {
    const glue = match(joiner, text, end);
    if (!glue) break;
    const previous = gates.at(-1) ?? first.gate;
    const ranged = glue[2] !== undefined;
    const tight = ranged || /[+/&]/u.test(glue[1] ?? '');
    const next = readOne(text, end + glue[0].length, tight ? previous : null, ranged);
    if (!next) break;
    const range = ranged ? expandGates(previous, next.gate) : [next.gate];
    if (!range) break;
    for (const gate of range) if (!gates.includes(gate)) gates.push(gate);
    end = next.end;
  }
  return { gates, start: at, end };
}

/** All gate lists of a text, in order. */
export function findGates(text: string): FoundGates[] {
  const all: FoundGates[] = [];
  const starts = /(?<![\p{L}\p{N}_./-])`?[A-Z]/gu;
  for (let found = starts.exec(text); found; found = starts.exec(text)) {
    const list = readGates(text, found.index);
    if (!list) continue;
    all.push(list);
    starts.lastIndex = list.end;
  }
  return all;
}

/** True when the whole text is one gate id. */
export function isGate(text: string): boolean {
  return new RegExp(`^${gateSource}$`, 'u').test(text);
}

/** Ids of findings: `A1 A5-2 F1d-1 F2-14c F-redfix-1 CONC-A1 DEFECT-1 P1-neg`: a capital first, a digit somewhere. Read at `at`. */
export function readFindingId(text: string, at: number): { id: string; end: number } | null {
  const pattern = /`?((?=[A-Za-z0-9.-]*\d)[A-Z][A-Za-z0-9]*(?:[.-][A-Za-z0-9]+)*)`?(?![\p{L}\p{N}_])/uy;
  const found = match(pattern, text, at);
  return found && (found[1] ?? '').length <= 32 ? { id: found[1] ?? '', end: at + found[0].length } : null;
}
