import { readdirSync } from 'node:fs';
import { array, assert, constantFrom, integer, oneof, property, tuple } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadCommand } from '../../src/cli/load-command.ts';
import { parseArgv } from '../../src/cli/parse-argv.ts';
import { parseWithCommander } from '../../src/cli/parse-with-commander.ts';
import { readPlainLine } from '../../src/cli/read-plain-line.ts';
import { scanArgv } from '../../src/cli/scan-argv.ts';
import type { OptionSpec } from '../../src/cli/table/command-spec.ts';
import { commandTable, type TableCommand } from '../../src/cli/table/command-table.ts';
import { globalOptions } from '../../src/cli/table/options.ts';

/** The words of an example as a shell would give them: quotes taken off, a pipe or substitution around it cut away. */
function wordsOf(example: string): string[] {
  const line = /docket (.*?)(?:\)"|$)/.exec(example)?.[1] ?? '';
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

describe.each(commandTable.map((spec) => [spec.name, spec] as const))('%s', (_, spec) => {
  test.each(spec.examples.map((example) => [example]))('the example %s is understood', async (example) => {
    const argv = wordsOf(example);
    expect((await parseArgv(argv, scanArgv(argv), {})).spec.name).toBe(spec.name);
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
  const parse = async (...argv: string[]) => (await parseArgv(argv, scanArgv(argv), {})).invocation;
  test('options may be repeated and joined by commas', async () => expect((await parse('list', '--phase', 'a,b', '--phase=c', 'findings')).options.get('--phase')).toEqual(['a', 'b', 'c']));
  test('a text keeps its commas', async () => expect((await parse('list', '--text', 'a, b')).options.get('--text')).toEqual(['a, b']));
  test('global options are taken from anywhere', async () =>
    expect((await parse('-C', 'x', 'list', '--no-cache', '--at', 'HEAD~1', '--role=adversary', '--quiet')).globals).toEqual({ json: false, quiet: true, cache: false, dir: 'x', at: 'HEAD~1', role: 'adversary', afterVerdict: false }));
  test('words after -- are arguments', async () => expect(await parse('search', '--', '--json', '-x')).toMatchObject({ arguments: ['--json', '-x'], globals: { json: false } }));
  test('the role comes from the environment where no option says', async () => {
    expect((await parseArgv(['list'], scanArgv(['list']), { DOCKET_ROLE: 'builder' })).invocation.globals.role).toBe('builder');
    expect((await parseArgv(['list', '--role', 'adversary'], scanArgv(['list']), { DOCKET_ROLE: 'builder' })).invocation.globals.role).toBe('adversary');
    expect((await parseArgv(['list'], scanArgv(['list']), { DOCKET_ROLE: '' })).invocation.globals.role).toBeNull();
  });
});

test('what is read without commander, commander reads alike', () => {
  const plain = commandTable.filter(({ name }) => !name.includes(' '));
  const options = (spec: TableCommand): OptionSpec[] => [...globalOptions, ...spec.options];
  const word = constantFrom('a', 'a,b', ',', '', '-', '-x', '--', '-1', '--json=', 'claim', '7', 'é ß', '--limit', 'a=b');
  const line = constantFrom(...plain).chain((spec) => {
    const option = constantFrom(...options(spec)).chain(({ name, short, value }) =>
      tuple(constantFrom(name, short ?? name), word, integer({ min: 0, max: 9 })).map(([flag, text, luck]) => (value === null || luck === 0 ? [flag] : luck === 1 ? [`${flag}=${text}`] : [flag, text])),
    );
    return array(oneof({ weight: 3, arbitrary: option }, { weight: 1, arbitrary: word.map((text) => [text]) }), { maxLength: 5 }).chain((parts) =>
      integer({ min: 0, max: parts.length }).map((at) => ({ spec, argv: [...parts.slice(0, at), [spec.name], ...parts.slice(at)].flat() })),
    );
  });
  let read = 0;
  assert(
    property(line, ({ spec, argv }) => {
      const found = readPlainLine(argv, spec);
      if (found === null) return;
      read += 1;
      const judged = parseWithCommander(argv, spec);
      expect([found.spec.name, found.arguments, [...found.options]]).toEqual([judged.spec.name, judged.arguments, [...judged.options]]);
    }),
    { numRuns: process.env['DOCKET_LONG'] ? 20_000 : 600 },
  );
  expect(read).toBeGreaterThan(100);
});
