import { readInfo } from './read-info.ts';
import { readObservation } from './read-observation.ts';
import { readRoleHead } from './read-role-head.ts';
import type { RoleHead } from './read-role-head.ts';
import { arrowAt, scanLine, startScan } from '../shell/find-arrow.ts';
import { splitLines } from './split-lines.ts';
import { readStatus } from '../match/status.ts';
import { roles } from '../types.ts';
import type { Command, Fence, Observation, Problem, Reproduction, Step } from '../types.ts';

interface Reading {
  readonly steps: Step[];
  readonly problems: Problem[];
  head: RoleHead;
  /** Line of a head below which no step stands yet. */
  openHead: number | null;
  comments: string[];
  commands: Command[];
  observations: Observation[];
  endLine: number;
}

/** More of them say nothing new. */
const mostProblems = 100;

const noHead: RoleHead = { role: 'check', at: null, patch: null, text: null };

/**
 * Reads a fence in the exact notation. Every line is a comment, a role head, `$ command`, `> continuation`, an arrow
 * line or blank; any other line is a problem with what was expected, and reading goes on.
 */
export function parseStrict(fence: Fence): Reproduction {
  const info = readInfo(fence);
  const lines = splitLines(fence.body);
  const reading: Reading = { steps: [], problems: [...info.problems], head: noHead, openHead: null, comments: [], commands: [], observations: [], endLine: fence.line };
  lines.forEach((source, index) => {
    readLine(reading, source, fence.line + index);
  });
  closeStep(reading);
  closeHead(reading);
  keepLastComments(reading);
  if (reading.steps.length === 0) complain(reading, 'no-steps', fence.line, 'Unexpected empty reproduction, expected `$ command` and what it printed behind an arrow');
  return {
    notation: 'strict', lang: info.lang, meta: info.meta, line: fence.line, endLine: fence.line + Math.max(lines.length, 1) - 1,
    steps: reading.steps, problems: reading.problems,
  };
}

function readLine(reading: Reading, source: string, line: number): void {
  if (source.trim() === '') closeStep(reading);
  else if (source.startsWith('#')) readComment(reading, source, line);
  else if (source === '$' || source.startsWith('$ ')) readCommand(reading, source.slice(2), line);
  else if (source === '>' || source.startsWith('> ')) readContinuation(reading, source.slice(2), line);
  else if (source.startsWith('→') || source.startsWith('->')) readArrow(reading, source, line);
  else complain(reading, 'unread-line', line, `Unexpected ${quote(source)}, expected \`# comment\`, \`$ command\`, \`> continuation\` or \`→ output\` at the start of the line`);
}

function readComment(reading: Reading, source: string, line: number): void {
  const text = source.replace(/^#[ \t]?/, '').trimEnd();
  const head = source.startsWith('# ') || source.startsWith('#\t') ? readRoleHead(text) : null;
  if (head !== null) {
    closeStep(reading);
    closeHead(reading);
    reading.head = head;
    reading.openHead = line;
    return;
  }
  const nearly = new RegExp(`^(${roles.join('|')})(?=\\s*(?:$|:|[ \\t][@+]))`, 'i').exec(text.trim());
  if (nearly !== null) complain(reading, 'bad-role-head', line, `Unexpected ${quote(source)}, expected \`# ${nearly[0].toLowerCase()} [@REV] [+PATCH]: text\``);
  reading.comments.push(text);
}

function readCommand(reading: Reading, text: string, line: number): void {
  if (reading.observations.length > 0) closeStep(reading);
  if (text.trim() === '') complain(reading, 'empty-command', line, 'Unexpected `$` alone, expected a command behind it');
  if (hasUnquotedArrow(text)) complain(reading, 'inline-arrow', line, `Unexpected arrow inside the command ${quote(text)}, expected the output on a line of its own`);
  reading.commands.push({ text, line, endLine: line });
  reading.endLine = line;
}

function hasUnquotedArrow(text: string): boolean {
  const scan = startScan();
  scanLine(scan, text);
  return scan.arrow !== null && arrowAt(text, scan.arrow.at) !== null;
}

function readContinuation(reading: Reading, text: string, line: number): void {
  const last = reading.commands.at(-1);
  if (last === undefined || reading.observations.length > 0) {
    complain(reading, 'stray-continuation', line, `Unexpected \`> ${text.slice(0, 60)}\`, expected it right below a command`);
    return;
  }
  reading.commands[reading.commands.length - 1] = { text: `${last.text}\n${text}`, line: last.line, endLine: line };
  reading.endLine = line;
}

function readArrow(reading: Reading, source: string, line: number): void {
  const observation = readObservation(source, line);
  if (observation === null) {
    complain(reading, 'bad-arrow', line, `Unexpected ${quote(source)}, expected an arrow, at most 2 and one of = ~ / ?, then a blank`);
    return;
  }
  if (observation.mode === 'status') checkStatus(reading, observation);
  reading.observations.push(observation);
  reading.endLine = line;
}

function checkStatus(reading: Reading, observation: Observation): void {
  const { text, line, stream } = observation;
  if (readStatus(text) === null) complain(reading, 'bad-status', line, `Unexpected status ${quote(text)}, expected N, !N, N|M, SIGNAME or timeout`);
  if (stream === 'stderr') complain(reading, 'bad-arrow', line, 'Unexpected 2 before ?, expected a status without a stream');
  if (reading.observations.some((earlier) => earlier.mode === 'status')) complain(reading, 'second-status', line, 'Unexpected second status of one step, expected one');
}

function closeStep(reading: Reading): void {
  const { head, comments, commands, observations } = reading;
  const first = commands[0] ?? observations[0];
  if (first === undefined) return;
  reading.openHead = null;
  reading.steps.push({
    role: head.role, guessed: false, heading: head.text, at: head.at, patch: head.patch,
    line: first.line, endLine: reading.endLine, comments, commands, observations,
  });
  reading.comments = [];
  reading.commands = [];
  reading.observations = [];
}

/** A negative control that is only spoken of is kept as one without a command: that nothing was run is what counts. */
function closeHead(reading: Reading): void {
  const { head, openHead: line, comments } = reading;
  if (line === null || head.role !== 'neg') return;
  reading.steps.push({ role: 'neg', guessed: false, heading: head.text, at: head.at, patch: head.patch, line, endLine: line, comments, commands: [], observations: [] });
  reading.comments = [];
}

/** Comments below the last step stay with it. */
function keepLastComments(reading: Reading): void {
  const last = reading.steps.pop();
  if (last !== undefined) reading.steps.push({ ...last, comments: [...last.comments, ...reading.comments] });
}

function complain(reading: Reading, rule: string, line: number, message: string): void {
  if (reading.problems.length < mostProblems) reading.problems.push({ rule, line, message });
}

function quote(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 79)}…` : text);
}
