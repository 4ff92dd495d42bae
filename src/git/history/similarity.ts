import { withoutBox } from './box-mark.ts';

/** A line as it is compared with others. */
export interface ComparedLine {
  /** Without its box, with single blanks, without punctuation at its end. */
  core: string;
  /** Sorted codes of the pairs of neighbouring characters, markup included. */
  pairs: Uint32Array;
}

/** From this share of common pairs on, one line is a new wording of the other. */
export const similarEnough = 0.6;
const comparedLength = 1000;

export function compareLine(text: string): ComparedLine {
  const plain = withoutBox(text.slice(0, comparedLength)).replace(/\s+/g, ' ').trim();
  const pairs = new Uint32Array(Math.max(plain.length - 1, 0));
  for (let index = 0; index < pairs.length; index++) pairs[index] = plain.charCodeAt(index) * 0x10000 + plain.charCodeAt(index + 1);
  const core = plain.replace(/[\p{P}\s]+$/u, '');
  return { core: core === '' || text.length > comparedLength ? text.trim() : core, pairs: pairs.sort() };
}

/**
 * How alike two lines are, from 0 to 1: 1 when their cores are equal, else Dice's coefficient of their pairs of characters.
 * Below `similarEnough` it may be 0 without having been counted.
 */
export function similarity(a: ComparedLine, b: ComparedLine): number {
  if (a.core === b.core) return 1;
  const total = a.pairs.length + b.pairs.length;
  // The shorter line cannot have more in common with the longer one than it has itself.
  if (total === 0 || (2 * Math.min(a.pairs.length, b.pairs.length)) / total < similarEnough) return 0;
  return (2 * countCommon(a.pairs, b.pairs)) / total;
}

function countCommon(a: Uint32Array, b: Uint32Array): number {
  let common = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const difference = (a[i] ?? 0) - (b[j] ?? 0);
    if (difference === 0) common++;
    if (difference <= 0) i++;
    if (difference >= 0) j++;
  }
  return common;
}
