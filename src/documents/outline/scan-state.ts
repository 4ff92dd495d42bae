import { noList, type OpenList } from './open-list.ts';

/** A stretch of lines that can be parsed alone: it starts at an ATX heading in column 0, or at the start of the file. */
export interface Stretch {
  line: number;
  endLine: number;
  /** Whether the first line is a heading. False for what stands before the first one. */
  headed: boolean;
  /** Where the stretch may be cut into pieces of about `pieceSize` that give the same blocks. */
  cuts: Cut[];
  /** Runs of lines without a blank line between, outside fences and HTML of the document's own level; flat [line, endLine] pairs. */
  runs: number[];
  /** Whether a fence or an HTML block could still be open where the stretch ends, so that its trailing blank lines count. */
  endsOpen: boolean;
}

export interface Cut {
  line: number;
  /** The list marker (`-`, `7.`) of an item that goes on with the list before the cut; null where something new starts. */
  joins: string | null;
}

export interface Line {
  number: number;
  start: number;
  /** First character that is no blank. */
  at: number;
  /** End, without the line end. */
  end: number;
  /** Column of `at`, from 0. */
  column: number;
}

/** What is open at the document's own level besides lists. */
export type Leaf =
  | { type: 'flow' }
  | { type: 'fence'; marker: number; length: number }
  /** An HTML block that ends in the line of offset `end`. */
  | { type: 'html'; end: number }
  /** A tag alone on its line may be an HTML block, which swallows all up to the next blank line. */
  | { type: 'tag' };

export interface ScanState {
  text: string;
  leaf: Leaf;
  list: OpenList;
  /** No paragraph is open that the next line could continue. */
  fresh: boolean;
  unsure: string | null;
  nextDefinition: number;
  stretches: Stretch[];
  stretch: Stretch;
  pieceStart: number;
  /** First line of the run that is open, or 0. */
  runLine: number;
}

export const flow: Leaf = { type: 'flow' };

/** remark's time grows faster than its input: pieces of this size take a third of the time that 100 KB take (see the bench). */
const pieceSize = 4096;

export function openScan(text: string): ScanState {
  return {
    text, leaf: flow, list: noList, fresh: true, unsure: null, nextDefinition: text.indexOf(']:'),
    stretches: [], stretch: openStretch(1, false), pieceStart: 0, runLine: 0,
  };
}

function openStretch(line: number, headed: boolean): Stretch {
  return { line, endLine: line, headed, cuts: [], runs: [], endsOpen: false };
}

export function startStretch(state: ScanState, line: Line): void {
  endStretch(state, line.number - 1);
  state.stretch = openStretch(line.number, true);
  state.pieceStart = line.start;
  state.leaf = flow;
  state.list = noList;
  state.fresh = true;
}

export function endStretch(state: ScanState, endLine: number): void {
  endRun(state, endLine);
  const { stretch, leaf } = state;
  if (endLine < stretch.line) return;
  stretch.endLine = endLine;
  if (leaf.type === 'fence' || leaf.type === 'html') stretch.endsOpen = true;
  state.stretches.push(stretch);
}

export function addToRun(state: ScanState, line: number): void {
  if (state.runLine === 0) state.runLine = line;
}

export function endRun(state: ScanState, endLine: number): void {
  if (state.runLine !== 0) state.stretch.runs.push(state.runLine, endLine);
  state.runLine = 0;
}

/** Cuts the stretch before `line`, unless the piece before it would be a small one. */
export function cutBefore(state: ScanState, line: Line, joins: string | null): void {
  if (line.start - state.pieceStart < pieceSize) return;
  state.stretch.cuts.push({ line: line.number, joins });
  state.pieceStart = line.start;
}

/** The first reason stands. */
export function noteUnsure(state: ScanState, reason: string, line: Line): void {
  state.unsure ??= `${reason} in line ${line.number}`;
}
