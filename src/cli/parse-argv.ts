import { Failure } from '../contract/failure.ts';
import type { Role } from '../contract/schema/entry.ts';
import { findNearest, suggestNearest } from '../queries/nearest.ts';
import { correctLine } from './correct-line.ts';
import { isGiven, valueOf, type Globals, type Invocation, type Options } from './invocation.ts';
import { readPlainLine, type Parsed } from './read-plain-line.ts';
import type { Scan } from './scan-argv.ts';
import { commandTable, type TableCommand } from './table/command-table.ts';
import { globalOptions } from './table/options.ts';

export interface Call {
  spec: TableCommand;
  invocation: Invocation;
}

/** Reads a command line into a call. Throws a usage failure that names the nearest known word. */
export async function parseArgv(argv: readonly string[], scan: Scan, environment: NodeJS.ProcessEnv): Promise<Call> {
  const { spec } = scan;
  if (spec === null) throw unknownCommand(argv, scan);
  // Loaded for what is not plain: commander costs a command that is run hundreds of times a day more than its answer.
  const found = readPlainLine(argv, spec) ?? (await import('./parse-with-commander.ts')).parseWithCommander(argv, spec);
  return toCall(found, argv, environment);
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
  const next = near.length === 1 ? correctLine(argv, word, near[0] ?? '') : `docket ${group === null ? '' : `${group} `}--help`;
  return new Failure('usage', `Unknown command "${word}".${suggestNearest(word, possible)}`, { next });
}
