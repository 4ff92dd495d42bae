import { isMap, isScalar, isSeq, parseDocument, type Document, type Pair, type YAMLMap } from 'yaml';
import { Failure } from '../../contract/failure.ts';
import type { HookName } from './names.ts';

/** Marks the lines that are docket's in the file of a hook manager. */
const begin = '# docket: these lines were put in by docket install hooks';
const end = '# docket: end';
/** Follows where the file had no line end at its end, so that one was put before these lines. */
const withGap = ', and the line end before them';

/** The text with docket's lines for some hooks; what stands around them stays byte by byte. Throws a `Failure` of kind config where no line can be put in. */
export function withLefthook(text: string, names: readonly HookName[]): string {
  return names.reduce((result, name) => insertLefthook(result, name), withoutLines(text));
}

/** The same for `.pre-commit-config.yaml`: a repository `local`, first of all. */
export function withFramework(text: string, names: readonly HookName[]): string {
  const bare = withoutLines(text);
  const repos = pairOf(parse(bare).contents, 'repos');
  if (!repos || !isSeq(repos.value) || repos.value.flow === true) throw refuse('.pre-commit-config.yaml', 'a list under repos:');
  const indent = columnOf(bare, repos.value.range?.[0] ?? 0);
  const at = lineStart(bare, repos.value.range?.[0] ?? 0);
  const hooks = names.map((name) => `    - id: docket-${name}\n      name: docket ${name}\n      entry: docket hook ${name}\n      language: system\n      always_run: true\n      stages: [${stageOf(name)}]\n${name === 'commit-msg' ? '' : '      pass_filenames: false\n'}`).join('');
  return insertLines(bare, at, indented(`- repo: local\n  hooks:\n${hooks}`, indent), indent);
}

/** The framework's names for the stages: those that every version knows, the one of Debian 12 too. */
function stageOf(name: HookName): string {
  return name === 'pre-commit' ? 'commit' : name === 'pre-push' ? 'push' : name;
}

/** The text without the lines that docket put in. */
export function withoutLines(text: string): string {
  const lines = text.split(/(?<=\n)/u);
  const kept: string[] = [];
  let within = false;
  let gap = -1;
  for (const line of lines) {
    if (line.trim() === begin || line.trim() === begin + withGap) within = true;
    if (line.trim() === begin + withGap) gap = kept.length;
    if (!within) kept.push(line);
    if (line.trim() === end) within = false;
  }
  // Where somebody wrote behind them since, the line end has become theirs.
  const rest = kept.join('');
  return gap === kept.length ? rest.replace(/\r?\n$/u, '') : rest;
}

function insertLefthook(text: string, name: HookName): string {
  const hook = pairOf(parse(text).contents, name);
  if (hook === null) {
    return insertLines(text, text.length, `${name}:\n  commands:\n    docket:\n${commandLines(name, 6)}`, 0);
  }
  if (!isMap(hook.value) || hook.value.flow === true) throw refuse('lefthook.yml', `a map under ${name}:`);
  const commands = pairOf(hook.value, 'commands');
  const jobs = pairOf(hook.value, 'jobs');
  const holder = commands ?? jobs;
  if (holder === null) {
    const indent = columnOf(text, startOf(hook.value));
    return insertLines(text, lineStart(text, startOf(hook.value)), `${' '.repeat(indent)}commands:\n${' '.repeat(indent + 2)}docket:\n${commandLines(name, indent + 4)}`, indent);
  }
  if (!(isMap(holder.value) || isSeq(holder.value)) || holder.value.flow === true) throw refuse('lefthook.yml', `a list of ${name} commands`);
  const first = startOf(holder.value);
  const indent = columnOf(text, first);
  const lines = isMap(holder.value) ? `${' '.repeat(indent)}docket:\n${commandLines(name, indent + 2)}` : `${' '.repeat(indent)}- name: docket\n${commandLines(name, indent + 2)}`;
  return insertLines(text, lineStart(text, first), lines, indent);
}

function commandLines(name: HookName, indent: number): string {
  const lines = [`run: docket hook ${name}${name === 'commit-msg' ? ' {1}' : ''}`, ...(name === 'pre-push' ? ['use_stdin: true'] : [])];
  return lines.map((line) => `${' '.repeat(indent)}${line}\n`).join('');
}

function insertLines(text: string, at: number, lines: string, indent: number): string {
  const pad = ' '.repeat(indent);
  const hasGap = at === text.length && text !== '' && !text.endsWith('\n');
  const put = `${hasGap ? '\n' : ''}${pad}${begin}${hasGap ? withGap : ''}\n${lines}${pad}${end}\n`;
  return `${text.slice(0, at)}${text.includes('\r\n') ? put.replaceAll('\n', '\r\n') : put}${text.slice(at)}`;
}

function indented(text: string, indent: number): string {
  return text.replace(/^(?=.)/gmu, ' '.repeat(indent));
}

function parse(text: string): Document {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error) throw new Failure('config', `the configuration of the hook manager cannot be read: ${error.message}`, { next: 'Correct the file, then run the same command again.' });
  return document;
}

function pairOf(node: unknown, key: string): Pair | null {
  if (!isMap(node)) return null;
  return (node as YAMLMap).items.find((item) => isScalar(item.key) && item.key.value === key) ?? null;
}

function startOf(node: { range?: [number, number, number] | null }): number {
  return node.range?.[0] ?? 0;
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

function refuse(file: string, expected: string): Failure {
  return new Failure('config', `Unexpected form of ${file}, expected ${expected}.`, { next: 'Add a command "docket hook pre-commit" there by hand.' });
}
