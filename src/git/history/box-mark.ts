/** What may stand in a box, as it is compared: `X` counts as `x`. */
export type BoxMark = ' ' | 'x' | '~' | '-';

export const boxMarks: readonly BoxMark[] = [' ', 'x', '~', '-'];

/** The first box of a line that stands by itself: not part of a word, a link, or code. */
const box = /(?<=^|\s)\[([ xX~-])\](?=\s|$)/;

/** The mark in a line's box; null where there is none. */
export function boxMarkOf(line: string): BoxMark | null {
  const mark = box.exec(line)?.[1]?.toLowerCase();
  return boxMarks.find((each) => each === mark) ?? null;
}

/** The line without its box. */
export function withoutBox(line: string): string {
  return line.replace(box, '');
}
