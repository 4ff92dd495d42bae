import type { Event } from '../../contract/schema/entry.ts';
import type { BoxMark } from '../../git/history/box-mark.ts';
import type { History } from '../../git/history/history.ts';
import { makeEdit, type LineEdit } from '../../git/history/line-edit.ts';
import type { Hunk } from '../../git/parse-patch.ts';
import { compareLines, keptLines, splitLines, type LineRun } from './compare-lines.ts';

/** A change of the mark in a box; `event` is null while it is not committed. */
export interface BoxTransition {
  event: Event | null;
  from: BoxMark;
  to: BoxMark;
}

/** Where the lines of one document come from, lines as git counts them, from 1. Null stands for what is not committed. */
export interface LineOrigins {
  /** The commit that first brought a line, through rewordings. */
  born(line: number): Event | null;
  /** The newest commit that changed one of some lines; null when one of them is not committed. */
  changed(from: number, to: number): Event | null;
  boxChanges(line: number): BoxTransition[];
}

export const uncommitted: LineOrigins = { born: () => null, changed: () => null, boxChanges: () => [] };

/** The origins of a file as the history's commit has it. */
export function committedOrigins(history: History, path: string): LineOrigins {
  const lines = history.lines(path);
  if (!lines) return uncommitted;
  const trails = new Map<number, BoxTransition[]>();
  for (const { line, commit, commitTime, from, to } of history.boxChanges(path)) {
    const trail = trails.get(line) ?? [];
    trail.push({ event: { commit, at: commitTime }, from, to });
    trails.set(line, trail);
  }
  const eventOf = (ordinal: number): Event => eventAt(history, ordinal);
  return {
    born: (line) => (line <= lines.born.length ? eventOf(lines.born[line - 1] ?? 0) : null),
    changed: (from, to) => newest(history, lines.changed.subarray(from - 1, Math.max(from, Math.min(to, lines.changed.length)))),
    boxChanges: (line) => trails.get(line) ?? [],
  };
}

function eventAt(history: History, ordinal: number): Event {
  const { commit, commitTime } = history.commit(ordinal);
  return { commit, at: commitTime };
}

/** The newest of some commits by commit time, then in the order of history. */
function newest(history: History, ordinals: Int32Array): Event | null {
  let best: { ordinal: number; event: Event } | null = null;
  for (const ordinal of new Set(ordinals)) {
    const event = eventAt(history, ordinal);
    if (!best || event.at > best.event.at || (event.at === best.event.at && ordinal > best.ordinal)) best = { ordinal, event };
  }
  return best?.event ?? null;
}

/** The origins of a file whose text differs from what is committed: lines that stayed keep theirs, reworded ones their birth and their boxes. */
export function editedOrigins(committed: LineOrigins, before: Buffer, after: Buffer): LineOrigins {
  const runs = compareLines(splitLines(before), splitLines(after));
  const kept = keptLines(runs);
  const reworded = new Map(editOf(runs).pairs.map((pair) => [pair.newLine + 1, pair]));
  return {
    born: (line) => {
      const from = kept[line] ?? (reworded.has(line) ? (reworded.get(line)?.oldLine ?? 0) + 1 : 0);
      return from > 0 ? committed.born(from) : null;
    },
    changed: (from, to) => {
      let best: Event | null = null;
      for (let line = from; line <= to; line += 1) {
        const old = kept[line] ?? 0;
        const event = old > 0 ? committed.changed(old, old) : null;
        if (!event) return null;
        if (!best || event.at > best.at) best = event;
      }
      return best;
    },
    boxChanges: (line) => {
      const old = kept[line] ?? 0;
      if (old > 0) return committed.boxChanges(old);
      const pair = reworded.get(line);
      if (!pair) return [];
      const trail = committed.boxChanges(pair.oldLine + 1);
      return pair.from === null || pair.to === null || pair.from === pair.to ? trail : [...trail, { event: null, from: pair.from, to: pair.to }];
    },
  };
}

/** What turns some bytes into others, line by line as git counts lines. */
export function editBetween(before: Buffer, after: Buffer): LineEdit {
  return editOf(compareLines(splitLines(before), splitLines(after)));
}

/** The hunks of an edit, with the texts that went and came. */
function editOf(runs: readonly LineRun[]): LineEdit {
  const hunks: Hunk[] = [];
  const removed: string[] = [];
  const added: string[] = [];
  let oldLine = 0;
  let newLine = 0;
  let open: Hunk | null = null;
  for (const { what, lines } of runs) {
    if (what === 'kept') {
      oldLine += lines.length;
      newLine += lines.length;
      open = null;
      continue;
    }
    if (!open) {
      open = { oldStart: oldLine, oldCount: 0, newStart: newLine, newCount: 0 };
      hunks.push(open);
    }
    const texts = what === 'removed' ? removed : added;
    for (const line of lines) texts.push(line);
    if (what === 'removed') {
      open.oldCount += lines.length;
      oldLine += lines.length;
    } else {
      open.newCount += lines.length;
      newLine += lines.length;
    }
  }
  return makeEdit(hunks, removed, added);
}
