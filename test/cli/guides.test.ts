import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commandTable } from '../../src/cli/table/command-table.ts';
import { runDocket } from '../support/run-docket.ts';

// What people and agents are told to type: every command and option that a page or a template names is there.

const templates = new URL('../../templates/', import.meta.url).pathname;

test.each(['builder', 'adversary', 'operator', 'contributor'])('help %s is a page of its own', async (audience) => {
  const { exit, stdout, stderr } = await runDocket(['help', audience]);
  expect([exit, stderr]).toEqual([0, '']);
  expect(stdout.split('\n')[0]?.toLowerCase()).toBe(`# the ${audience}`);
  const { data } = JSON.parse((await runDocket(['help', audience, '--json'])).stdout) as { data: object };
  expect(data).toEqual({ commands: [], guide: { name: audience, text: stdout } });
});

const pages = readdirSync(templates, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md') || name.endsWith('.mdc'));

test.each(pages)('%s names only commands and options that there are', (page) => {
  const text = readFileSync(join(templates, page), 'utf8');
  for (const [, words = ''] of text.matchAll(/`docket ([a-z][^`]*)`/g)) {
    const spec = commandTable.filter(({ name }) => `${words} `.startsWith(`${name} `)).toSorted((a, b) => b.name.length - a.name.length)[0];
    expect(spec ?? `docket ${words}`).toHaveProperty('name');
    const known = new Set(spec?.options.flatMap(({ name, short }: { name: string; short?: string }) => [name, short]));
    for (const [option] of words.matchAll(/(?<= )--?[a-zA-Z][a-z-]*/g)) expect([words, option, known.has(option) || globals.has(option)]).toEqual([words, option, true]);
  }
});

const globals = new Set(['--json', '-C', '--role', '--at', '--no-cache', '--quiet', '--after-verdict']);
