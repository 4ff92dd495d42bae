import type { CommandSpec } from './command-spec.ts';
import { ciCommands } from './ci-commands.ts';
import { gateCommands } from './gate-commands.ts';
import { infraCommands } from './infra-commands.ts';
import { ledgerCommands } from './ledger-commands.ts';
import { proveCommands } from './prove-commands.ts';
import { readingCommands } from './reading-commands.ts';
import { guardCommands } from './guard-commands.ts';
import { setupCommands } from './setup-commands.ts';
import { writingCommands } from './writing-commands.ts';

const commands = [...readingCommands, ...ledgerCommands, ...infraCommands, ...proveCommands, ...writingCommands, ...gateCommands, ...ciCommands, ...guardCommands, ...setupCommands] as const;

export type CommandName = (typeof commands)[number]['name'];

export type TableCommand = CommandSpec & { name: CommandName };

/**
 * Every command, in the order of the help. A new one is an entry here, a file under `commands/` and its line in `load-command.ts`;
 * a command of two words (`infra order`) lies in a folder (`commands/infra/order.ts`), and its first word has a line below.
 */
export const commandTable: readonly TableCommand[] = commands;

/** The first word of a command of two words. */
type FirstWord<Name extends string> = Name extends `${infer First} ${string}` ? First : never;

const groups: Readonly<Record<Exclude<FirstWord<CommandName>, CommandName>, string>> = {
  ci: 'the builds of the forge',
  install: 'put what git or an agent host calls in place, and take it out again',
  phase: 'the phases of the record',
  journal: 'write the journal of a phase',
  consent: 'what may be executed here',
  repro: 'reproductions: commands with what they printed',
  task: 'the build backlog of a phase',
  inbox: 'messages between the Builder and the Adversary',
  infra: 'the reconciler: health gates, deploys, rollbacks, alerts, the order of starts',
};

/**
 * First words that only group others, with what they have in common: `docket infra` alone shows its help. The compiler refuses a command of
 * two words whose first has no line here, unless that word is a command itself.
 */
export const commandGroups: Readonly<Record<string, string>> = groups;
