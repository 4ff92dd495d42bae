import { parseTrailers, type Trailer } from '../../git/parse-trailers.ts';

const scissors = '# ------------------------ >8 ------------------------';

/** A commit message as git will keep it: without comments, and without what stands below the scissors. */
export function cleanMessage(text: string): string {
  const lines = text.replace(/\r\n/gu, '\n').split('\n');
  const cut = lines.indexOf(scissors);
  return lines.slice(0, cut < 0 ? undefined : cut).filter((line) => !line.startsWith('#')).join('\n').trim();
}

/**
 * The message with the named hidden trailers in one last paragraph, together with those that git sees already; its comments stay where they are. Null where
 * nothing has to be mended. Only paragraphs of nothing but such lines are taken apart: what stands amid prose stays.
 */
export function mendTrailers(text: string, isMeant: (trailer: Trailer) => boolean): string | null {
  const { body, tail } = splitTail(text);
  const hidden = parseTrailers(body).filter((trailer) => trailer.hidden && isMeant(trailer));
  if (hidden.length === 0) return null;
  const paragraphs = body.split(/\n(?:[ \t]*\n)+/u);
  const hides = (paragraph: string): boolean => hidden.some(({ name }) => linesOf(paragraph).some((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`)));
  const isBlock = (paragraph: string, index: number): boolean => index > 0 && (index === paragraphs.length - 1 || hides(paragraph)) && linesOf(paragraph).every((line) => trailerLine.test(line) || /^[ \t]/u.test(line));
  const blocks = paragraphs.filter((paragraph, index) => isBlock(paragraph, index));
  const rest = paragraphs.filter((paragraph, index) => !isBlock(paragraph, index));
  const mended = `${[...rest, [...new Set(blocks.flatMap(unfold))].join('\n')].join('\n\n')}\n`;
  const still = parseTrailers(mended).filter((trailer) => trailer.hidden && isMeant(trailer));
  return still.length < hidden.length ? mended + tail : null;
}

const trailerLine = /^[A-Za-z][A-Za-z0-9-]*[ \t]*:[ \t]*\S/u;

function linesOf(paragraph: string): string[] {
  return paragraph.split('\n').filter((line) => line.trim() !== '');
}

/** The trailers of a block, folded lines with the line that they go on. */
function unfold(block: string): string[] {
  const trailers: string[] = [];
  for (const line of linesOf(block)) {
    const last = trailers.length - 1;
    if (/^[ \t]/u.test(line) && last >= 0) trailers[last] = `${trailers[last]}\n${line}`;
    else trailers.push(line.trimEnd());
  }
  return trailers;
}

/** What git takes away again: the comments at the end, and all below the scissors. */
function splitTail(text: string): { body: string; tail: string } {
  const lines = text.split('\n');
  const cut = lines.indexOf(scissors);
  let end = cut < 0 ? lines.length : cut;
  while (end > 0 && ((lines[end - 1] ?? '').startsWith('#') || (lines[end - 1] ?? '').trim() === '')) end -= 1;
  const tail = lines.slice(end).join('\n');
  return { body: lines.slice(0, end).join('\n'), tail: tail.includes('#') ? tail : '' };
}
