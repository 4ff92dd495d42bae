import { compoundEnds } from './programs.ts';
import { scanLine, startScan } from './find-arrow.ts';
import type { Arrow, CommandScan, Heredoc } from './find-arrow.ts';

/** One command as it stands in a loose block, with what follows it behind an arrow on its last line. */
export interface ReadCommand {
  readonly text: string;
  /** Index of the last line that was taken. */
  readonly last: number;
  /** From the arrow to the end of that line, null when no arrow stands there. */
  readonly tail: string | null;
}

/** How many lines one block may look ahead in vain, for quotes and words that never close. Keeps reading linear. */
export interface Lookahead {
  left: number;
}

export function startLookahead(): Lookahead {
  return { left: 2000 };
}

/** A quote that does not close within so many lines was no quote. */
const longestCommand = 24;
const longestCompound = 60;
const longestHeredoc = 400;

/**
 * Reads the command that begins on a line: over back-slashes, open quotes, operators at the line's end,
 * here-documents and compound commands. `start` is the first line without its prompt.
 */
export function readCommand(lines: readonly string[], index: number, start: string, lookahead: Lookahead): ReadCommand {
  const compound = readCompound(lines, index, start, lookahead);
  if (compound !== null) return compound;
  const scan = startScan();
  scanLine(scan, start);
  if (scan.arrow !== null) return finish([start], index, start, scan.arrow);
  const taken = [start];
  let last = index;
  while (isIncomplete(scan) && last - index < Math.min(longestCommand, lookahead.left) && last + 1 < lines.length) {
    const next = continuation(lines[last + 1] ?? '');
    if (next.trim() === '' && scan.open.length === 0) break;
    last += 1;
    taken.push(next);
    scanLine(scan, next);
    if (scan.arrow !== null) return withHeredocs(lines, scan, finish(taken, last, next, scan.arrow), lookahead);
  }
  if (scan.open.length > 0) {
    lookahead.left -= last - index;
    return firstLineOnly(start, index);
  }
  return withHeredocs(lines, scan, { text: taken.join('\n'), last, tail: null }, lookahead);
}

function isIncomplete(scan: CommandScan): boolean {
  return scan.heredocs.length === 0 && (scan.open.length > 0 || scan.unfinished);
}

function continuation(line: string): string {
  return line.startsWith('> ') ? line.slice(2) : line;
}

function finish(taken: readonly string[], last: number, line: string, arrow: Arrow): ReadCommand {
  const head = line.slice(0, arrow.at).replace(/\s+#+\s*$/, '').trimEnd();
  return { text: [...taken.slice(0, -1), head].join('\n').trimEnd(), last, tail: line.slice(arrow.at) };
}

/** An apostrophe that never closes: the line is taken as it stands, split at its first arrow between blanks. */
function firstLineOnly(line: string, index: number): ReadCommand {
  const at = /\s(?:→|->(?=\s))/.exec(line)?.index;
  if (at === undefined) return { text: line.trimEnd(), last: index, tail: null };
  return { text: line.slice(0, at).trimEnd(), last: index, tail: line.slice(at).trimStart() };
}

function withHeredocs(lines: readonly string[], scan: CommandScan, command: ReadCommand, lookahead: Lookahead): ReadCommand {
  let { text, last } = command;
  for (const heredoc of scan.heredocs) {
    const end = endOfHeredoc(lines, last + 1, heredoc, lookahead);
    if (end === null) return command;
    text += `\n${lines.slice(last + 1, end + 1).join('\n')}`;
    last = end;
  }
  return { ...command, text, last };
}

function endOfHeredoc(lines: readonly string[], from: number, heredoc: Heredoc, lookahead: Lookahead): number | null {
  const until = Math.min(lines.length, from + Math.min(longestHeredoc, lookahead.left));
  for (let i = from; i < until; i += 1) {
    const line = lines[i] ?? '';
    if ((heredoc.tabs ? line.replace(/^\t+/, '') : line) === heredoc.end) return i;
  }
  lookahead.left -= Math.max(until - from, 0);
  return null;
}

function readCompound(lines: readonly string[], index: number, start: string, lookahead: Lookahead): ReadCommand | null {
  const opener = /^\s*(\S+)(?=\s|$)/.exec(start.slice(0, 80))?.[1] ?? '';
  const end = Object.hasOwn(compoundEnds, opener) ? compoundEnds[opener] : undefined;
  if (end === undefined) return null;
  let depth = 0;
  const taken: string[] = [];
  const until = Math.min(lines.length, index + Math.min(longestCompound, lookahead.left));
  for (let i = index; i < until; i += 1) {
    const line = i === index ? start : (lines[i] ?? '');
    const scan = startScan();
    scanLine(scan, line);
    const code = scan.arrow === null ? line : line.slice(0, scan.arrow.at);
    taken.push(line);
    depth += countWords(code, openersOf(end)) - countWords(code, [end]);
    if (depth <= 0) return scan.arrow === null ? { text: taken.join('\n').trimEnd(), last: i, tail: null } : finish(taken, i, line, scan.arrow);
  }
  lookahead.left -= Math.max(until - index, 0);
  return null;
}

function openersOf(end: string): string[] {
  return Object.keys(compoundEnds).filter((word) => compoundEnds[word] === end);
}

function countWords(code: string, words: readonly string[]): number {
  return code.split(/[\s;|&]+/).filter((word) => words.includes(word)).length;
}
