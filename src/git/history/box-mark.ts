/** What may stand in a box, as it is compared: `X` counts as `x`. */
export type BoxMark = ' ' | 'x' | '~' | '-';

export const boxMarks: readonly BoxMark[] = [' ', 'x', '~', '-'];

/** The mark in a line's box; null where there is none. */
export function boxMarkOf(line: string): BoxMark | null {
  const at = findBox(line);
  const mark = line[at + 1]?.toLowerCase();
  return at < 0 ? null : (boxMarks.find((each) => each === mark) ?? null);
}

/** The line without its box. */
export function withoutBox(line: string): string {
  const at = findBox(line);
  return at < 0 ? line : line.slice(0, at) + line.slice(at + 3);
}

/** Where the first box of a line stands that stands by itself: it is not part of a word, a link, or code. -1 for none. */
function findBox(line: string): number {
  for (let at = line.indexOf('['); at >= 0; at = line.indexOf('[', at + 1)) {
    if (line[at + 2] !== ']' || !/[ xX~-]/.test(line[at + 1] ?? '')) continue;
    if (/^\s?$/.test(line[at - 1] ?? '') && /^\s?$/.test(line[at + 3] ?? '')) return at;
  }
  return -1;
}
