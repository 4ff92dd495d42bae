import type { CommandSpec } from './command-spec.ts';
import { ledgerCommands } from './ledger-commands.ts';
import { readingCommands } from './reading-commands.ts';
import { setupCommands } from './setup-commands.ts';

const commands = [...readingCommands, ...ledgerCommands, ...setupCommands] as const;

export type CommandName = (typeof commands)[number]['name'];

export type TableCommand = CommandSpec & { name: CommandName };

/** Every command, in the order of the help. A new one is an entry here, a file under `commands/` and its line in `load-command.ts`. */
export const commandTable: readonly TableCommand[] = commands;

/** First words that only group others: `docket infra` alone shows its help. */
export const commandGroups: Readonly<Record<string, string>> = {};
