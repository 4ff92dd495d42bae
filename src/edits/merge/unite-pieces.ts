import { pairInOrder } from './match-pieces.ts';
import type { Merged, Piece } from './piece.ts';

export interface UniteOptions {
  /** May this piece stand beside what the other side put at the same place? */
  standsAlone: (piece: Piece) => boolean;
  /** Merges two sections of one heading that both sides added. */
  mergeAdded: (ours: Piece, theirs: Piece) => Promise<Merged[]>;
  lineEnd: string;
}

/**
 * What two sides put at the same place, both kept: identical pieces once, the others by date and, where dates do not decide, ours first. The order
 * that each side gave its own stays. Null where a piece may not stand beside those of the other side.
 */
export async function unitePieces(ours: readonly Piece[], theirs: readonly Piece[], options: UniteOptions): Promise<Merged[] | null> {
  const pairs = pairInOrder(ours.map((piece) => sameAs(piece, theirs)), theirs.map((piece) => sameAs(piece, ours)));
  const before = new Map<Merged, Piece>();
  for (const run of [ours, theirs]) for (const [index, piece] of run.entries()) if (run[index - 1]) before.set(piece, run[index - 1] as Piece);
  const merged: Merged[] = [];
  let last: Merged | undefined;
  const add = (piece: Merged): void => {
    merged.push(last === before.get(piece) ? piece : joinTo(last, piece, options.lineEnd));
    last = piece;
  };
  const twice = new Set(ours.map(({ text }) => text));
  let [fromOurs, fromTheirs] = [0, 0];
  for (const [one, two] of [...pairs, [ours.length, theirs.length] as const]) {
    const mine = ours.slice(fromOurs, one);
    const their = theirs.slice(fromTheirs, two).filter(({ text }) => !twice.has(text));
    if (mine.length > 0 && their.length > 0 && ![...mine, ...their].every(options.standsAlone)) return null;
    for (const piece of byDate(mine, their)) add(piece);
    const [a, b] = [ours[one], theirs[two]];
    if (a && b) for (const piece of await once(a, b, options)) add(piece);
    [fromOurs, fromTheirs] = [one + 1, two + 1];
  }
  return merged;
}

/** What a piece is the same by: its text, or, where the other side added a section that may go on in it, its key. */
function sameAs(piece: Piece, others: readonly Piece[]): string {
  const other = others.find(({ text, key }) => text === piece.text || key === piece.key);
  if (!other || other.text === piece.text) return `text ${piece.text}`;
  return goesOn(piece, other) || goesOn(other, piece) || isUndated(piece, other) ? `key ${piece.key}` : `text ${piece.text}`;
}

function goesOn(short: Piece, long: Piece): boolean {
  return long.text.startsWith(short.text) && /[\r\n]/u.test(long.text[short.text.length] ?? '');
}

function isUndated(a: Piece, b: Piece): boolean {
  return a.when === null || b.when === null || !a.isEntry || !b.isEntry;
}

async function once(a: Piece, b: Piece, { mergeAdded }: UniteOptions): Promise<Merged[]> {
  if (a.text === b.text || goesOn(b, a)) return [a];
  return goesOn(a, b) ? [b] : mergeAdded(a, b);
}

/** Two runs as one: of the two that stand first in theirs, the earlier comes first; ours where that cannot be told. */
function byDate(ours: readonly Piece[], theirs: readonly Piece[]): Piece[] {
  const all: Piece[] = [];
  let [one, two] = [0, 0];
  for (;;) {
    const [a, b] = [ours[one], theirs[two]];
    if (!a && !b) return all;
    if (a && !(b && isEarlier(b, a))) {
      all.push(a);
      one += 1;
    } else if (b) {
      all.push(b);
      two += 1;
    }
  }
}

/** By date, and by time where both have one. */
function isEarlier({ when: a }: Piece, { when: b }: Piece): boolean {
  if (a === null || b === null) return false;
  const length = Math.min(a.length, b.length);
  return a.slice(0, length) < b.slice(0, length);
}

const bullet = /^[ \t]*(?:[-*+]|\d+[.)])[ \t]/u;

/** A piece behind another that did not stand before it in its file: bullets close up, anything else keeps a blank line. */
function joinTo(before: Merged | undefined, piece: Merged, lineEnd: string): Merged {
  if (!before) return piece;
  const { gap, text } = piece;
  if (bullet.test(before.text) && bullet.test(text)) return { gap: 'opensList' in piece && piece.opensList === true ? lineEnd : gap, text };
  const ends = gap.match(/\r\n|\r|\n/gu)?.length ?? 0;
  return { gap: ends >= 2 ? gap : lineEnd + lineEnd, text };
}
