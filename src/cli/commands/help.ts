import { describeCommand } from '../describe-commands.ts';
import { readTemplate } from '../../edits/scaffold/read-template.ts';
import { helpText, commandsBelow } from '../help-text.ts';
import type { Invocation } from '../invocation.ts';
import { answer, type Outcome } from '../outcome.ts';
import { Failure } from '../../contract/failure.ts';
import { suggestNearest } from '../../queries/nearest.ts';
import { commandGroups, commandTable } from '../table/command-table.ts';

/** `docket help [COMMAND | AUDIENCE]`. */
export function run({ arguments: words }: Invocation): Outcome {
  const name = words.join(' ');
  const guide = guides[name];
  if (guide !== undefined) return answer({ data: { commands: [], guide: { name, text: readGuide(guide) } }, render: ({ guide: { text } }) => text });
  const isKnown = words.length === 0 || Object.hasOwn(commandGroups, name) || commandTable.some((spec) => spec.name === name);
  if (isKnown) return answerHelp(words);
  throw new Failure('usage', `Unknown command "${name}".${suggestNearest(name, [...commandTable.map((spec) => spec.name), ...Object.keys(guides)])}`, { next: 'docket --help' });
}

/** One page for each who works with docket, by the template that holds it; those of agents are the skills that they get. */
const guides: Readonly<Record<string, string>> = {
  builder: 'claude-plugin/skills/docket-builder/SKILL.md',
  adversary: 'claude-plugin/skills/docket-adversary/SKILL.md',
  operator: 'guides/operator.md',
  contributor: 'guides/contributor.md',
};

/** A guide without what stands above its heading for the hosts of agents. */
function readGuide(path: string): string {
  const text = readTemplate(path);
  return text.slice(text.indexOf('# '));
}

/** Help as text, or as the same data that `describe` gives. */
export function answerHelp(words: readonly string[]): Outcome {
  return answer({ data: { commands: commandsBelow(words).map(describeCommand) }, render: (_, view) => helpText(words, view.columns) });
}
