import { splitLines } from '../history/compare-lines.ts';

/** The text of cited lines as it was when they were cited, and of the lines around them; null at an end of the file. */
export interface CitedLines {
  text: string[];
  above: string | null;
  below: string | null;
}

/** More lines than this are not compared: whoever cites a thousand lines means the file. */
const mostCompared = 400;

/** The lines of a file, without their ends and the blanks before them. */
export function readLines(bytes: Buffer): string[] {
  return splitLines(bytes).map((line) => line.trimEnd());
}

/** What stood at the cited lines; null where they were not all there, or are too many. */
export function citeLines(lines: readonly string[], { from, to }: { from: number; to: number }): CitedLines | null {
  if (to > lines.length || to - from >= mostCompared) return null;
  return { text: lines.slice(from - 1, to), above: lines[from - 2] ?? null, below: lines[to] ?? null };
}

/**
 * Whether cited lines are still where they were cited, in a file that is long enough. They are where their text is, and where it was edited on the
 * spot, next to a line that stayed; they are not where the text stands elsewhere (`now`), or all around it is new.
 *
 * @param cited null: what stood there is not known, so nothing is said against it
 */
export function judgeLines(cited: CitedLines | null, lines: readonly string[], { from, to }: { from: number; to: number }): { stale: boolean; now: { from: number; to: number } | null } {
  const there = { stale: false, now: null };
  if (!cited || holdsAt(lines, cited.text, from - 1)) return there;
  const moved = isTelling(cited.text) ? findNearest(lines, cited.text, from - 1) : null;
  if (moved !== null) return { stale: true, now: { from: moved + 1, to: moved + cited.text.length } };
  const isEdited = (cited.above !== null && lines[from - 2] === cited.above) || (cited.below !== null && lines[to] === cited.below);
  return isEdited ? there : { stale: true, now: null };
}

function holdsAt(lines: readonly string[], text: readonly string[], at: number): boolean {
  return text.every((line, index) => lines[at + index] === line);
}

/** A closing brace is found everywhere and says nothing. */
function isTelling(text: readonly string[]): boolean {
  return text.join('').replace(/[^\p{L}\p{N}]/gu, '').length >= 8;
}

/** A file of equal lines must not cost their square. */
const mostPlaces = 1000;

/** The place of the same text that lies nearest; of two as near the first. */
function findNearest(lines: readonly string[], text: readonly string[], near: number): number | null {
  let best: number | null = null;
  let places = 0;
  for (let at = lines.indexOf(text[0] ?? ''); at >= 0 && places < mostPlaces; at = lines.indexOf(text[0] ?? '', at + 1)) {
    places += 1;
    if (holdsAt(lines, text, at) && (best === null || Math.abs(at - near) < Math.abs(best - near))) best = at;
  }
  return best;
}
