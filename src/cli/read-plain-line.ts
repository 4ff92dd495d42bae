import type { ArgumentSpec, OptionSpec } from './table/command-spec.ts';
import { commandTable, type TableCommand } from './table/command-table.ts';
import { globalOptions } from './table/options.ts';

/** What a parser found: the command, its arguments in order, and every option that was given, by name, with its values. */
export interface Parsed {
  spec: TableCommand;
  arguments: string[];
  options: Map<string, string[]>;
}

/**
 * Reads a command line on which nothing is left to interpretation: the one word of a command, its options behind it and by their whole names, each value a word of its
 * own, as many arguments as the command takes. Null for every other, which commander reads; on what both read they agree, and a property test says so.
 */
export function readPlainLine(argv: readonly string[], spec: TableCommand): Parsed | null {
  if (spec.name.includes(' ') || commandTable.some(({ name }) => name.startsWith(`${spec.name} `))) return null;
  const own: readonly OptionSpec[] = spec.options;
  const given = new Map<OptionSpec, string[]>();
  const words: string[] = [];
  for (let at = 0; at < argv.length; at += 1) {
    const arg = argv[at] ?? '';
    if (!arg.startsWith('-')) {
      words.push(arg);
      continue;
    }
    const known = words.length === 0 ? globalOptions : [...globalOptions, ...own];
    const named = known.filter(({ name, short }) => arg === name || arg === short);
    const [option] = named;
    if (option === undefined || named.length > 1 || option.words !== undefined) return null;
    const value = option.value === null ? null : argv[(at += 1)];
    if (value === undefined || value === '' || value?.startsWith('-') === true) return null;
    given.set(option, [...(given.get(option) ?? []), ...valuesIn(value, option)]);
  }
  const [command, ...rest] = words;
  if (command !== spec.name || !takes(spec.arguments, rest)) return null;
  const options = [...globalOptions, ...own].flatMap((option) => (given.has(option) ? [[option.name, given.get(option) ?? []] as const] : []));
  return { spec, arguments: rest, options: new Map(options) };
}

function valuesIn(value: string | null, { many }: OptionSpec): string[] {
  if (value === null) return [];
  return many === true ? value.split(',').filter((part) => part !== '') : [value];
}

function takes(known: readonly ArgumentSpec[], words: readonly string[]): boolean {
  const least = known.filter(({ required }) => required).length;
  return words.length >= least && (words.length <= known.length || known.at(-1)?.variadic === true);
}
