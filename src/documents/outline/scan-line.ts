import { closesFence, fenceLengthAt, htmlStartAt, isHeadingLine, isRuleLine, listMarkerAt, type ListMarker } from './line-shapes.ts';
import { afterInterruption, afterMarker, afterText, isInside, maybeList } from './open-list.ts';
import { addToRun, cutBefore, endRun, flow, noteUnsure, startStretch, type Line, type ScanState } from './scan-state.ts';

const HASH = 35;
const STAR = 42;
const DASH = 45;
const LESS = 60;
const GREATER = 62;
const UNDERSCORE = 95;
const BACKTICK = 96;
const TILDE = 126;

export function scanLine(state: ScanState, line: Line): void {
  const { leaf } = state;
  if (leaf.type === 'html') {
    if (leaf.end <= line.end) endLeaf(state);
  } else if (leaf.type === 'fence') {
    if (line.column < 4 && closesFence(state.text, line.at, line.end, leaf)) endLeaf(state);
  } else if (line.at === line.end) {
    endRun(state, line.number - 1);
    endLeaf(state);
  } else {
    noteDefinition(state, line);
    noteContained(state, line);
    scanFlow(state, line);
  }
}

function endLeaf(state: ScanState): void {
  state.leaf = flow;
  state.fresh = true;
}

function scanFlow(state: ScanState, line: Line): void {
  const { text, list, fresh } = state;
  const { at, end, column } = line;
  const code = text.charCodeAt(at);
  if (code === HASH && column === 0 && isHeadingLine(text, at, end)) {
    if (state.leaf.type === 'tag') noteUnsure(state, 'a heading right after a tag', line);
    return startStretch(state, line);
  }
  const rule = column < 4 && (code === DASH || code === STAR || code === UNDERSCORE) && isRuleLine(text, at, end);
  const marker = column < 4 && !rule ? listMarkerAt(text, at, end, column) : null;
  noteCut(state, line, marker);
  if (column < 4 && startLeaf(state, line, code)) return;
  if (rule) state.list = afterInterruption(list, column);
  else if (isInside(list, column) === 'yes') state.list = list;
  else if (marker) state.list = state.leaf.type === 'tag' ? maybeList : afterMarker(list, marker, column, fresh && !state.codeBefore);
  else state.list = afterText(list, column, fresh);
  addToRun(state, line.number);
  state.fresh = false;
  state.codeBefore = column >= 4;
}

/** Opens a fence or an HTML block of the document's own level. A tag only makes careful: its line is text for all that is known. */
function startLeaf(state: ScanState, line: Line, code: number): boolean {
  if (code === BACKTICK || code === TILDE) {
    const length = fenceLengthAt(state.text, line.at, line.end);
    if (length === 0 || !leavesList(state, line, 'a fence')) return false;
    interrupt(state, line);
    state.leaf = { type: 'fence', marker: code, length };
    return true;
  }
  if (code !== LESS) return false;
  const html = htmlStartAt(state.text, line.at);
  if (html?.type === 'tag') {
    if (isInside(state.list, line.column) !== 'yes') state.leaf = { type: 'tag' };
    return false;
  }
  if (html === null || !leavesList(state, line, 'an HTML block')) return false;
  interrupt(state, line);
  html.end.lastIndex = html.from;
  const found = html.end.exec(state.text);
  const end = found ? found.index + found[0].length : Infinity;
  if (end <= line.end) endLeaf(state);
  else state.leaf = { type: 'html', end };
  return true;
}

/** False where the line belongs to a list item, whose fences and HTML end with the item at the latest. */
function leavesList(state: ScanState, line: Line, what: string): boolean {
  const inside = isInside(state.list, line.column);
  if (inside === 'yes') return false;
  if (inside === 'maybe') noteUnsure(state, `${what} that may belong to a list`, line);
  if (state.leaf.type === 'tag') noteUnsure(state, `${what} right after a tag`, line);
  return true;
}

function interrupt(state: ScanState, line: Line): void {
  endRun(state, line.number - 1);
  state.stretch.leaves++;
  state.list = afterInterruption(state.list, 0);
  state.codeBefore = false;
}

/** In column 0 a new block starts after a blank line, whatever stood before; an item goes on with a list that is surely open. */
function noteCut(state: ScanState, line: Line, marker: ListMarker | null): void {
  if (line.column > 0 || state.leaf.type === 'tag') return;
  const { list } = state;
  const quote = state.text.charCodeAt(line.at) === GREATER;
  if (marker === null) {
    if (state.fresh && !(quote && state.codeBefore)) cutBefore(state, line, quote ? '> x' : '#', false);
  } else if (list.state === 'open' ? !marker.empty : list.state === 'none' && state.fresh && !state.codeBefore) {
    cutBefore(state, line, `${marker.mark} x`, list.state === 'open' && list.kind === marker.kind);
  }
}

const definition = /^(?:[ \t>+*\-\d.)]*\[)?(?:[^[\]\\]|\\.)*\]:/;

/** Link and footnote definitions change what references mean anywhere in the document. Their label may start some lines above. */
function noteDefinition(state: ScanState, line: Line): void {
  while (state.nextDefinition !== -1 && state.nextDefinition < line.start) state.nextDefinition = state.text.indexOf(']:', line.start);
  if (state.nextDefinition === -1 || state.nextDefinition >= line.end) return;
  if (definition.test(state.text.slice(line.start, line.end))) noteUnsure(state, 'a definition', line);
}

/** A fence or HTML block in a list or quote may be open still where the section ends; lines alone do not follow it there. */
function noteContained(state: ScanState, line: Line): void {
  const { text, stretch } = state;
  if (stretch.endsOpen) return;
  let at = line.at;
  while (at < line.end && containerCodes.has(text.charCodeAt(at))) at++;
  const code = text.charCodeAt(at);
  if (at === line.start) return;
  if (code === BACKTICK || code === TILDE || (code === LESS && /[!?pst]/i.test(text[at + 1] ?? ''))) stretch.endsOpen = true;
}

const containerCodes = new Set(Array.from(' \t>+*-.)0123456789', (character) => character.charCodeAt(0)));
