import { splitMessage, utcTime, type Commit, type FileChange } from '../commit-format.ts';
import { boxMarks } from './box-mark.ts';
import { ByteReader, ByteWriter } from './byte-codec.ts';
import type { LineEdit } from './line-edit.ts';

/** A commit that the history keeps: it changed a file that was asked for, its message matters, or it joins two that do. */
export interface KeptCommit {
  commit: Commit;
  /** For each parent the nearest kept commit at or above it, by ordinal; -1 where there is none. */
  keptParents: number[];
  /** It changed a file that was asked for, or its message matters; all others only join such. */
  relevant: boolean;
  /** At the edge of a shallow clone: it has parents that are not here, so what it seems to bring may be older. */
  boundary: boolean;
  /** `changes[i]` belongs to `commit.files[i]`. */
  changes: KeptChange[];
}

export interface KeptChange {
  /** False when a merge only took the file over from another parent than its first. */
  own: boolean;
  /** Against the first parent; null when the file is gone or no regular file. */
  edit: LineEdit | null;
  /** The edit is against an empty file, because what was there cannot be read. */
  whole: boolean;
  /** Where a merge joined changes of several parents: against the others, by their place among the parents. */
  others: OtherEdit[];
}

export interface OtherEdit {
  parent: number;
  /** The path in that parent; null when it has none. */
  from: string | null;
  edit: LineEdit;
}

const statuses = ['A', 'M', 'D', 'R', 'T'] as const;

/** The bytes of a kept commit in a segment, but for its id, which stands in the segment's table. */
export function encodeCommit(kept: KeptCommit, ordinal: number): Buffer {
  const { commit, keptParents, boundary, changes } = kept;
  const relevant = kept.relevant || commit.files.length > 0;
  const out = new ByteWriter();
  out.number(keptParents.length);
  for (const parent of keptParents) out.number(parent < 0 ? 0 : ordinal - parent);
  out.number((relevant ? 2 : 0) + (boundary ? 1 : 0));
  out.signed(seconds(commit.commitTime));
  out.signed(seconds(commit.authorTime));
  out.text(commit.author.name);
  out.text(commit.author.email);
  out.number(commit.parents.length);
  for (const parent of commit.parents) out.id(parent);
  out.text(commit.message);
  out.number(commit.files.length);
  for (const [index, file] of commit.files.entries()) {
    const change = changes[index] ?? { own: true, edit: null, whole: false, others: [] };
    out.number(statuses.indexOf(file.status) * 8 + (change.whole ? 4 : 0) + (file.regular ? 2 : 0) + (change.own ? 1 : 0));
    out.text(file.path);
    out.text(file.from ?? '');
    out.id(file.before);
    out.id(file.after);
    out.block(encodeEdits(change));
  }
  return out.finish();
}

/** The bytes of one commit, decoded as far as is asked for. */
export interface CommitRecord {
  commit(): Commit;
  keptParents(): number[];
  boundary(): boolean;
  relevant(): boolean;
  changes(): KeptChange[];
}

export function decodeCommit(bytes: Buffer, at: number, id: string, ordinal: number): CommitRecord {
  const start = new ByteReader(bytes, at);
  const keptParents = Array.from({ length: start.number() }, () => start.number()).map((step) => (step === 0 ? -1 : ordinal - step));
  const marks = start.number();
  const afterParents = start.position;
  const read = (): { commit: Commit; edits: Buffer[]; flags: number[] } => {
    const reader = new ByteReader(bytes, afterParents);
    const commitTime = utcTime(reader.signed());
    const authorTime = utcTime(reader.signed());
    const author = { name: reader.text(), email: reader.text() };
    const parents = Array.from({ length: reader.number() }, () => reader.id() ?? '');
    const message = reader.text();
    const edits: Buffer[] = [];
    const flags: number[] = [];
    const files: FileChange[] = Array.from({ length: reader.number() }, () => {
      const bits = reader.number();
      flags.push(bits);
      const file = { path: reader.text(), from: reader.text() || null, before: reader.id(), after: reader.id() };
      edits.push(reader.block());
      return { ...file, status: statuses[bits >> 3] ?? 'M', regular: (bits & 2) !== 0 };
    });
    return { commit: { commit: id, parents, author, authorTime, commitTime, ...splitMessage(message), message, files }, edits, flags };
  };
  let once: ReturnType<typeof read> | null = null;
  return {
    keptParents: () => keptParents,
    boundary: () => (marks & 1) !== 0,
    relevant: () => (marks & 2) !== 0,
    commit: () => (once ??= read()).commit,
    changes: () => {
      const { edits, flags } = (once ??= read());
      return edits.map((edit, index) => decodeEdits(edit, flags[index] ?? 1));
    },
  };
}

/** The same of a commit that is still at hand. */
export function recordOf({ commit, keptParents, boundary, relevant, changes }: KeptCommit): CommitRecord {
  return { commit: () => commit, keptParents: () => keptParents, boundary: () => boundary, relevant: () => relevant || commit.files.length > 0, changes: () => changes };
}

function encodeEdits(change: KeptChange): Buffer {
  const out = new ByteWriter();
  out.number(change.edit === null ? 0 : 1);
  if (change.edit !== null) encodeEdit(out, change.edit);
  out.number(change.others.length);
  for (const other of change.others) {
    out.number(other.parent);
    out.text(other.from ?? '');
    encodeEdit(out, other.edit);
  }
  return out.finish();
}

function decodeEdits(bytes: Buffer, flags: number): KeptChange {
  const reader = new ByteReader(bytes);
  const edit = reader.number() === 1 ? decodeEdit(reader) : null;
  const others = Array.from({ length: reader.number() }, () => ({ parent: reader.number(), from: reader.text() || null, edit: decodeEdit(reader) }));
  return { own: (flags & 1) !== 0, whole: (flags & 4) !== 0, edit, others };
}

function encodeEdit(out: ByteWriter, edit: LineEdit): void {
  out.number(edit.hunks.length);
  let oldEnd = 0;
  for (const hunk of edit.hunks) {
    out.number(hunk.oldStart - oldEnd);
    out.number(hunk.oldCount);
    out.number(hunk.newCount);
    oldEnd = hunk.oldStart + hunk.oldCount;
  }
  out.number(edit.pairs.length);
  let newLine = 0;
  for (const pair of edit.pairs) {
    out.number(pair.newLine - newLine);
    out.signed(pair.oldLine - pair.newLine);
    out.number(pair.from === null || pair.to === null ? 0 : 1 + boxMarks.indexOf(pair.from) * 4 + boxMarks.indexOf(pair.to));
    newLine = pair.newLine;
  }
}

function decodeEdit(reader: ByteReader): LineEdit {
  let oldEnd = 0;
  let shift = 0;
  const hunks = Array.from({ length: reader.number() }, () => {
    const oldStart = oldEnd + reader.number();
    const oldCount = reader.number();
    const newCount = reader.number();
    const hunk = { oldStart, oldCount, newStart: oldStart + shift, newCount };
    oldEnd = oldStart + oldCount;
    shift += newCount - oldCount;
    return hunk;
  });
  let newLine = 0;
  const pairs = Array.from({ length: reader.number() }, () => {
    newLine += reader.number();
    const oldLine = newLine + reader.signed();
    const marks = reader.number() - 1;
    return { newLine, oldLine, from: marks < 0 ? null : (boxMarks[marks >> 2] ?? null), to: marks < 0 ? null : (boxMarks[marks & 3] ?? null) };
  });
  return { hunks, pairs };
}

function seconds(time: string): number {
  return Date.parse(time) / 1000;
}
