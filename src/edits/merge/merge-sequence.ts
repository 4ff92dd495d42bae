import { matchPieces, type Match } from './match-pieces.ts';
import type { Merged, Piece } from './piece.ts';

/** What is done with the pieces that a three-way merge of sequences cannot decide by itself. */
export interface MergeRules {
  /** The same piece on both sides, changed by at least one. */
  merge: (base: Piece, ours: Piece, theirs: Piece) => Promise<Merged[]>;
  /** Both sides put pieces at the same place; null where these may not stand beside each other. */
  unite: (ours: readonly Piece[], theirs: readonly Piece[]) => Promise<Merged[] | null>;
  /** Both sides changed the same stretch. */
  conflict: (base: readonly Piece[], ours: readonly Piece[], theirs: readonly Piece[]) => Promise<Merged[]>;
}

/** The base's pieces from `start` to before `end` are gone, and these stand there instead. */
interface Hunk {
  start: number;
  end: number;
  insert: Piece[];
}

interface Edit {
  match: Match;
  side: readonly Piece[];
  /** In order; at most one starts at a place. */
  hunks: Hunk[];
}

/** Merges what two sides made of a sequence of pieces. */
export async function mergeSequence(base: readonly Piece[], ours: readonly Piece[], theirs: readonly Piece[], rules: MergeRules): Promise<Merged[]> {
  const [own, other] = [matchPieces(base, ours), matchPieces(base, theirs)];
  dropChangedWhereDeleted({ base, side: theirs, match: other, against: own });
  dropChangedWhereDeleted({ base, side: ours, match: own, against: other });
  const [a, b] = [editOf(base, ours, own), editOf(base, theirs, other)];
  const conflicts = findConflicts(base, a, b);
  const merged: Merged[] = [];
  for (let at = 0; at <= base.length; ) {
    const conflict = conflicts.find(({ start }) => start === at);
    merged.push(...(await insertAt(at, a, b, conflict !== undefined, rules)));
    if (conflict) {
      merged.push(...(await rules.conflict(base.slice(conflict.start, conflict.end), stretchOf(a, conflict), stretchOf(b, conflict))));
      at = conflict.end;
      continue;
    }
    const [piece, one, two] = [base[at], ours[a.match.get(at) ?? -1], theirs[b.match.get(at) ?? -1]];
    if (piece && one && two) merged.push(...(await rules.merge(piece, one, two)));
    at += 1;
  }
  return merged;
}

/** A piece that one side changed and the other deleted counts as replaced by the side that changed it. */
function dropChangedWhereDeleted({ base, side, match, against }: { base: readonly Piece[]; side: readonly Piece[]; match: Match; against: Match }): void {
  for (const [at, index] of match) if (!against.has(at) && base[at]?.text !== side[index]?.text) match.delete(at);
}

function editOf(base: readonly Piece[], side: readonly Piece[], match: Match): Edit {
  const hunks: Hunk[] = [];
  let [start, from] = [0, 0];
  for (const [at, index] of [...match, [base.length, side.length] as const]) {
    if (at > start || index > from) hunks.push({ start, end: at, insert: side.slice(from, index) });
    [start, from] = [at + 1, index + 1];
  }
  return { match, side, hunks };
}

/** Stretches of the base that both sides replaced, each by something of its own. */
function findConflicts(base: readonly Piece[], a: Edit, b: Edit): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  for (const one of a.hunks) {
    for (const two of b.hunks) {
      const [from, to] = [Math.max(one.start, two.start), Math.min(one.end, two.end)];
      if (from >= to || agree(one, two) || base.slice(from, to).every(({ isPlaceholder }) => isPlaceholder)) continue;
      const stretch = { start: Math.min(one.start, two.start), end: Math.max(one.end, two.end) };
      const last = found.at(-1);
      if (last && stretch.start < last.end) Object.assign(last, { start: Math.min(last.start, stretch.start), end: Math.max(last.end, stretch.end) });
      else found.push(stretch);
    }
  }
  return found;
}

/** Both only deleted, or both replaced the same pieces by something that they have in common. */
function agree(one: Hunk, two: Hunk): boolean {
  if (one.insert.length === 0 && two.insert.length === 0) return true;
  if (one.start !== two.start || one.end !== two.end) return false;
  const texts = new Set(one.insert.map(({ text }) => text));
  return two.insert.some(({ text }) => texts.has(text));
}

/** What the sides put before the base's piece at a place. Where a conflict starts there, what replaces belongs to it. */
async function insertAt(at: number, a: Edit, b: Edit, beforeConflict: boolean, rules: MergeRules): Promise<Merged[]> {
  const hunkAt = ({ hunks }: Edit): Hunk | undefined => hunks.find(({ start, end }) => start === at && !(beforeConflict && end > start));
  const [one, two] = [hunkAt(a), hunkAt(b)];
  const [ours, theirs] = [one?.insert ?? [], two?.insert ?? []];
  if (ours.length === 0) return theirs;
  if (theirs.length === 0) return ours;
  const [oneReplaces, twoReplaces] = [replaces(one), replaces(two)];
  // What only stands before the other's replacement was written beside what is replaced.
  if (oneReplaces !== twoReplaces) return oneReplaces ? [...theirs, ...ours] : [...ours, ...theirs];
  return (await rules.unite(ours, theirs)) ?? rules.conflict([], ours, theirs);
}

function replaces(hunk: Hunk | undefined): boolean {
  return hunk !== undefined && hunk.end > hunk.start;
}

/** What a side has for a stretch of the base. */
function stretchOf({ match, side, hunks }: Edit, { start, end }: { start: number; end: number }): Piece[] {
  const pieces: Piece[] = [];
  for (let at = start; at < end; at += 1) {
    const hunk = hunks.find((each) => each.start === at && (at > start || each.end > each.start));
    if (hunk) pieces.push(...hunk.insert);
    const kept = side[match.get(at) ?? -1];
    if (kept) pieces.push(kept);
  }
  return pieces;
}
