/**
 * Control and bidirectional characters, which move the cursor, hide text or turn it round, and the two separators that some terminals
 * take for line ends. Tab and line feed stay.
 */
// oxlint-disable-next-line no-control-regex
const unsafe = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]|[\u{e0000}-\u{e007f}]/gu;

/** What nearly all texts are made of; told at a fraction of the cost of a look for what is unsafe. */
const plain = /^[\t\n\x20-\x7e]*$/;

/** The unsafe characters of a text with where they stand and how they are written out. */
export function unsafeCharacters(text: string): { index: number; name: string }[] {
  return [...text.matchAll(unsafe)].map((hit) => ({ index: hit.index, name: escapeControls(hit[0]) }));
}

/** `text` without unsafe characters. */
export function withoutUnsafe(text: string): string {
  return plain.test(text) ? text : text.replace(unsafe, '');
}

/** `text` with unsafe characters written out (`\x1b`, `\u{202e}`), so that a document cannot drive the reader's terminal. */
export function escapeControls(text: string): string {
  if (plain.test(text)) return text;
  return text.replace(/\r\n/g, '\n').replace(unsafe, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
  });
}

/** A copy of a plain value in which every text, keys included, is safe to print. */
export function makeSafe<T>(value: T): T;
export function makeSafe(value: unknown): unknown {
  if (typeof value === 'string') return escapeControls(value);
  if (Array.isArray(value)) return value.map((item) => makeSafe<unknown>(item));
  if (typeof value !== 'object' || value === null) return value;
  const safe: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    // A key `__proto__` is one like any other, but to assign to it is something else.
    if (key === '__proto__') Object.defineProperty(safe, key, { value: makeSafe<unknown>(item), enumerable: true, configurable: true, writable: true });
    else safe[escapeControls(key)] = makeSafe<unknown>(item);
  }
  return safe;
}

/** JSON whose bytes are safe to print as well: what `JSON.stringify` leaves as it is, is escaped; the value is the same. */
export function toSafeJson(value: unknown): string {
  return JSON.stringify(value).replace(unsafe, (character) => [...utf16(character)].map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join(''));
}

function* utf16(character: string): Generator<number> {
  for (let i = 0; i < character.length; i++) yield character.charCodeAt(i);
}
