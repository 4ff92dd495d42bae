/**
 * Reads a script in the way of bash as far as is needed to name the programs that it starts: quotes, escapes,
 * substitutions at any depth, here-documents, redirections, assignments. It expands nothing that is not written down.
 */

import { assignedBy, assignmentWord } from './assigned-by.ts';
import { readSubstitutionsOf, readWord, skipArithmetic } from './read-word.ts';
import { unknown } from './reading.ts';
import type { OpenCommand, OpenHeredoc, Reading, SimpleCommand } from './reading.ts';

export interface ParsedScript {
  readonly commands: readonly SimpleCommand[];
  /** A quote or substitution never closes, or they are nested beyond reason: nothing is known for sure. */
  readonly torn: boolean;
}

const deepest = 24;
const reserved = new Set(['if', 'then', 'else', 'elif', 'fi', 'while', 'until', 'do', 'done', '{', '}', '!', 'esac', 'function', 'coproc', 'time', 'in']);

/** Parses a script; never throws, linear but for nested substitutions, whose depth is bounded. */
export function parseScript(source: string): ParsedScript {
  const reading = startReading(source, 0, new Map());
  readList(reading, '');
  return { commands: reading.commands, torn: reading.torn };
}

function startReading(source: string, depth: number, variables: Map<string, string>): Reading {
  return { source, at: 0, depth, commands: [], variables, torn: false, open: emptyCommand(false), heredocs: [], readNested, parseInside };
}

function emptyCommand(piped: boolean): OpenCommand {
  return { words: [], redirects: [], assignments: [], input: null, piped };
}

/** Reads commands up to an unquoted `closer`, or to the end where there is none. */
function readList(reading: Reading, closer: '' | ')'): void {
  const { source } = reading;
  while (reading.at < source.length) {
    const character = source.charAt(reading.at);
    if (isInsideTest(reading) && /[;&|()<>]/.test(character)) {
      reading.open.words.push(character);
      reading.at += 1;
    } else if (character === ')') {
      finish(reading, false);
      reading.at += 1;
      if (closer === ')') return;
    } else if (character === ' ' || character === '\t' || character === '\r') reading.at += 1;
    else if (source.startsWith('\\\n', reading.at)) reading.at += 2;
    else if (character === '\n') endLine(reading);
    else if (character === '#') skipComment(reading);
    else if (source.startsWith('&>', reading.at)) readRedirect(reading);
    else if (character === '|') {
      finish(reading, source.charAt(reading.at + 1) !== '|');
      reading.at += source.startsWith('||', reading.at) || source.startsWith('|&', reading.at) ? 2 : 1;
    } else if (character === ';' || character === '&') {
      finish(reading, false);
      reading.at += 1;
    } else if (character === '(') readGroup(reading);
    else if (character === '<' || character === '>') readRedirect(reading);
    else takeWord(reading);
  }
  finish(reading, false);
  if (closer === ')') reading.torn = true;
}

/** Between `[[` and `]]` nothing redirects and nothing separates. */
function isInsideTest({ open }: Reading): boolean {
  return open.words[0] === '[[' && open.words.at(-1) !== ']]';
}

function skipComment(reading: Reading): void {
  const end = reading.source.indexOf('\n', reading.at);
  reading.at = end < 0 ? reading.source.length : end;
}

/** `x=( … )` is a list, `(( … ))` is arithmetic; a single bracket opens a subshell, whose commands are commands. */
function readGroup(reading: Reading): void {
  const assigned = reading.open.assignments.at(-1);
  if (reading.open.words.length === 0 && assigned?.[1] === '' && reading.source.charAt(reading.at - 1) === '=') {
    reading.at += 1;
    reading.open.assignments.splice(-1, 1, [assigned[0], readWordsUntil(reading, /[)]/).join(' ')]);
    reading.at += 1;
    return;
  }
  if (reading.open.words.length > 0) finish(reading, false);
  if (reading.source.startsWith('((', reading.at)) skipArithmetic(reading, reading.at + 2);
  else reading.at += 1;
}

/** Finishes the open command and remembers what it assigned. */
function finish(reading: Reading, pipes: boolean): void {
  const { open } = reading;
  if (open.words.length > 0 || open.redirects.length > 0 || open.assignments.length > 0) reading.commands.push(open);
  for (const [name, value] of open.words.length === 0 ? open.assignments : assignedBy(open)) reading.variables.set(name, value);
  reading.open = emptyCommand(pipes);
}

function endLine(reading: Reading): void {
  reading.at += 1;
  if (reading.heredocs.length === 0) {
    finish(reading, false);
    return;
  }
  for (const heredoc of reading.heredocs.splice(0)) readHeredoc(reading, heredoc);
  finish(reading, false);
}

