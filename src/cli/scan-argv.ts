import { commandGroups, commandTable, type TableCommand } from './table/command-table.ts';
import { globalOptions } from './table/options.ts';

/** What can be told of a command line before it is parsed, and even if it cannot be. */
export interface Scan {
  json: boolean;
  quiet: boolean;
  help: boolean;
  version: boolean;
  /** The words before the first option of a command: those of the command itself, and arguments that follow them at once. */
  words: string[];
  /** Whether an option of a command follows them. */
  more: boolean;
  /** The command that the first words name, with how many words; null where they name none. */
  spec: TableCommand | null;
  /** The first word, where it only groups commands and no further word names one. */
  group: string | null;
}

/** Looks through the arguments up to `--`. */
export function scanArgv(argv: readonly string[]): Scan {
  const end = argv.indexOf('--');
  const own = end < 0 ? argv : argv.slice(0, end);
  const { words, more } = readWords(own);
  const spec = findCommand(words);
  const group = spec === null && words[0] !== undefined && Object.hasOwn(commandGroups, words[0]) ? words[0] : null;
  const has = (...names: string[]): boolean => names.some((name) => own.includes(name));
  const format = own.indexOf('--format');
  const json = has('--json', '--format=json') || (format >= 0 && own[format + 1] === 'json');
  return { json, quiet: has('--quiet'), help: has('--help', '-h'), version: has('--version', '-V'), words, more, spec, group };
}

/** The command whose name is the longest beginning of `words`. */
function findCommand(words: readonly string[]): TableCommand | null {
  const fitting = commandTable.filter(({ name }) => name.split(' ').every((word, at) => word === words[at]));
  return fitting.toSorted((a, b) => b.name.split(' ').length - a.name.split(' ').length)[0] ?? null;
}

function readWords(argv: readonly string[]): Pick<Scan, 'words' | 'more'> {
  const words: string[] = [];
  for (let at = 0; at < argv.length; at += 1) {
    const arg = argv[at] ?? '';
    const option = globalOptions.find(({ name, short }) => arg === name || arg === short || arg.startsWith(`${name}=`));
    if (!arg.startsWith('-')) words.push(arg);
    else if (option === undefined && words.length > 0) return { words, more: true };
    else if (option !== undefined && option.value !== null && !arg.includes('=')) at += 1;
  }
  return { words, more: false };
}
