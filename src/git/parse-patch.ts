import { needsMore, type ByteCursor } from './byte-cursor.ts';

/** Lines from `oldStart` (counted from 0) on were replaced by those from `newStart` on. */
export interface Hunk {
  oldStart: number;
  oldCount: number;
  newStart: number;
  newCount: number;
}

/** Lines of one side of a patch, as git printed them: each with its sign and its end, any number of them in one piece. */
interface PatchLines {
  count: number;
  pieces: Buffer[];
}

/** The changes to one file, and the lines that went and came, in order; null where they were too many to keep. */
export interface FilePatch {
  hunks: Hunk[];
  removed: PatchLines | null;
  added: PatchLines | null;
}

/** A patch that is still to be read. */
export function emptyPatch(): FilePatch {
  return { hunks: [], removed: { count: 0, pieces: [] }, added: { count: 0, pieces: [] } };
}

/** The texts of lines. Most patches only add, and nobody asks for theirs. */
export function textsOf({ pieces }: PatchLines): string[] {
  return pieces.flatMap((piece) => piece.toString('utf8').split('\n').slice(0, -1)).map((line) => line.slice(1));
}

/** Beyond this many lines a change is a new file rather than an edit, and their texts are not compared. */
const keptLineLimit = 4_000;

const hunkMark = 64;
const backslash = 92;
const newline = 10;
const fileMark = 'diff --git ';

/**
 * One file's part of a patch without lines of context. The lines are counted by the hunks' headers and never recognised: they may
 * hold anything. Yields whenever it needs more bytes.
 */
export function* readPatch(cursor: ByteCursor, patch: FilePatch): Generator<void, void> {
  let begins: boolean | null;
  while ((begins = cursor.startsWith(fileMark)) === null) yield;
  if (!begins) return;
  yield* skipHeader(cursor);
  for (;;) {
    let next: number;
    while ((next = cursor.peek()) === needsMore) yield;
    if (next !== hunkMark) return;
    let line: Buffer | null;
    while ((line = cursor.until(newline)) === null) yield;
    const hunk = parseHunkHeader(line.toString('latin1', 0, Math.min(line.length, 100)));
    patch.hunks.push(hunk);
    patch.removed = yield* readLines(cursor, hunk.oldCount, patch.removed);
    patch.added = yield* readLines(cursor, hunk.newCount, patch.added);
  }
}

/** `diff --git`, modes, ids, names: all of it is known from the raw record already. */
function* skipHeader(cursor: ByteCursor): Generator<void, void> {
  do {
    while (cursor.until(newline) === null) yield;
    let next: number;
    while ((next = cursor.peek()) === needsMore) yield;
    if (!isHeaderStart(next)) return;
    while (cursor.startsWith(fileMark) === null) yield;
  } while (cursor.startsWith(fileMark) === false);
}

/** `old mode`, `index`, `rename from`, `--- a/x`, `+++ b/x`: a small letter or a sign. */
function isHeaderStart(byte: number): boolean {
  return (byte >= 97 && byte <= 122) || byte === 43 || byte === 45;
}

/** `@@ -3,2 +3 @@ …`; a side without lines names the line before it. */
function parseHunkHeader(line: string): Hunk {
  const found = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line);
  const [, oldLine = '0', oldCount = '1', newLine = '0', newCount = '1'] = found ?? [];
  const start = (first: number, count: number): number => (count === 0 ? first : first - 1);
  return {
    oldStart: start(Number(oldLine), Number(oldCount)),
    oldCount: Number(oldCount),
    newStart: start(Number(newLine), Number(newCount)),
    newCount: Number(newCount),
  };
}

function* readLines(cursor: ByteCursor, count: number, kept: PatchLines | null): Generator<void, PatchLines | null> {
  const texts = kept !== null && kept.count + count <= keptLineLimit ? kept : null;
  for (let left = count; left > 0; ) {
    const { bytes, count: read } = cursor.lines(left);
    if (read > 0) texts?.pieces.push(bytes);
    left -= read;
    if (left > 0) yield;
  }
  if (texts) texts.count += count;
  // `\ No newline at end of file` follows the last line of a side that has none.
  let next: number;
  while ((next = cursor.peek()) === needsMore) yield;
  if (count > 0 && next === backslash) while (cursor.until(newline) === null) yield;
  return texts;
}