function readHeredoc(reading: Reading, heredoc: OpenHeredoc): void {
  const lines: string[] = [];
  while (reading.at < reading.source.length) {
    const end = reading.source.indexOf('\n', reading.at);
    const line = reading.source.slice(reading.at, end < 0 ? reading.source.length : end);
    reading.at = end < 0 ? reading.source.length : end + 1;
    if ((heredoc.tabs ? line.replace(/^\t+/, '') : line) === heredoc.end) break;
    lines.push(line);
  }
  heredoc.owner.input = lines.join('\n');
  if (!heredoc.literal) readSubstitutionsOf(reading, heredoc.owner.input);
}

const redirectOperator = /(?:&>>?|[<>]&|<<<|<<-?|<>|>>|>\||[<>])/y;

function readRedirect(reading: Reading): void {
  const { source, open } = reading;
  if (/^[<>]\(/.test(source.slice(reading.at, reading.at + 2))) {
    reading.at += 2;
    readNested(reading);
    open.words.push(unknown);
    return;
  }
  redirectOperator.lastIndex = reading.at;
  const operator = redirectOperator.exec(source)?.[0] ?? '>';
  reading.at += operator.length;
  skipBlanks(reading);
  const from = reading.at;
  const target = readWord(reading);
  if (operator === '<<' || operator === '<<-') {
    reading.heredocs.push({ end: target, tabs: operator === '<<-', literal: /['"\\]/.test(source.slice(from, reading.at)), owner: open });
  } else if (operator === '<<<') open.input = target;
  else open.redirects.push({ operator, target });
}

function skipBlanks(reading: Reading): void {
  while (/[ \t]/.test(reading.source.charAt(reading.at))) reading.at += 1;
}

/** Takes the next word of the open command: a reserved word, an assignment, or a word. */
function takeWord(reading: Reading): void {
  const from = reading.at;
  const word = readWord(reading);
  const written = reading.source.slice(from, Math.min(reading.at, from + 200));
  const { open } = reading;
  if (/^\d+$/.test(written) && /[<>]/.test(reading.source.charAt(reading.at))) return;
  if (open.words.length > 0) {
    open.words.push(word);
    return;
  }
  const assigned = assignmentWord.exec(written);
  if (assigned !== null) open.assignments.push([assigned[1] ?? '', word.slice(assigned[0].length)]);
  else if (written === 'function') skipName(reading);
  else if (written === 'time') skipOption(reading);
  else if (written === 'for' || written === 'select' || written === 'case') skipHead(reading);
  else if (!reserved.has(written)) open.words.push(word);
}

/** The name and the list of a loop, the subject of a case: words, not commands. A loop's name stands for its list. */
function skipHead(reading: Reading): void {
  const [loop, , ...values] = readWordsUntil(reading, /[;\n)]/);
  if (loop !== undefined && values.length > 0) reading.variables.set(loop, values.join(' '));
}

/** `function f { …; }`: what follows is its body. */
function skipName(reading: Reading): void {
  skipBlanks(reading);
  readWord(reading);
}

/** `time -p …` */
function skipOption(reading: Reading): void {
  const option = /^[ \t]+-p(?=[ \t])/.exec(reading.source.slice(reading.at, reading.at + 80));
  reading.at += option?.[0].length ?? 0;
}

function readWordsUntil(reading: Reading, end: RegExp): string[] {
  const words: string[] = [];
  while (reading.at < reading.source.length && !end.test(reading.source.charAt(reading.at))) {
    const before = reading.at;
    const word = readWord(reading);
    if (reading.at === before) reading.at += 1;
    else words.push(word);
    if (word === 'in' && words.length === 2 && words[0] !== undefined && /^\s*\n/.test(reading.source.slice(reading.at, reading.at + 80))) break;
  }
  return words;
}

/** Reads a substitution whose opener is behind us, in place. */
function readNested(reading: Reading): void {
  if (reading.depth >= deepest) {
    reading.torn = true;
    reading.at = reading.source.length;
    return;
  }
  const inner = { ...startReading(reading.source, reading.depth + 1, reading.variables), at: reading.at };
  readList(inner, ')');
  reading.at = inner.at;
  for (const command of inner.commands) reading.commands.push(command);
  reading.torn ||= inner.torn;
}

function parseInside(reading: Reading, text: string): void {
  if (reading.depth >= deepest) {
    reading.torn = true;
    return;
  }
  const inner = startReading(text, reading.depth + 1, reading.variables);
  readList(inner, '');
  for (const command of inner.commands) if (command.words[0] !== ':') reading.commands.push(command);
  reading.torn ||= inner.torn;
}
