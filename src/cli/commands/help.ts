import { describeCommand } from '../describe-commands.ts';
import { helpText, commandsBelow } from '../help-text.ts';
import type { Invocation } from '../invocation.ts';
import { answer, type Outcome } from '../outcome.ts';
import { Failure } from '../../contract/failure.ts';
import { suggestNearest } from '../../queries/nearest.ts';
import { commandGroups, commandTable } from '../table/command-table.ts';

/** `docket help [COMMAND]`. */
export function run({ arguments: words }: Invocation): Outcome {
  const name = words.join(' ');
  const isKnown = words.length === 0 || Object.hasOwn(commandGroups, name) || commandTable.some((spec) => spec.name === name);
  if (isKnown) return answerHelp(words);
  throw new Failure('usage', `Unknown command "${name}".${suggestNearest(name, commandTable.map((spec) => spec.name))}`, { next: 'docket --help' });
}

/** Help as text, or as the same data that `describe` gives. */
export function answerHelp(words: readonly string[]): Outcome {
  return answer({ data: { commands: commandsBelow(words).map(describeCommand) }, render: (_, view) => helpText(words, view.columns) });
}
