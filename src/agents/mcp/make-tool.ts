import { z } from 'zod';
import { Failure } from '../../contract/failure.ts';
import type { Role } from '../../contract/schema/entry.ts';
import { diagnosticSchema } from '../../contract/schema/envelope.ts';
import { cap, mostOfPage, totalsOf, usualPage } from './cap-data.ts';
import type { AskCommand, ToolResult, ToolSource } from './tool-source.ts';
import { toolTable, type ToolKind } from './tool-table.ts';

/** A tool of the server: what it is called, takes and gives. */
export interface Tool {
  name: string;
  title: string;
  description: string;
  /** Knows no other argument: one that is misspelt would be passed over, `dry_run` among them. */
  input: z.ZodObject;
  output: z.ZodObject;
  annotations: ToolKind['hints'] & { title: string; openWorldHint: boolean };
  call(given: Readonly<Record<string, unknown>>, ask: AskCommand): Promise<ToolResult>;
}

/** Options that make no sense from afar: files of the caller's shell, forms for people and hosts, and whatever would execute something. */
const foreign: ReadonlySet<string> = new Set(['--file', '--format', '--replay', '--write-baseline', '--limit', '--cursor', '--consent', '--cold']);

/** The tools for some commands, in the order of the table. `role` is whom the server reads as; null: nobody was told. */
export function makeTools(sources: readonly ToolSource[], role: Role | null): Tool[] {
  return Object.entries(toolTable).flatMap(([name, kind]) => {
    const source = sources.find((each) => each.name === name);
    return source === undefined ? [] : [makeTool(source, kind, role)];
  });
}

function makeTool(source: ToolSource, kind: ToolKind, role: Role | null): Tool {
  const options = source.options.filter(({ name, words }) => !foreign.has(name) && words === undefined && !(kind.hints.readOnlyHint && name === '--dry-run'));
  const title = `docket ${source.name}`;
  const isPaged = kind.list !== null;
  return {
    name: source.name.replaceAll(' ', '_'),
    title,
    description: `${source.summary.charAt(0).toUpperCase()}${source.summary.slice(1)}. As the command \`${title}\`; executes nothing of the record.`,
    input: z.strictObject({
      ...Object.fromEntries(source.arguments.map((argument) => [keyOf(argument.name), inputOfArgument(argument)])),
      ...Object.fromEntries(options.map((option) => [keyOf(option.name), inputOfOption(option)])),
      ...(takesRole(source) ? { role: z.enum(['builder', 'adversary', 'operator']).optional().describe('who asks; a server that was started for one role answers no other') } : {}),
      ...(source.access === 'read' ? { at: z.string().optional().describe('answer as of that revision') } : {}),
      ...(isPaged ? { limit: z.int().min(1).max(mostOfPage).optional().describe(`at most so many (default: ${usualPage})`), cursor: z.string().optional().describe('go on where the page before ended') } : {}),
    }),
    output: z.object({ command: z.string(), ok: z.boolean(), exitCode: z.int(), data: kind.data, diagnostics: z.array(diagnosticSchema), totals: z.record(z.string(), z.int()), next: z.array(z.string()) }),
    annotations: { title, ...kind.hints, openWorldHint: false },
    call: async (given, ask) => {
      const limit = typeof given['limit'] === 'number' ? given['limit'] : usualPage;
      const cursor = typeof given['cursor'] === 'string' ? given['cursor'] : null;
      const own = kind.list !== null && kind.pages === 'command' ? [`--limit=${limit}`, ...(cursor === null ? [] : [`--cursor=${cursor}`])] : [];
      const outcome = await ask([...source.name.split(' '), ...(takesRole(source) ? roleOf(given, role) : []), ...own, ...argvOf(source, options, given)]);
      return { ...outcome, data: cap(outcome.data, kind.pages === 'tool' ? kind.list : null, limit, cursor), totals: totalsOf(outcome.data) };
    },
  };
}

/** An argument of that name (`inbox consume ROLE`) says something else. */
function takesRole({ access, arguments: words }: ToolSource): boolean {
  return access !== 'none' && words.every(({ name }) => name !== 'ROLE');
}

/** The Adversary may be told by a call; nobody can lift by a call what is hidden from whom the server was started for. */
function roleOf({ role: given }: Readonly<Record<string, unknown>>, own: Role | null): string[] {
  if (own !== null && given !== undefined && given !== own) throw new Failure('usage', `Unexpected role "${String(given)}", expected ${own}: that is whom this server was started for.`, { next: `docket mcp --role ${String(given)}` });
  return given === 'adversary' ? ['--role=adversary'] : [];
}

/** `--dry-run` as `dryRun`, `ID` as `id`. */
function keyOf(name: string): string {
  return name.replace(/^--/u, '').toLowerCase().replace(/-(\w)/gu, (_, letter: string) => letter.toUpperCase());
}

function textOf({ values, closed }: { values?: readonly string[]; closed?: boolean }): z.ZodType {
  const [first, ...others] = closed === true ? (values ?? []) : [];
  return first === undefined ? z.string() : z.enum([first, ...others]);
}

function inputOfArgument(argument: ToolSource['arguments'][number]): z.ZodType {
  const one = textOf(argument);
  const type = argument.variadic ? z.array(one) : one;
  return (argument.required ? type : type.optional()).describe(argument.summary);
}

function inputOfOption(option: ToolSource['options'][number]): z.ZodType {
  const type = option.value === null ? z.boolean() : option.many === true ? z.array(textOf(option)) : textOf(option);
  return type.optional().describe(option.summary);
}

/** The words of the command line; a value that looks like an option is none. */
function argvOf(source: ToolSource, options: ToolSource['options'], given: Readonly<Record<string, unknown>>): string[] {
  const named = options.flatMap(({ name, value }) => {
    const found = given[keyOf(name)];
    if (value === null) return found === true ? [name] : [];
    return listOf(found).map((text) => `${name}=${text}`);
  });
  const at = typeof given['at'] === 'string' ? [`--at=${given['at']}`] : [];
  return [...at, ...named, '--', ...source.arguments.flatMap(({ name }) => listOf(given[keyOf(name)]))];
}

function listOf(found: unknown): string[] {
  return found === undefined ? [] : (Array.isArray(found) ? found : [found]).map(String);
}
