import { commandGroups, commandTable, type TableCommand } from './table/command-table.ts';
import { globalOptions } from './table/options.ts';

/** What can be told of a command line before it is parsed, and even if it cannot be. */
export interface Scan {
  json: boolean;
  quiet: boolean;
  help: boolean;
  version: boolean;
  /** The leading words that are no options: those of the command and what follows them. */
  words: string[];
  /** The command that the first words name, with how many words; null where they name none. */
  spec: TableCommand | null;
  /** The first word, where it only groups commands and no further word names one. */
  group: string | null;
}

/** Looks through the arguments up to `--`. */
export function scanArgv(argv: readonly string[]): Scan {
  const end = argv.indexOf('--');
  const own = end < 0 ? argv : argv.slice(0, end);
  const words = readWords(own);
  const spec = findCommand(words);
  const group = spec === null && words[0] !== undefined && Object.hasOwn(commandGroups, words[0]) ? words[0] : null;
  const has = (...names: string[]): boolean => names.some((name) => own.includes(name));
  return { json: has('--json'), quiet: has('--quiet'), help: has('--help', '-h'), version: has('--version', '-V'), words, spec, group };
}

/** The command whose name is the longest beginning of `words`. */
export function findCommand(words: readonly string[]): TableCommand | null {
  for (const length of [2, 1]) {
    const name = words.slice(0, length).join(' ');
    const found = words.length >= length ? commandTable.find((spec) => spec.name === name) : undefined;
    if (found !== undefined) return found;
  }
  return null;
}

function readWords(argv: readonly string[]): string[] {
  const takesValue = new Set(globalOptions.filter(({ value }) => value !== null).map(({ name }) => name));
  return argv.filter((arg, at) => !arg.startsWith('-') && !takesValue.has(argv[at - 1] ?? ''));
}
