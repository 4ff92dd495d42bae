import type { BoxMark } from './box-mark.ts';
import type { LineEdit, PairedLine } from './line-edit.ts';

/** Where each line of a file comes from. Commits are ordinals; never changed in place, so versions of a file share them. */
export interface FileLines {
  /** The commit that first brought the line, through rewordings. */
  born: Int32Array;
  /** The commit that last changed its bytes, as `git blame` tells. */
  changed: Int32Array;
  /** The last change of the line's box, a number in `BoxChanges`, 0 for none; null when no line has one. */
  boxes: Int32Array | null;
}

/** The changes of boxes, each pointing at the one before it on the same line; number 0 is none. */
export interface BoxChangeLink {
  before: number;
  commit: number;
  from: BoxMark;
  to: BoxMark;
}

/** All changes of boxes that some line refers to. */
export class BoxChanges {
  private readonly links: BoxChangeLink[] = [];

  add(link: BoxChangeLink): number {
    return this.links.push(link);
  }

  /** The changes that lead to this one, oldest first. */
  trail(number: number): BoxChangeLink[] {
    const trail: BoxChangeLink[] = [];
    for (let link = this.links[number - 1]; link; link = this.links[link.before - 1]) trail.push(link);
    return trail.reverse();
  }
}

export const noLines: FileLines = { born: new Int32Array(0), changed: new Int32Array(0), boxes: null };

/** One parent's lines and what the commit did to them. */
export interface EditedLines {
  lines: FileLines;
  edit: LineEdit;
}

/**
 * The lines after a commit. With several parents a line comes from the first one that has it unchanged; else the commit
 * changed it, and it was born where the first parent with a wording of it has it from.
 */
export function editLines(sources: readonly EditedLines[], commit: number, changes: BoxChanges): FileLines {
  const [first] = sources;
  if (!first) return noLines;
  const length = lengthAfter(first);
  const born = new Int32Array(length).fill(commit);
  const changed = new Int32Array(length).fill(commit);
  const boxes = sources.some((source) => source.lines.boxes !== null || source.edit.pairs.some(changesBox)) ? new Int32Array(length) : null;
  // The last parent first, so that an earlier one overrules it; unchanged lines overrule reworded ones.
  for (const { lines, edit } of sources.toReversed()) {
    for (const pair of edit.pairs) {
      born[pair.newLine] = lines.born[pair.oldLine] ?? commit;
      if (boxes) boxes[pair.newLine] = boxAfter(lines, pair, commit, changes);
    }
  }
  for (const { lines, edit } of sources.toReversed()) {
    for (const [oldFrom, newFrom, count] of keptStretches(edit, lines.born.length)) {
      born.set(lines.born.subarray(oldFrom, oldFrom + count), newFrom);
      changed.set(lines.changed.subarray(oldFrom, oldFrom + count), newFrom);
      if (lines.boxes) boxes?.set(lines.boxes.subarray(oldFrom, oldFrom + count), newFrom);
      else boxes?.fill(0, newFrom, newFrom + count);
    }
  }
  return { born, changed, boxes };
}

function lengthAfter({ lines, edit }: EditedLines): number {
  return edit.hunks.reduce((length, hunk) => length + hunk.newCount - hunk.oldCount, lines.born.length);
}

function changesBox(pair: PairedLine): boolean {
  return pair.from !== null && pair.to !== null && pair.from !== pair.to;
}

function boxAfter(lines: FileLines, pair: PairedLine, commit: number, changes: BoxChanges): number {
  const before = lines.boxes?.[pair.oldLine] ?? 0;
  if (pair.from === null || pair.to === null || pair.from === pair.to) return before;
  return changes.add({ before, commit, from: pair.from, to: pair.to });
}

/** The stretches that an edit leaves alone: where they stood, where they stand, how many lines. */
function* keptStretches(edit: LineEdit, oldLength: number): Generator<[oldFrom: number, newFrom: number, count: number]> {
  let oldAt = 0;
  let newAt = 0;
  for (const hunk of edit.hunks) {
    yield [oldAt, newAt, hunk.oldStart - oldAt];
    oldAt = hunk.oldStart + hunk.oldCount;
    newAt = hunk.newStart + hunk.newCount;
  }
  yield [oldAt, newAt, oldLength - oldAt];
}
