import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commandTable } from '../../src/cli/table/command-table.ts';
import { buildExample, type Example } from '../example/build-example.ts';
import { runDocket, type Answer } from '../support/run-docket.ts';

const canary = fileURLToPath(new URL('network-canary.cjs', import.meta.url));
let example: Example;
let folder: string;
let file: string;
beforeAll(() => {
  example = buildExample();
  folder = mkdtempSync(join(tmpdir(), 'docket-canary-'));
  file = join(folder, 'sang');
  writeFileSync(join(example.dir, 'machine-docs/docket.yaml'), "ci: {forge: gitea, url: 'http://127.0.0.1:9/team/proxy', required: true}\n");
});
afterAll(() => {
  example.remove();
  rmSync(folder, { recursive: true, force: true });
});

function run(...args: string[]): Promise<Answer> {
  return runDocket(args, example.dir, { NODE_OPTIONS: `--require ${canary}`, CANARY_FILE: file, DOCKET_CI_TOKEN: 'tk-4f6a8c0e2b4d6f80', XDG_STATE_HOME: folder });
}

/** The words of an example as a shell would give them. */
function wordsOf(example: string): string[] {
  return [...example.replace(/^docket /, '').matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

/** Probes ask services, which is what they are for; `watch` without --once waits. */
const isAsking = (name: string): boolean => ['ci status', 'infra check', 'infra controls', 'infra reconcile', 'hook', 'completion'].includes(name);
const examples = commandTable.filter(({ name, access }) => access !== 'write' && !isAsking(name)).flatMap(({ name, examples: all }) => all.filter((each) => name !== 'watch' || each.includes('--once')).slice(0, 1));
const others = ['docket gate pxgate --for done', 'docket gate pxgate/M1', 'docket check --all', 'docket check --staged', 'docket check --range HEAD~3..HEAD', 'docket hook pre-commit', 'docket sync --dry-run', 'docket attest --plan', 'docket init --ci github --dry-run', 'docket done pxgate --dry-run'];

test('no command but `ci status` reaches for the network', async () => {
  const asked = [...new Set([...examples, ...others])];
  expect(asked.length).toBeGreaterThan(20);
  for (const each of asked) {
    const { exit, stderr } = await run(...wordsOf(each));
    expect([each, exit === 70 ? stderr : exit], each).toEqual([each, expect.any(Number)]);
    expect([each, existsSync(file) ? readFileSync(file, 'utf8') : ''], each).toEqual([each, '']);
  }
});

test('the canary sings when somebody does', async () => {
  await run('ci', 'status');
  expect(readFileSync(file, 'utf8')).toContain('connect');
});
