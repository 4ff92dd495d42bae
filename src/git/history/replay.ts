import type { FileChange } from '../commit-format.ts';
import type { CommitStore } from './commit-store.ts';
import { editLines, noLines, type BoxChanges, type EditedLines } from './file-lines.ts';
import type { KeptChange } from './kept-commit.ts';
import { emptyState, stateOfLines, type FileState, type TipState } from './tip-state.ts';

type Files = Map<string, FileState>;

/** A commit whose state may be known already. */
export interface KnownState {
  ordinal: number;
  load: () => TipState | null;
}

/**
 * The state at a kept commit: what each of its ancestors did, again, parents before children. Where everything new stands on a
 * known state, only what is new.
 */
export function replay(store: CommitStore, target: number, known: readonly KnownState[], changes: BoxChanges): TipState {
  if (target < 0) return emptyState();
  for (const base of known) {
    const newer = base.ordinal >= 0 && base.ordinal < target ? ancestorsAbove(store, target, base.ordinal) : null;
    const state = newer && base.load();
    if (newer && state) return replayOn(store, newer, { ordinal: base.ordinal, state }, changes);
  }
  return replayOn(store, ancestorsAbove(store, target, -1) ?? [], { ordinal: -1, state: emptyState() }, changes);
}

/** The ancestors of a commit that are none of `base`, itself included, in order; null unless it stands on `base`, and on nothing below it by another way. */
function ancestorsAbove(store: CommitStore, target: number, base: number): number[] | null {
  const seen = new Set<number>();
  const open = [target];
  let standsOnBase = base < 0;
  for (let ordinal = open.pop(); ordinal !== undefined; ordinal = open.pop()) {
    standsOnBase ||= ordinal === base;
    if (ordinal === base || ordinal < 0 || seen.has(ordinal)) continue;
    if (ordinal < base) return null;
    seen.add(ordinal);
    open.push(...store.record(ordinal).keptParents());
  }
  return standsOnBase ? [...seen].sort((a, b) => a - b) : null;
}

function replayOn(store: CommitStore, ordinals: readonly number[], base: { ordinal: number; state: TipState }, changes: BoxChanges): TipState {
  const waiting = countChildren(store, ordinals);
  const states = new Map<number, Files>([[base.ordinal, base.state.files]]);
  const versions = new Map([...base.state.versions].map(([path, list]) => [path, [...list]]));
  let files: Files = base.state.files;
  for (const ordinal of ordinals) {
    const record = store.record(ordinal);
    const parents = record.keptParents();
    const before = parents.map((parent) => states.get(parent) ?? new Map<string, FileState>());
    const commit = record.commit();
    const kept = record.changes();
    // What no other commit will ask for is changed in place; the base belongs to the caller.
    for (const parent of parents) waiting.set(parent, (waiting.get(parent) ?? 0) - 1);
    const [parent = -1] = parents;
    const isLastUse = parent !== base.ordinal && (waiting.get(parent) ?? 0) <= 0;
    files = applyChanges(before, isLastUse, { ordinal, files: commit.files, kept }, changes);
    for (const each of parents) if ((waiting.get(each) ?? 0) <= 0) states.delete(each);
    states.set(ordinal, files);
    for (const [index, file] of commit.files.entries()) {
      if (kept[index]?.own) noteVersion(versions, file, ordinal);
    }
  }
  return { files, versions, reachable: addRuns(base.state.reachable, ordinals) };
}

/** How often each commit is asked for as a parent. */
function countChildren(store: CommitStore, ordinals: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const ordinal of ordinals) {
    for (const parent of store.record(ordinal).keptParents()) counts.set(parent, (counts.get(parent) ?? 0) + 1);
  }
  return counts;
}

interface Step {
  ordinal: number;
  files: readonly FileChange[];
  kept: readonly KeptChange[];
}

function applyChanges(before: readonly Files[], inPlace: boolean, step: Step, changes: BoxChanges): Files {
  const [first = new Map<string, FileState>()] = before;
  const gone: string[] = [];
  const come: [string, FileState][] = [];
  for (const [index, file] of step.files.entries()) {
    if (file.from !== null) gone.push(file.from);
    const kept = step.kept[index];
    if (file.after === null || !file.regular || !kept) gone.push(file.path);
    else come.push([file.path, fileAfter(before, file, kept, { ordinal: step.ordinal, changes })]);
  }
  const files = inPlace ? first : new Map(first);
  for (const path of gone) files.delete(path);
  for (const [path, state] of come) files.set(path, state);
  return files;
}

/** As blame has it: from a parent with the very same file; else line by line, the first parent first. */
function fileAfter(before: readonly Files[], file: FileChange, kept: KeptChange, at: { ordinal: number; changes: BoxChanges }): FileState {
  const blob = file.after ?? '';
  const same = before.map((files) => files.get(file.path)).find((each, parent) => parent > 0 && each?.blob === blob);
  if (same) return same;
  const sources: EditedLines[] = [];
  const linesIn = (parent: number, path: string | null): EditedLines['lines'] => before[parent]?.get(path ?? '')?.lines(at.changes) ?? noLines;
  if (kept.edit) sources.push({ lines: kept.whole || file.status === 'T' || file.before === null ? noLines : linesIn(0, file.from ?? file.path), edit: kept.edit });
  for (const other of kept.others) sources.push({ lines: linesIn(other.parent, other.from), edit: other.edit });
  const whole = sources.find((source) => source.edit.hunks.length === 0);
  return stateOfLines(blob, editLines(whole ? [whole] : sources, at.ordinal, at.changes));
}

function noteVersion(versions: Map<string, number[]>, file: FileChange, ordinal: number): void {
  for (const path of file.from === null ? [file.path] : [file.from, file.path]) {
    const list = versions.get(path);
    if (list === undefined) versions.set(path, [ordinal]);
    else if (list.at(-1) !== ordinal) list.push(ordinal);
  }
}

function addRuns(runs: readonly [number, number][], ordinals: readonly number[]): [number, number][] {
  const joined = runs.map(([first, last]): [number, number] => [first, last]);
  for (const ordinal of ordinals) {
    const last = joined.at(-1);
    if (last && last[1] + 1 === ordinal) last[1] = ordinal;
    else joined.push([ordinal, ordinal]);
  }
  return joined;
}
