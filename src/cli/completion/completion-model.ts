import { commandGroups, commandTable } from '../table/command-table.ts';
import { globalOptions } from '../table/options.ts';
import type { OptionSpec } from '../table/command-spec.ts';

export interface Completable {
  word: string;
  summary: string;
}

export interface CompletableOption {
  /** `--phase`, `-C`. */
  names: string[];
  summary: string;
  takesValue: boolean;
  values: string[];
}

/** What can stand where, for the writers of completion scripts. Context is the words of a command; the empty one is docket itself. */
export interface CompletionModel {
  contexts: { name: string; words: Completable[]; options: CompletableOption[] }[];
  globals: CompletableOption[];
}

/** The command table, turned round: for every beginning of a command what may follow. */
export function completionModel(): CompletionModel {
  const groups = Object.entries(commandGroups).map(([word, summary]) => ({ word, summary }));
  const topWords = [...commandTable.filter(({ name }) => !name.includes(' ')).map(({ name, summary }) => ({ word: name, summary })), ...groups];
  const contexts = [
    { name: '', words: topWords, options: [] },
    ...groups.map(({ word }) => ({ name: word, words: wordsBelow(word), options: [] })),
    ...commandTable.map((spec) => ({
      name: spec.name,
      words: [...wordsBelow(spec.name), ...(spec.name === 'help' ? topWords : []), ...spec.arguments.flatMap(({ values, summary }) => (values ?? []).map((word) => ({ word, summary })))],
      options: spec.options.map(toCompletable),
    })),
  ];
  return { contexts, globals: globalOptions.map(toCompletable) };
}

function wordsBelow(group: string): Completable[] {
  return commandTable.filter(({ name }) => name.startsWith(`${group} `)).map(({ name, summary }) => ({ word: name.slice(group.length + 1), summary }));
}

function toCompletable({ name, short, summary, value, values }: OptionSpec): CompletableOption {
  return { names: short === undefined ? [name] : [name, short], summary, takesValue: value !== null, values: [...(values ?? [])] };
}
