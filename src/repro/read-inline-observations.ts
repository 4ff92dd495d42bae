import { readLooseObservation } from './notation/read-observation.ts';
import { splitLines } from './notation/split-lines.ts';
import { commandLikeness, promptLength } from './shell/command-like.ts';
import { arrowAt } from './shell/find-arrow.ts';
import type { Fence, Note } from './types.ts';

/** A piece of a paragraph or table cell, as a markdown reader gives it. */
export interface Span {
  readonly kind: 'text' | 'code';
  readonly value: string;
  readonly line: number;
}

export interface TableRow {
  readonly cells: readonly (readonly Span[])[];
  readonly line: number;
}

export interface Table {
  readonly head: TableRow;
  readonly rows: readonly TableRow[];
}

/** Something that was seen, or is expected, said outside a reproduction. It proves nothing by itself. */
export interface InlineObservation {
  readonly form: 'inline' | 'table' | 'expected-comment';
  /** Null where no command stands beside it. */
  readonly command: string | null;
  readonly text: string;
  readonly note: Note | null;
  readonly line: number;
}

/** Reads `` `cmd` → out `` in a paragraph: code that is a command, and what an arrow leads to on that line. */
export function readInlineObservations(spans: readonly Span[]): InlineObservation[] {
  return spans.flatMap((span, index) => {
    if (span.kind !== 'code' || !isCommand(span.value)) return [];
    const tail = textOf(spans.slice(index + 1), span.line);
    const arrow = /^\s*(?=→|->|⇒|=>)/.exec(tail);
    if (arrow === null) return [];
    const observation = readLooseObservation(tail.slice(arrow[0].length).replace(/^(?:⇒|=>)/, '→'), span.line);
    return observation.text === '' && observation.note === null ? [] : [{ form: 'inline' as const, command: withoutPrompt(span.value), text: observation.text, note: observation.note, line: span.line }];
  });
}

/** The text behind a command: on its own line, and up to the next command that has an arrow of its own. */
function textOf(spans: readonly Span[], line: number): string {
  let text = '';
  for (const [index, span] of spans.entries()) {
    const follower = spans[index + 1];
    if (span.line !== line || (span.kind === 'code' && follower?.kind === 'text' && /^\s*(?:→|->)/.test(follower.value) && isCommand(span.value))) break;
    text += span.value;
    const end = text.indexOf('\n');
    if (end >= 0) return text.slice(0, end);
  }
  return text;
}

const checkHead = /^(?:check|command|cmd|probe|step|run|test|what|how|verification|query)s?$/i;
const resultHead = /^(?:result|output|observed|outcome|got|actual|answer|status|response|value|seen|evidence)s?$/i;

/** Reads a table with a column of checks and one of results; every row is an observation. */
export function readTableObservations(table: Table): InlineObservation[] {
  const heads = table.head.cells.map((cell) => plain(cell).replace(/[*_:]/g, '').trim());
  const check = heads.findIndex((head) => checkHead.test(head));
  const result = heads.findIndex((head) => resultHead.test(head));
  if (check < 0 || result < 0) return [];
  return table.rows.flatMap((row) => {
    const command = row.cells[check]?.find((span) => span.kind === 'code' && isCommand(span.value))?.value;
    const observation = readLooseObservation(`→ ${plain(row.cells[result] ?? [])}`, row.line);
    if (observation.text === '' && observation.note === null) return [];
    return [{ form: 'table' as const, command: command === undefined ? null : withoutPrompt(command), text: observation.text, note: observation.note, line: row.line }];
  });
}

const expectedComment = /(?:^|\s)#+\s*(?:EXPECTED|EXPECT|Expected|expected|Expect|expect)(?:\s+output)?\s*[:=]?\s+(.*)$/;

/** Reads `# EXPECTED: …` behind or below a command in a fence. */
export function readExpectedComments(fence: Fence): InlineObservation[] {
  let command: string | null = null;
  return splitLines(fence.body).flatMap((source, index) => {
    const found = expectedComment.exec(source);
    const before = (found === null ? source : source.slice(0, found.index)).trim();
    if (before === '' && found === null) command = null;
    else if (before !== '' && !before.startsWith('#') && !isArrow(before)) command = isCommand(before) ? withoutPrompt(before) : command;
    if (found === null) return [];
    const observation = readLooseObservation(`→ ${found[1] ?? ''}`, fence.line + index);
    return [{ form: 'expected-comment' as const, command, text: observation.text, note: observation.note, line: fence.line + index }];
  });
}

function isArrow(text: string): boolean {
  return arrowAt(text, 0) !== null;
}

function isCommand(text: string): boolean {
  return promptLength(text) > 0 || commandLikeness(text) === 'strong';
}

function withoutPrompt(text: string): string {
  return text.slice(promptLength(text)).trim();
}

function plain(spans: readonly Span[]): string {
  return spans.map((span) => span.value).join('').trim();
}
