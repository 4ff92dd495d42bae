import type { Commit, FileChange } from '../commit-format.ts';
import type { BoxMark } from './box-mark.ts';
import type { CommitStore } from './commit-store.ts';
import type { KeptChange } from './kept-commit.ts';
import type { BoxChanges, FileLines } from './file-lines.ts';
import type { TipState } from './tip-state.ts';

/** The mark in a box of a line (counted from 1, as the file now stands) was changed by a commit. */
export interface BoxChange {
  line: number;
  commit: string;
  commitTime: string;
  from: BoxMark;
  to: BoxMark;
}

/** A commit in which a file changed. */
export interface FileVersion {
  commit: string;
  commitTime: string;
  change: FileChange;
  /** Id of the blob under this path afterwards; null when it is gone or no regular file. */
  blob: string | null;
}

/** What git knows of the files that were asked for, at one commit. Commits are named by ordinals: a parent's is the smaller one. */
export interface History {
  /** The commits at or above it that changed a file, or whose message matters. Parents first. */
  ordinals(): readonly number[];
  commit(ordinal: number): Commit;
  /** What it did to each of its files, in their order. */
  changes(ordinal: number): KeptChange[];
  /** At the edge of a shallow clone: what this commit seems to bring may be older. */
  isBoundary(ordinal: number): boolean;
  /** The paths of all files that are or ever were. */
  paths(): string[];
  /** The blob of a file at this commit; null when it is not there. */
  blob(path: string): string | null;
  /**
   * The origin of each line of a file at this commit, in arrays of ordinals: line 1 has index 0, and lines end at `\n`. Null when
   * it is not there. `changed` is what `git blame` says; `born` goes on through rewordings (see `similarEnough`).
   */
  lines(path: string): FileLines | null;
  /** The changes of boxes on the lines of a file at this commit, by line, then by time. */
  boxChanges(path: string): BoxChange[];
  /** Every commit that changed the file, oldest first, also under the names that it had before. Merges that took a side over do not count. */
  versions(path: string): FileVersion[];
  /** The first commit that touched the path itself; null for unknown paths. */
  firstTouch(path: string): number | null;
  /** True: this commit is the tip or above it, which costs no process of git. False: git has to be asked, since most commits of a history are not kept. */
  isKnownAbove(commit: string): boolean;
}

/** @param met commits that this run met on its walk down from the tip */
export function makeHistory(store: CommitStore, state: TipState, changes: BoxChanges, met: ReadonlySet<string> = new Set()): History {
  const commits = new Map<number, Commit>();
  let relevant: readonly number[] | null = null;
  const commit = (ordinal: number): Commit => {
    const known = commits.get(ordinal) ?? store.record(ordinal).commit();
    commits.set(ordinal, known);
    return known;
  };
  const lines = (path: string): FileLines | null => state.files.get(path)?.lines(changes) ?? null;
  return {
    ordinals: () => (relevant ??= state.reachable.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, index) => first + index)).filter((ordinal) => store.record(ordinal).relevant())),
    commit,
    changes: (ordinal) => store.record(ordinal).changes(),
    isBoundary: (ordinal) => store.record(ordinal).boundary(),
    paths: () => [...state.versions.keys()],
    blob: (path) => state.files.get(path)?.blob ?? null,
    lines,
    boxChanges: (path) => listBoxChanges(lines(path), changes, commit),
    versions: (path) => listVersions(path, Infinity, state, commit).sort((a, b) => a.ordinal - b.ordinal).map(({ version }) => version),
    firstTouch: (path) => state.versions.get(path)?.[0] ?? null,
    isKnownAbove: (id) => {
      const ordinal = met.has(id) ? -1 : store.find(id);
      return met.has(id) || state.reachable.some(([first, last]) => first <= ordinal && ordinal <= last);
    },
  };
}

function listBoxChanges(lines: FileLines | null, changes: BoxChanges, commitAt: (ordinal: number) => Commit): BoxChange[] {
  const list: BoxChange[] = [];
  for (const [index, number] of lines?.boxes?.entries() ?? []) {
    for (const { commit, from, to } of changes.trail(number)) {
      const { commit: id, commitTime } = commitAt(commit);
      list.push({ line: index + 1, commit: id, commitTime, from, to });
    }
  }
  return list;
}

/** The versions of a path before an ordinal, with those of the path that it was renamed from. */
function listVersions(path: string, before: number, state: TipState, commitAt: (ordinal: number) => Commit): { ordinal: number; version: FileVersion }[] {
  const seen = new Set<string>();
  const list: { ordinal: number; version: FileVersion }[] = [];
  const open: [path: string, before: number][] = [[path, before]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [name, limit] = next;
    for (const ordinal of state.versions.get(name) ?? []) {
      if (ordinal >= limit || seen.has(`${ordinal} ${name}`)) continue;
      seen.add(`${ordinal} ${name}`);
      const { commit, commitTime, files } = commitAt(ordinal);
      const change = files.find((file) => file.path === name) ?? files.find((file) => file.from === name);
      if (!change) continue;
      const blob = change.path === name && change.regular ? change.after : null;
      list.push({ ordinal, version: { commit, commitTime, change, blob } });
      if (change.path === name && change.from !== null) open.push([change.from, ordinal]);
    }
  }
  return list;
}
