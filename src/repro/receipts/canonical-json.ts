/** What JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const deepest = 100;
const loneSurrogate = /\p{Surrogate}/u;

/**
 * JSON with one spelling for one value (RFC 8785): no blanks, keys in the order of their UTF-16 units, numbers and
 * strings as ECMAScript writes them. Throws TypeError for what has no JSON form: numbers that are not finite, lone
 * surrogates, undefined, and values nested deeper than any receipt.
 */
export function canonicalJson(value: unknown): string {
  return serialise(value, 0);
}

function serialise(value: unknown, depth: number): string {
  if (depth > deepest) throw new TypeError('nested too deeply');
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return serialiseNumber(value);
  if (typeof value === 'string') return serialiseString(value);
  if (Array.isArray(value)) return `[${value.map((item) => serialise(item, depth + 1)).join(',')}]`;
  if (typeof value === 'object') return serialiseObject(value, depth);
  throw new TypeError(`${typeof value} has no JSON form`);
}

function serialiseNumber(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`${String(value)} has no JSON form`);
  return JSON.stringify(value);
}

function serialiseString(value: string): string {
  if (loneSurrogate.test(value)) throw new TypeError('a lone surrogate has no JSON form');
  return JSON.stringify(value);
}

function serialiseObject(value: object, depth: number): string {
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${serialiseString(key)}:${serialise(member, depth + 1)}`).join(',')}}`;
}
