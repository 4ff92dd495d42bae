import { Argument, Command, Option } from 'commander';
import type { Parsed } from './read-plain-line.ts';
import type { CommandSpec, OptionSpec } from './table/command-spec.ts';
import { commandGroups, commandTable } from './table/command-table.ts';
import { globalOptions } from './table/options.ts';

/**
 * The command line as commander knows it, built from the table; `onCommand` is called with what was parsed. It prints nothing and never ends the process.
 * With `family` only the commands that begin with this word are built, which are all that a line with this command can mean.
 */
export function buildProgram(onCommand: (parsed: Parsed) => void, family: string | null = null): Command {
  const program = prepare(new Command('docket')).description('Keeps the written record of agent teams honest.').usage('[options] COMMAND …');
  for (const option of globalOptions) program.addOption(toOption(option));
  for (const spec of commandTable) {
    if (family !== null && spec.name.split(' ')[0] !== family) continue;
    const command = prepare(commandOf(program, spec.name)).summary(spec.summary).description(sentence(spec.summary));
    for (const { name, summary, required, variadic } of spec.arguments) command.addArgument(new Argument(bracket(name, required, variadic), summary));
    for (const option of spec.options) command.addOption(toOption(option));
    command.action(() => {
      const own = [...outerOptions(command, spec), ...givenOptions(command, spec.options)];
      onCommand({ spec, arguments: [...command.args], options: new Map([...givenOptions(program, globalOptions), ...own]) });
    });
  }
  return program;
}

/** The command of some words, made with those that group it. */
function commandOf(program: Command, name: string): Command {
  return name.split(' ').reduce((parent, word) => {
    const known = parent.commands.find((command) => command.name() === word);
    if (known !== undefined) return known;
    const made = prepare(parent.command(word));
    const group = commandGroups[word];
    return group === undefined ? made : made.summary(group).description(sentence(group));
  }, program);
}

/**
 * What commander gave to a command around this one: where `veto` and `veto lift` both know an option, it goes to `veto` wherever it stands.
 * Throws commander's own error for an option that only the outer one has.
 */
function outerOptions(command: Command, spec: CommandSpec): [string, string[]][] {
  const words = spec.name.split(' ');
  const given: [string, string[]][] = [];
  for (let outer = command.parent, length = words.length - 1; outer !== null && length > 0; outer = outer.parent, length -= 1) {
    const name = words.slice(0, length).join(' ');
    given.push(...givenOptions(outer, commandTable.find((candidate) => candidate.name === name)?.options ?? []));
  }
  const foreign = given.find(([name]) => !spec.options.some((option) => option.name === name));
  if (foreign !== undefined) command.error(`error: unknown option '${foreign[0]}'`, { code: 'commander.unknownOption' });
  return given;
}

function prepare(command: Command): Command {
  return command
    .exitOverride()
    .helpOption(false)
    .helpCommand(false)
    .showSuggestionAfterError(false)
    .configureOutput({ writeOut: () => undefined, writeErr: () => undefined })
    .configureHelp({ showGlobalOptions: true });
}

function bracket(name: string, required: boolean, variadic: boolean): string {
  const text = variadic ? `${name}...` : name;
  return required ? `<${text}>` : `[${text}]`;
}

function toOption({ name, short, value, summary, many, values, closed, words }: OptionSpec): Option {
  const flags = [...(short === undefined ? [] : [short]), value === null ? name : `${name} <${value}>`].join(', ');
  const known = values !== undefined && closed === true ? ` (${values.join(', ')})` : '';
  const option = new Option(flags, summary + known);
  if (value !== null) {
    option.argParser((text: string, before: string[] | undefined) => [...(before ?? []), ...(many === true && words === undefined ? text.split(',').filter((part) => part !== '') : [text])]);
  }
  return option;
}

function givenOptions(command: Command, specs: readonly OptionSpec[]): [string, string[]][] {
  const values: Record<string, unknown> = command.opts();
  return specs.flatMap((spec): [string, string[]][] => {
    const value = values[toOption(spec).attributeName()];
    if (Array.isArray(value)) return [[spec.name, value.map(String)]];
    // Of a switch such as --no-cache commander keeps the opposite, which is true by default.
    return value === !spec.name.startsWith('--no-') ? [[spec.name, []]] : [];
  });
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
