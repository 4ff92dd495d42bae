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
  const groups = Object.keys(commandGroups);
  const topWords = [...commandTable.map(({ name, summary }) => ({ word: name, summary })), ...Object.entries(commandGroups).map(([word, summary]) => ({ word, summary }))];
  const contexts = [
    { name: '', words: topWords.filter(({ word }) => !word.includes(' ')), options: [] },
    ...groups.map((group) => ({ name: group, words: wordsBelow(group), options: [] })),
    ...commandTable.map((spec) => ({
      name: spec.name,
      words: spec.name === 'help' ? topWords : spec.arguments.flatMap(({ values, summary }) => (values ?? []).map((word) => ({ word, summary }))),
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
