import { noList, type OpenList } from './open-list.ts';

/** A stretch of lines that can be parsed alone: it starts at an ATX heading in column 0, or at the start of the file. */
export interface Stretch {
  line: number;
  endLine: number;
  /** Whether the first line is a heading. False for what stands before the first one. */
  headed: boolean;
  /** Whether it starts with the file's front matter. */
  frontMatter: boolean;
  /** Where the stretch may be cut into pieces of about `pieceSize` that give the same blocks. */
  cuts: Cut[];
  /** Runs of lines without a blank line between, outside fences and HTML of the document's own level; flat [line, endLine] pairs. */
  runs: number[];
  /** Number of those fences and HTML blocks. */
  leaves: number;
  /** Whether a fence or an HTML block could still be open where the stretch ends, so that its trailing blank lines count. */
  endsOpen: boolean;
}

export interface Cut {
  line: number;
  /** A line of the kind that stands after the cut (`- x`, `> x`, `#`): what is open before the cut ends there as it would in the document. */
  follower: string;
  /** Whether the item after the cut goes on with the list before it. */
  joins: boolean;
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
  /**
   * The last line of text may be code by indentation. micromark (4.0.2) waits for more of it over blank lines and meanwhile
   * takes no list that could not interrupt a paragraph.
   */
  codeBefore: boolean;
  unsure: string | null;
  nextDefinition: number;
  stretches: Stretch[];
  stretch: Stretch;
  pieceSize: number;
  pieceStart: number;
  /** First line of the run that is open, or 0. */
  runLine: number;
}

export const flow: Leaf = { type: 'flow' };

export function openScan(text: string, pieceSize: number): ScanState {
  return {
    text, pieceSize, leaf: flow, list: noList, fresh: true, codeBefore: false, unsure: null, nextDefinition: text.indexOf(']:'),
    stretches: [], stretch: openStretch(1, false), pieceStart: 0, runLine: 0,
  };
}

function openStretch(line: number, headed: boolean): Stretch {
  return { line, endLine: line, headed, frontMatter: false, cuts: [], runs: [], leaves: 0, endsOpen: false };
}

export function startStretch(state: ScanState, line: Line): void {
  endStretch(state, line.number - 1);
  state.stretch = openStretch(line.number, true);
  state.pieceStart = line.start;
  state.leaf = flow;
  state.list = noList;
  state.fresh = true;
  state.codeBefore = false;
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
export function cutBefore(state: ScanState, line: Line, follower: string, joins: boolean): void {
  if (line.start - state.pieceStart < state.pieceSize) return;
  endRun(state, line.number - 1);
  state.stretch.cuts.push({ line: line.number, follower, joins });
  state.pieceStart = line.start;
}

/** The first reason stands. */
export function noteUnsure(state: ScanState, reason: string, line: Line): void {
  state.unsure ??= `${reason} in line ${line.number}`;
}
