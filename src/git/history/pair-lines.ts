import { compareLine, similarEnough, similarity, type ComparedLine } from './similarity.ts';

/** Index among the removed lines, index among the added ones. */
export type LinePair = readonly [removed: number, added: number];

/** From this many comparisons on, lines that are equal but for box, blanks and final punctuation divide the place first. */
const comparisonsWithoutAnchors = 256;
/** What is still larger then is another text, not a new wording. */
const comparisonLimit = 10_000;

/**
 * Which added lines are new wordings of which removed ones, within one place of a file: in order, each line at most once, so that
 * the sum of their similarities is the highest.
 */
export function pairLines(removed: readonly string[], added: readonly string[]): LinePair[] {
  const pairs: LinePair[] = [];
  if (removed.length > 0 && added.length > 0) align(removed.map(compareLine), added.map(compareLine), [0, removed.length, 0, added.length], pairs);
  return pairs;
}

type Range = readonly [removedFrom: number, removedTo: number, addedFrom: number, addedTo: number];

function align(removed: readonly ComparedLine[], added: readonly ComparedLine[], range: Range, pairs: LinePair[]): void {
  const [removedFrom, removedTo, addedFrom, addedTo] = range;
  if (removedFrom === removedTo || addedFrom === addedTo) return;
  const comparisons = (removedTo - removedFrom) * (addedTo - addedFrom);
  const anchors = comparisons <= comparisonsWithoutAnchors ? [] : findAnchors(removed, added, range);
  if (anchors.length === 0) {
    if (comparisons <= comparisonLimit) alignAll(removed, added, range, pairs);
    return;
  }
  let from: LinePair = [removedFrom, addedFrom];
  for (const [i, j] of anchors) {
    align(removed, added, [from[0], i, from[1], j], pairs);
    pairs.push([i, j]);
    from = [i + 1, j + 1];
  }
  align(removed, added, [from[0], removedTo, from[1], addedTo], pairs);
}

/** The alignment of the highest score (Needleman and Wunsch 1970, without a price for gaps). */
function alignAll(removed: readonly ComparedLine[], added: readonly ComparedLine[], range: Range, pairs: LinePair[]): void {
  const [removedFrom, removedTo, addedFrom, addedTo] = range;
  const width = addedTo - addedFrom + 1;
  const height = removedTo - removedFrom + 1;
  const best = new Float64Array(width * height);
  const score = new Float64Array(width * height);
  for (let i = height - 2; i >= 0; i--) {
    const a = removed[removedFrom + i];
    for (let j = width - 2; j >= 0; j--) {
      const b = added[addedFrom + j];
      const alike = a && b ? similarity(a, b) : 0;
      const cell = i * width + j;
      score[cell] = alike >= similarEnough ? alike : 0;
      const paired = score[cell] > 0 ? alike + (best[cell + width + 1] ?? 0) : 0;
      best[cell] = Math.max(paired, best[cell + 1] ?? 0, best[cell + width] ?? 0);
    }
  }
  for (let i = 0, j = 0; i < height - 1 && j < width - 1; ) {
    const cell = i * width + j;
    const own = score[cell] ?? 0;
    if (own > 0 && best[cell] === own + (best[cell + width + 1] ?? 0)) pairs.push([removedFrom + i++, addedFrom + j++]);
    else if (best[cell] === best[cell + width]) i++;
    else j++;
  }
}

/** Lines that are there once on each side and equal, in an order that is theirs on both (Cohen's patience diff). */
function findAnchors(removed: readonly ComparedLine[], added: readonly ComparedLine[], range: Range): LinePair[] {
  const [removedFrom, removedTo, addedFrom, addedTo] = range;
  const once = findOnce(added, addedFrom, addedTo);
  const candidates: LinePair[] = [];
  for (const [core, i] of findOnce(removed, removedFrom, removedTo)) {
    const j = once.get(core);
    if (j !== undefined && j >= 0 && i >= 0) candidates.push([i, j]);
  }
  return longestRising(candidates);
}

/** Where each line stands, -1 for lines that stand there more than once. */
function findOnce(lines: readonly ComparedLine[], from: number, to: number): Map<string, number> {
  const places = new Map<string, number>();
  for (let index = from; index < to; index++) {
    const core = lines[index]?.core ?? '';
    if (core !== '') places.set(core, places.has(core) ? -1 : index);
  }
  return places;
}

function longestRising(pairs: readonly LinePair[]): LinePair[] {
  const ends: number[] = [];
  const before = new Int32Array(pairs.length).fill(-1);
  for (const [index, pair] of pairs.entries()) {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[ends[middle] ?? 0]?.[1] ?? 0) < pair[1]) low = middle + 1;
      else high = middle;
    }
    before[index] = ends[low - 1] ?? -1;
    ends[low] = index;
  }
  const chain: LinePair[] = [];
  for (let index = ends.at(-1) ?? -1; index >= 0; index = before[index] ?? -1) {
    const pair = pairs[index];
    if (pair) chain.push(pair);
  }
  return chain.reverse();
}
