import type { Box, Prose, Ranges } from './types.ts';

const marks: Readonly<Record<string, Box>> = { ' ': 'open', x: 'done', X: 'done', '~': 'partial', '-': 'dropped' };

/** The box that `prose` starts with, taken out of it; null and the same prose where there is none. A link is no box. */
export function takeBox(prose: Prose): { box: Box | null; prose: Prose } {
  const found = /^\[([ xX~-])\](?=[ \t\n]|$)/.exec(prose.text);
  const box = found ? marks[found[1] ?? ''] : undefined;
  if (!found || box === undefined || prose.links.some((link) => link.start < found[0].length)) return { box: null, prose };
  return { box, prose: trimStart(cut(prose, found[0].length)) };
}

/** Without the blanks that stood between a box and its text. Line ends stay, for they count lines. */
export function trimStart(prose: Prose): Prose {
  const blanks = /^[ \t]*/.exec(prose.text)?.[0].length ?? 0;
  return blanks === 0 ? prose : cut(prose, blanks);
}

function cut(prose: Prose, length: number): Prose {
  const shift = (ranges: Ranges): Ranges => ranges.map((offset) => Math.max(0, offset - length));
  return {
    text: prose.text.slice(length),
    code: shift(prose.code),
    strong: shift(prose.strong),
    struck: shift(prose.struck),
    links: prose.links.map((link) => ({ ...link, start: Math.max(0, link.start - length), end: Math.max(0, link.end - length) })),
  };
}
