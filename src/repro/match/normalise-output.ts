import { stripVTControlCharacters } from 'node:util';

/** Where this run took place: paths that differ from machine to machine. Null where there is none. */
export interface Places {
  readonly root: string | null;
  readonly tmp: string | null;
  readonly home: string | null;
}

const noPlaces: Places = { root: null, tmp: null, home: null };

/**
 * Makes output comparable: bytes that are no UTF-8 become U+FFFD, CRLF becomes LF, terminal sequences go, own paths
 * become `[ROOT]`, `[TMP]` and `[HOME]`, blanks at the ends of lines go. Doing it twice changes nothing.
 */
export function normaliseOutput(output: Uint8Array | string, places: Places = noPlaces): string {
  const text = typeof output === 'string' ? output : new TextDecoder('utf-8').decode(output);
  const plain = stripVTControlCharacters(text).replaceAll('\r\n', '\n');
  return replacePlaces(plain, places).split('\n').map((line) => line.trimEnd()).join('\n');
}

function replacePlaces(text: string, places: Places): string {
  const known: readonly (readonly [string, string | null])[] = [['[ROOT]', places.root], ['[TMP]', places.tmp], ['[HOME]', places.home]];
  const named = known
    .flatMap(([name, path]) => (path === null || path.length < 2 ? [] : [{ name, path: path.replace(/\/+$/, '') }]))
    .sort((a, b) => b.path.length - a.path.length);
  return named.reduce((result, { name, path }) => replacePath(result, path, name), text);
}

/** Replaces a path where it stands as a whole: `/tmp/x` is not the start of `/tmp/xy`. */
function replacePath(text: string, path: string, name: string): string {
  if (path === '') return text;
  const parts = text.split(path);
  return parts.reduce((result, part, index) => {
    if (index === 0) return part;
    return /^[\w.-]/.test(part) && !/^\.(?:\s|$)/.test(part) ? `${result}${path}${part}` : `${result}${name}${part}`;
  }, '');
}
