import { CommanderError } from 'commander';
import { Failure } from '../contract/failure.ts';
import { findNearest, suggestNearest } from '../queries/nearest.ts';
import { buildProgram } from './build-program.ts';
import { correctLine } from './correct-line.ts';
import type { Parsed } from './read-plain-line.ts';
import type { OptionSpec } from './table/command-spec.ts';
import type { TableCommand } from './table/command-table.ts';
import { globalOptions } from './table/options.ts';

/** Reads any command line of a command. Throws a usage failure that says what is wrong with it, and names the nearest known option. */
export function parseWithCommander(argv: readonly string[], spec: TableCommand): Parsed {
  let parsed: Parsed | null = null;
  const program = buildProgram((found) => {
    parsed = found;
  }, spec.name.split(' ')[0]);
  try {
    program.parse(joinWords(argv, spec), { from: 'user' });
  } catch (error) {
    throw error instanceof CommanderError ? explain(error, argv, spec) : error;
  }
  const found: Parsed = parsed ?? { spec, arguments: [], options: new Map() };
  if (found.spec !== spec) throw tornApart(found.spec);
  return found;
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

function explain({ code, message }: CommanderError, argv: readonly string[], spec: TableCommand): Failure {
  const help = `docket ${spec.name} --help`;
  const said = message.replace(/^error: /, '');
  const wrong = /'(.+)'/s.exec(said)?.[1]?.split('=')[0] ?? '';
  if (code !== 'commander.unknownOption') return new Failure('usage', `${said.charAt(0).toUpperCase()}${said.slice(1).replace(/\.$/, '')}.`, { next: help });
  const possible = [...spec.options, ...globalOptions].flatMap(({ name, short }) => (short === undefined ? [name] : [name, short]));
  const near = findNearest(wrong, possible);
  return new Failure('usage', `Unknown option ${wrong} for docket ${spec.name}.${suggestNearest(wrong, possible)}`, { next: near.length === 1 ? correctLine(argv, wrong, near[0] ?? '') : help });
}
