import { boxMarks } from './box-mark.ts';
import { ByteReader, ByteWriter } from './byte-codec.ts';
import type { BoxChanges, FileLines } from './file-lines.ts';

/** One file at a commit. Its lines are decoded when they are asked for. */
export interface FileState {
  blob: string;
  lines(changes: BoxChanges): FileLines;
  encoded(changes: BoxChanges): Buffer;
}

/** What the history knows at one kept commit. */
export interface TipState {
  /** The files that are there, by path. */
  files: Map<string, FileState>;
  /** For every path that ever was: the kept commits that changed it, as ordinals. */
  versions: Map<string, number[]>;
  /** The kept commits that are reachable, as pairs of first and last ordinal. */
  reachable: [first: number, last: number][];
}

export function emptyState(): TipState {
  return { files: new Map(), versions: new Map(), reachable: [] };
}

export function stateOfLines(blob: string, lines: FileLines): FileState {
  return { blob, lines: () => lines, encoded: (changes) => encodeLines(lines, changes) };
}

/** A table of paths first, so that a reader decodes only the files that it is asked for. */
export function encodeState(state: TipState, changes: BoxChanges): Buffer {
  const out = new ByteWriter();
  out.number(state.reachable.length);
  for (const [first, last] of state.reachable) {
    out.number(first);
    out.number(last - first);
  }
  out.number(state.versions.size);
  const blocks: Buffer[] = [];
  for (const [path, ordinals] of state.versions) {
    const file = state.files.get(path);
    const lines = file?.encoded(changes) ?? Buffer.alloc(0);
    const versions = encodeOrdinals(ordinals);
    out.text(path);
    out.id(file?.blob ?? null);
    out.number(lines.length);
    out.number(versions.length);
    blocks.push(lines, versions);
  }
  for (const block of blocks) out.raw(block);
  return out.finish();
}

export function decodeState(bytes: Buffer): TipState {
  const reader = new ByteReader(bytes);
  const state = emptyState();
  for (let count = reader.number(); count > 0; count--) {
    const first = reader.number();
    state.reachable.push([first, first + reader.number()]);
  }
  const table = Array.from({ length: reader.number() }, () => ({
    path: reader.text(),
    blob: reader.id(),
    linesLength: reader.number(),
    versionsLength: reader.number(),
  }));
  for (const { path, blob, linesLength, versionsLength } of table) {
    const lines = reader.raw(linesLength);
    state.versions.set(path, decodeOrdinals(reader.raw(versionsLength)));
    if (blob !== null) state.files.set(path, lazyFile(blob, lines));
  }
  return state;
}

function lazyFile(blob: string, bytes: Buffer): FileState {
  let decoded: FileLines | null = null;
  return { blob, lines: (changes) => (decoded ??= decodeLines(bytes, changes)), encoded: () => bytes };
}

function encodeOrdinals(ordinals: readonly number[]): Buffer {
  const out = new ByteWriter();
  out.number(ordinals.length);
  let before = 0;
  for (const ordinal of ordinals) {
    out.number(ordinal - before);
    before = ordinal;
  }
  return out.finish();
}

function decodeOrdinals(bytes: Buffer): number[] {
  const reader = new ByteReader(bytes);
  let ordinal = 0;
  return Array.from({ length: reader.number() }, () => (ordinal += reader.number()));
}

/** Runs of lines with the same origin, then the lines whose box changed. */
function encodeLines({ born, changed, boxes }: FileLines, changes: BoxChanges): Buffer {
  const out = new ByteWriter();
  out.number(born.length);
  for (let from = 0; from < born.length; ) {
    let to = from + 1;
    while (to < born.length && born[to] === born[from] && changed[to] === changed[from]) to++;
    out.number(to - from);
    out.number(born[from] ?? 0);
    out.signed((changed[from] ?? 0) - (born[from] ?? 0));
    from = to;
  }
  for (const [line, number] of boxes?.entries() ?? []) {
    if (number === 0) continue;
    const trail = changes.trail(number);
    out.number(line + 1);
    out.number(trail.length);
    for (const { commit, from, to } of trail) {
      out.number(commit);
      out.number(boxMarks.indexOf(from) * 4 + boxMarks.indexOf(to));
    }
  }
  out.number(0);
  return out.finish();
}

function decodeLines(bytes: Buffer, changes: BoxChanges): FileLines {
  const reader = new ByteReader(bytes);
  const length = reader.number();
  const born = new Int32Array(length);
  const changed = new Int32Array(length);
  for (let from = 0; from < length; ) {
    const to = from + reader.number();
    const first = reader.number();
    born.fill(first, from, to);
    changed.fill(first + reader.signed(), from, to);
    from = to;
  }
  let boxes: Int32Array | null = null;
  for (let line = reader.number(); line > 0; line = reader.number()) {
    boxes ??= new Int32Array(length);
    let before = 0;
    for (let count = reader.number(); count > 0; count--) {
      const commit = reader.number();
      const marks = reader.number();
      before = changes.add({ before, commit, from: boxMarks[marks >> 2] ?? ' ', to: boxMarks[marks & 3] ?? ' ' });
    }
    boxes[line - 1] = before;
  }
  return { born, changed, boxes };
}
