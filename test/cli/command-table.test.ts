import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadCommand } from '../../src/cli/load-command.ts';
import { parseArgv } from '../../src/cli/parse-argv.ts';
import { scanArgv } from '../../src/cli/scan-argv.ts';
import { commandTable } from '../../src/cli/table/command-table.ts';
import { globalOptions } from '../../src/cli/table/options.ts';

/** The words of an example as a shell would give them: quotes taken off, a pipe or substitution around it cut away. */
function wordsOf(example: string): string[] {
  const line = /docket (.*?)(?:\)"|$)/.exec(example)?.[1] ?? '';
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

describe.each(commandTable.map((spec) => [spec.name, spec] as const))('%s', (_, spec) => {
  test.each(spec.examples.map((example) => [example]))('the example %s is understood', (example) => {
    const argv = wordsOf(example);
    expect(parseArgv(argv, scanArgv(argv), {}).spec.name).toBe(spec.name);
  });
  test('has examples, exit codes and no option that a global one hides', () => {
    expect(spec.examples.length).toBeGreaterThan(0);
    expect(spec.exitCodes).toEqual(expect.arrayContaining([0, 2, 70]));
    const taken = globalOptions.flatMap(({ name, short }) => [name, short]);
    for (const { name } of spec.options) expect(taken).not.toContain(name);
  });
});

test('each command is one file, in folders of its first words', () => {
  const files = readdirSync(new URL('../../src/cli/commands', import.meta.url), { recursive: true }).map(String).filter((name) => name.endsWith('.ts'));
  expect(files.map((name) => name.slice(0, -'.ts'.length)).toSorted()).toEqual(Object.keys(loadCommand).map((name) => name.replaceAll(' ', '/')).toSorted());
});

describe('parsing', () => {
  const parse = (...argv: string[]) => parseArgv(argv, scanArgv(argv), {}).invocation;
  test('options may be repeated and joined by commas', () => expect(parse('list', '--phase', 'a,b', '--phase=c', 'findings').options.get('--phase')).toEqual(['a', 'b', 'c']));
  test('a text keeps its commas', () => expect(parse('list', '--text', 'a, b').options.get('--text')).toEqual(['a, b']));
  test('global options are taken from anywhere', () =>
    expect(parse('-C', 'x', 'list', '--no-cache', '--at', 'HEAD~1', '--role=adversary', '--quiet').globals).toEqual({ json: false, quiet: true, cache: false, dir: 'x', at: 'HEAD~1', role: 'adversary', afterVerdict: false }));
  test('words after -- are arguments', () => expect(parse('search', '--', '--json', '-x')).toMatchObject({ arguments: ['--json', '-x'], globals: { json: false } }));
  test('the role comes from the environment where no option says', () => {
    expect(parseArgv(['list'], scanArgv(['list']), { DOCKET_ROLE: 'builder' }).invocation.globals.role).toBe('builder');
    expect(parseArgv(['list', '--role', 'adversary'], scanArgv(['list']), { DOCKET_ROLE: 'builder' }).invocation.globals.role).toBe('adversary');
    expect(parseArgv(['list'], scanArgv(['list']), { DOCKET_ROLE: '' }).invocation.globals.role).toBeNull();
  });
});
