import { textsOf, type FilePatch, type Hunk } from '../parse-patch.ts';
import { boxMarkOf, type BoxMark } from './box-mark.ts';
import { pairLines } from './pair-lines.ts';
import { compareLine } from './similarity.ts';

/** What one commit did to the lines of one file, without their text. */
export interface LineEdit {
  /** In order; lines outside of them are unchanged. */
  hunks: Hunk[];
  /** Changed lines that are new wordings of old ones. In order of `newLine`; each old line at most once. */
  pairs: PairedLine[];
}

/** Lines are counted from 0. `from` and `to` are the marks in the line's box where it had one before and after. */
export interface PairedLine {
  newLine: number;
  oldLine: number;
  from: BoxMark | null;
  to: BoxMark | null;
}

/** Shorter lines are too common for one that went to be the one that came elsewhere in the file. */
const shortestMovedLine = 12;

/** Finds out which of a patch's lines were reworded in place, and which moved within the file. */
export function editOfPatch({ hunks, removed, added }: FilePatch): LineEdit {
  return !removed?.count || !added?.count ? { hunks, pairs: [] } : makeEdit(hunks, textsOf(removed), textsOf(added));
}

/** The same of the texts of all lines that went and came, in order. */
export function makeEdit(hunks: Hunk[], removed: readonly string[], added: readonly string[]): LineEdit {
  const oldLines = hunks.flatMap((hunk) => countUp(hunk.oldStart, hunk.oldCount));
  const newLines = hunks.flatMap((hunk) => countUp(hunk.newStart, hunk.newCount));
  const pairs: (readonly [removed: number, added: number])[] = [];
  let removedFrom = 0;
  let addedFrom = 0;
  for (const { oldCount, newCount } of hunks) {
    const within = pairLines(removed.slice(removedFrom, removedFrom + oldCount), added.slice(addedFrom, addedFrom + newCount));
    for (const [i, j] of within) pairs.push([removedFrom + i, addedFrom + j]);
    removedFrom += oldCount;
    addedFrom += newCount;
  }
  if (hunks.length > 1) pairs.push(...findMoved(removed, added, pairs));
  const asPaired = pairs.map(([i, j]) => ({
    newLine: newLines[j] ?? 0,
    oldLine: oldLines[i] ?? 0,
    from: boxMarkOf(removed[i] ?? ''),
    to: boxMarkOf(added[j] ?? ''),
  }));
  return { hunks, pairs: asPaired.sort((a, b) => a.newLine - b.newLine) };
}

/** A line that went in one place and came, the same but for its box, in another one of the file, once each: it moved. */
function findMoved(removed: readonly string[], added: readonly string[], paired: readonly (readonly [number, number])[]): [number, number][] {
  const gone = findOnce(removed, new Set(paired.map(([i]) => i)));
  const come = findOnce(added, new Set(paired.map(([, j]) => j)));
  const moved: [number, number][] = [];
  for (const [core, i] of gone) {
    const j = come.get(core);
    if (j !== undefined && i >= 0 && j >= 0) moved.push([i, j]);
  }
  return moved;
}

function findOnce(lines: readonly string[], except: ReadonlySet<number>): Map<string, number> {
  const places = new Map<string, number>();
  for (const [index, line] of lines.entries()) {
    if (except.has(index)) continue;
    const { core } = compareLine(line);
    if (core.length >= shortestMovedLine) places.set(core, places.has(core) ? -1 : index);
  }
  return places;
}

function countUp(from: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => from + index);
}
