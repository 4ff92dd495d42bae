import { decodePath } from './path-names.ts';

const escapes: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13, '"': 34, '\\': 92 };

/** A path as git prints it where it puts odd names into quotes: `"caf\303\251.txt"`. */
export function unquotePath(printed: Buffer): string {
  if (printed[0] !== 34) return decodePath(printed);
  const text = printed.toString('latin1').replace(/^"|"$/g, '');
  const bytes = text.replace(/\\([0-7]{3}|.)/gs, (_, code: string) => String.fromCharCode(/^\d/.test(code) ? Number.parseInt(code, 8) : (escapes[code] ?? code.charCodeAt(0))));
  return decodePath(Buffer.from(bytes, 'latin1'));
}
