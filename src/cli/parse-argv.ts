import { CommanderError } from 'commander';
import { Failure } from '../contract/failure.ts';
import type { Role } from '../contract/schema/entry.ts';
import { findNearest, suggestNearest } from '../queries/nearest.ts';
import { quoteWord } from '../queries/shell-word.ts';
import { buildProgram, type Parsed } from './build-program.ts';
import { isGiven, valueOf, type Globals, type Invocation, type Options } from './invocation.ts';
import type { Scan } from './scan-argv.ts';
import type { OptionSpec } from './table/command-spec.ts';
import { commandTable, type TableCommand } from './table/command-table.ts';
import { globalOptions } from './table/options.ts';

export interface Call {
  spec: TableCommand;
  invocation: Invocation;
}

/** Reads a command line into a call. Throws a usage failure that names the nearest known word. */
export function parseArgv(argv: readonly string[], scan: Scan, environment: NodeJS.ProcessEnv): Call {
  if (scan.spec === null) throw unknownCommand(argv, scan);
  let parsed: Parsed | null = null;
  const program = buildProgram((found) => {
    parsed = found;
  }, scan.spec.name.split(' ')[0]);
  try {
    program.parse(joinWords(argv, scan.spec), { from: 'user' });
  } catch (error) {
    throw error instanceof CommanderError ? explain(error, argv, scan.spec) : error;
  }
  const found: Parsed = parsed ?? { spec: scan.spec, arguments: [], options: new Map() };
  if (found.spec !== scan.spec) throw tornApart(found.spec);
  return toCall(found, argv, environment);
}

/** The command line with the words of an option that takes several put into one, which is what the parser knows. Throws a usage failure for too few. */
function joinWords(argv: readonly string[], spec: TableCommand): string[] {
  const options: readonly OptionSpec[] = spec.options;
  const joined: string[] = [];
  for (let at = 0; at < argv.length; at += 1) {
    const word = argv[at] ?? '';
    if (word === '--') return [...joined, ...argv.slice(at)];
    joined.push(word);
    const option = options.find(({ name, short, words }) => words !== undefined && (word === name || word === short));
    if (option?.words === undefined) continue;
    const following = argv.slice(at + 1, at + 1 + option.words.most);
    const end = following.findIndex((next, index) => index >= (option.words?.least ?? 0) && next.startsWith('-'));
    const own = end < 0 ? following : following.slice(0, end);
    if (own.length < option.words.least) throw new Failure('usage', `Unexpected ${word} with ${own.length} words, expected ${word} ${option.value ?? ''}.`, { next: `docket ${spec.name} --help` });
    joined.push(JSON.stringify(own));
    at += own.length;
  }
  return joined;
}

function tornApart({ name }: TableCommand): Failure {
  return new Failure('usage', `The words of docket ${name} stand apart, expected them together and options after them.`, { next: `docket ${name} --help` });
}

function toCall({ spec, arguments: words, options }: Parsed, argv: readonly string[], environment: NodeJS.ProcessEnv): Call {
  for (const option of [...globalOptions, ...spec.options]) if (option.closed === true) checkValues(option.name, options.get(option.name) ?? [], option.values ?? []);
  spec.arguments.forEach(({ name, values, closed }, at) => {
    if (closed === true) checkValues(name, words.slice(at, at + 1), values ?? []);
  });
  if (spec.access !== 'read' && isGiven(options, '--at')) {
    throw new Failure('usage', `docket ${spec.name} does not answer for a revision, so it takes no --at.`, { next: `docket ${spec.name} --help` });
  }
  return { spec, invocation: { command: spec.name, arguments: words, options, globals: readGlobals(options, environment), argv } };
}

function readGlobals(options: Options, environment: NodeJS.ProcessEnv): Globals {
  return {
    json: isGiven(options, '--json'),
    quiet: isGiven(options, '--quiet'),
    cache: !isGiven(options, '--no-cache'),
    dir: valueOf(options, '-C') ?? '.',
    at: valueOf(options, '--at'),
    role: readRole(options, environment),
    afterVerdict: isGiven(options, '--after-verdict'),
  };
}

function readRole(options: Options, environment: NodeJS.ProcessEnv): Role | null {
  const given = valueOf(options, '--role');
  const role = given ?? environment['DOCKET_ROLE'] ?? '';
  if (role === 'builder' || role === 'adversary' || role === 'operator') return role;
  if (role !== '') checkValues(given === null ? 'DOCKET_ROLE' : '--role', [role], ['builder', 'adversary', 'operator']);
  return null;
}

function checkValues(name: string, values: readonly string[], known: readonly string[]): void {
  const wrong = values.find((value) => !known.includes(value));
  if (wrong !== undefined) throw new Failure('usage', `Unexpected value "${wrong}" for ${name}, expected ${known.join(', ')}.${suggestNearest(wrong, known)}`);
}

function unknownCommand(argv: readonly string[], { words, group }: Scan): Failure {
  const word = group === null ? (words[0] ?? '') : words.slice(0, 2).join(' ');
  const names = commandTable.map(({ name }) => name);
  const firstWords = [...new Set(names.map((name) => name.split(' ')[0] ?? name))];
  const possible = group !== null ? names.filter((name) => name.startsWith(`${group} `)) : findNearest(word, firstWords).length > 0 ? firstWords : [...firstWords, ...names];
  if (word === group) return new Failure('usage', `docket ${group} is no command by itself, expected ${possible.join(', ')} with options after it.`, { next: `docket ${group} --help` });
  const near = findNearest(word, possible);
  const next = near.length === 1 ? correct(argv, word, near[0] ?? '') : `docket ${group === null ? '' : `${group} `}--help`;
  return new Failure('usage', `Unknown command "${word}".${suggestNearest(word, possible)}`, { next });
}

function explain({ code, message }: CommanderError, argv: readonly string[], spec: TableCommand): Failure {
  const help = `docket ${spec.name} --help`;
  const said = message.replace(/^error: /, '');
  const wrong = /'(.+)'/s.exec(said)?.[1]?.split('=')[0] ?? '';
  if (code !== 'commander.unknownOption') return new Failure('usage', `${said.charAt(0).toUpperCase()}${said.slice(1).replace(/\.$/, '')}.`, { next: help });
  const possible = [...spec.options, ...globalOptions].flatMap(({ name, short }) => (short === undefined ? [name] : [name, short]));
  const near = findNearest(wrong, possible);
  return new Failure('usage', `Unknown option ${wrong} for docket ${spec.name}.${suggestNearest(wrong, possible)}`, { next: near.length === 1 ? correct(argv, wrong, near[0] ?? '') : help });
}

/** The command line with some words put right; those of a command stand in one text, with blanks between. */
function correct(argv: readonly string[], wrong: string, right: string): string {
  const words = [...argv];
  const [wrongWords, rightWords] = [wrong.split(' '), right.split(' ')];
  wrongWords.forEach((word, nth) => {
    const at = words.findIndex((arg) => arg === word || arg.startsWith(`${word}=`));
    const found = words[at];
    const isLast = nth === wrongWords.length - 1;
    if (found !== undefined) words.splice(at, 1, (rightWords[nth] ?? '') + found.slice(word.length), ...(isLast ? rightWords.slice(nth + 1) : []));
  });
  return ['docket', ...words.filter((word) => word !== '')].map(quoteWord).join(' ');
}
