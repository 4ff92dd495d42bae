import { isUtf8 } from 'node:buffer';

/**
 * Paths in git are bytes; here they are strings. A path that is UTF-8 is that text. Each byte that is not stands as `\xNN`
 * (lower case), and a `\` which the path itself has before `xNN` stands as `\x5c`, so that no two paths read alike and
 * `encodePath` gives the same bytes back.
 */
export function decodePath(bytes: Buffer): string {
  if (isUtf8(bytes)) return escapeLookAlikes(bytes.toString('utf8'));
  let text = '';
  let from = 0;
  while (from < bytes.length) {
    const length = characterLength(bytes, from);
    text += length === 0 ? `\\x${bytes.subarray(from, from + 1).toString('hex')}` : escapedCharacter(bytes, from, length);
    from += Math.max(length, 1);
  }
  return text;
}

/** The bytes of a path that `decodePath` made. */
export function encodePath(path: string): Buffer {
  if (!path.includes('\\x')) return Buffer.from(path, 'utf8');
  const parts = path.split(/\\x([0-9a-f]{2})/);
  return Buffer.concat(parts.map((part, index) => Buffer.from(part, index % 2 === 1 ? 'hex' : 'utf8')));
}

/** The path as the file system takes it: a string where that is exact, else bytes. */
export function systemPath(root: string, path: string): string | Buffer {
  const absolute = `${root}/${path}`;
  return path.includes('\\x') ? Buffer.concat([Buffer.from(`${root}/`, 'utf8'), encodePath(path)]) : absolute;
}

function escapeLookAlikes(text: string): string {
  return text.includes('\\x') ? text.replace(/\\(?=x[0-9a-f]{2})/g, '\\x5c') : text;
}

function characterLength(bytes: Buffer, from: number): number {
  for (let length = 1; length <= 4 && from + length <= bytes.length; length++) {
    if (isUtf8(bytes.subarray(from, from + length))) return length;
  }
  return 0;
}

function escapedCharacter(bytes: Buffer, from: number, length: number): string {
  const looksEscaped = /^\\x[0-9a-f]{2}/.test(bytes.subarray(from, from + 4).toString('latin1'));
  return looksEscaped ? '\\x5c' : bytes.subarray(from, from + length).toString('utf8');
}
