import { withoutBox } from './box-mark.ts';
import { PairTable } from './pair-table.ts';

/** A line as it is compared with others. */
export interface ComparedLine {
  /** Without its box, with single blanks, without punctuation at its end. */
  core: string;
  /** The same with its punctuation: its pairs of neighbouring characters are compared. */
  plain: string;
}

/** From this share of common pairs on, one line is a new wording of the other. */
export const similarEnough = 0.6;
const comparedLength = 400;

export function compareLine(text: string): ComparedLine {
  const compared = text.length > comparedLength ? text.slice(0, comparedLength) : text;
  const unboxed = withoutBox(compared).trim();
  const plain = unboxed.includes('  ') || unboxed.includes('\t') ? unboxed.replace(/[ \t]+/g, ' ') : unboxed;
  const core = plain.slice(0, coreLength(plain));
  return { core: core === '' || text.length > comparedLength ? text.trim() : core, plain };
}

/** Most punctuation is ASCII; only other characters are asked for their class. */
function coreLength(plain: string): number {
  let length = plain.length;
  while (length > 0 && isPunctuation(plain[length - 1] ?? '')) length--;
  return length;
}

function isPunctuation(character: string): boolean {
  return character < '\u0080' ? /[\s!-#%-*,-/:;?@[-\]_{}]/.test(character) : /\p{P}/u.test(character);
}

/** The pairs of the line that was compared last: the next comparison is mostly with the same one. */
const table = new PairTable();

/**
 * How alike two lines are, from 0 to 1: 1 when their cores are equal, else Dice's coefficient of their pairs of neighbouring
 * characters, markup included. Below `similarEnough` it may be 0 without having been counted.
 */
export function similarity(a: ComparedLine, b: ComparedLine): number {
  if (a.core === b.core) return 1;
  const pairsOfA = Math.max(a.plain.length - 1, 0);
  const pairsOfB = Math.max(b.plain.length - 1, 0);
  const total = pairsOfA + pairsOfB;
  // The shorter line cannot have more in common with the longer one than it has itself.
  if (total === 0 || (2 * Math.min(pairsOfA, pairsOfB)) / total < similarEnough) return 0;
  return (2 * table.countCommon(a.plain, b.plain)) / total;
}
