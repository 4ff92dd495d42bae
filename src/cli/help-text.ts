import { buildProgram } from './build-program.ts';
import type { CommandSpec } from './table/command-spec.ts';
import { commandTable } from './table/command-table.ts';

const rootExamples = ['docket status', 'docket list findings --state open', 'docket show A1 --json', 'docket init --dry-run'];

/** Help for a command, for a group of commands, or (without words) for docket; it ends with examples. */
export function helpText(words: readonly string[], columns: number | null): string {
  let command = buildProgram(() => undefined);
  command.configureHelp({ showGlobalOptions: true, helpWidth: columns ?? 100 });
  for (const word of words) {
    const inner = command.commands.find((candidate) => candidate.name() === word);
    if (inner === undefined) break;
    command = inner.configureHelp({ showGlobalOptions: true, helpWidth: columns ?? 100 });
  }
  const examples = examplesOf(words).map((example) => `  $ ${example}\n`).join('');
  return `${command.helpInformation().trimEnd()}\n\nExamples:\n${examples}`;
}

/** The commands that some words name: one, those of a group, or all. */
export function commandsBelow(words: readonly string[]): readonly CommandSpec[] {
  if (words.length === 0) return commandTable;
  const name = words.join(' ');
  return commandTable.filter((spec) => spec.name === name || spec.name.startsWith(`${name} `));
}

function examplesOf(words: readonly string[]): readonly string[] {
  if (words.length === 0) return rootExamples;
  const specs = commandsBelow(words);
  return specs.length === 1 ? (specs[0]?.examples ?? []) : specs.map(({ examples, name }) => examples[0] ?? `docket ${name} --help`);
}
