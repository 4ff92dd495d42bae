import type { z } from 'zod';
import type { describeSchema } from '../contract/schema/answers.ts';
import { alignColumns } from './columns.ts';
import type { View } from './view.ts';

/** The command line, kinds, files and settings, each as a short table. */
export function renderDescription(description: z.infer<typeof describeSchema>, view: View): string {
  const { commands, globalOptions, kinds, documents, configuration } = description;
  return [
    table('commands', commands.map(({ name, summary }) => [name, summary]), view),
    table('global options', globalOptions.map(({ name, value, summary }) => [value === null ? name : `${name} ${value}`, summary]), view),
    table('kinds of entries', kinds.map(({ kind, states, summary }) => [kind, states.join(' ') || '-', summary]), view),
    table('documents, below machine-docs/', documents.map(({ file, owner, summary }) => [file, owner, summary]), view),
    table('settings of machine-docs/docket.yaml', configuration.map(({ key, default: value, summary }) => [key, JSON.stringify(value), summary]), view),
  ].join('\n');
}

function table(title: string, rows: readonly (readonly string[])[], view: View): string {
  const columns = (rows[0] ?? []).map((_, at, all) => (at === all.length - 1 ? { elastic: true } : {}));
  const lines = alignColumns(rows, columns, view.columns === null ? null : view.columns - 2);
  return `${view.paint('bold', title)}\n${lines.map((line) => `  ${line}\n`).join('')}`;
}
