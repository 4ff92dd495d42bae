import { diffArrays } from 'diff';
import type { Piece } from './piece.ts';

/** Which piece of a side a piece of the base became: index in the base → index in the side, both rising. */
export type Match = Map<number, number>;

/** Pairs pieces in their order: first those whose text is the same, then, between these, those that are known by the same key. */
export function matchPieces(base: readonly Piece[], side: readonly Piece[]): Match {
  const match: Match = new Map();
  const exact = pairInOrder(base.map(({ text }) => text), side.map(({ text }) => text));
  let [fromBase, fromSide] = [0, 0];
  for (const [at, other] of [...exact, [base.length, side.length] as const]) {
    const [bases, sides] = [base.slice(fromBase, at), side.slice(fromSide, other)];
    if (bases.length > 0 && sides.length > 0) {
      for (const [one, two] of pairInOrder(bases.map(({ key }) => key), sides.map(({ key }) => key))) match.set(fromBase + one, fromSide + two);
    }
    if (at < base.length) match.set(at, other);
    [fromBase, fromSide] = [at + 1, other + 1];
  }
  return new Map([...match].toSorted(([a], [b]) => a - b));
}

/** A longest common subsequence, as pairs of indexes. */
export function pairInOrder(one: readonly string[], two: readonly string[]): [number, number][] {
  const pairs: [number, number][] = [];
  let [a, b] = [0, 0];
  for (const part of diffArrays([...one], [...two])) {
    if (part.removed) a += part.count;
    else if (part.added) b += part.count;
    else for (let step = 0; step < part.count; step += 1) pairs.push([a++, b++]);
  }
  return pairs;
}
