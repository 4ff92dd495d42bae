import { Ajv2020 } from 'ajv/dist/2020.js';
import { readFileSync, readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allSchemas } from '../../src/contract/schema/write-schemas.ts';
import { commandTable } from '../../src/cli/table/command-table.ts';
import { defaultConfig } from '../../src/ledger/config/config.ts';
import { explainRules } from '../../src/rules/wording.ts';
import { buildExample, type Example } from '../example/build-example.ts';
import { runDocket } from '../support/run-docket.ts';

const folder = new URL('../../dist/schema/', import.meta.url);
const shipped = Object.fromEntries(readdirSync(folder).map((file) => [file.replace(/\.json$/, ''), JSON.parse(readFileSync(new URL(file, folder), 'utf8'))]));

test('what is shipped is what the source generates', () => expect(shipped).toEqual(JSON.parse(JSON.stringify(allSchemas()))));

describe('the JSON of every command is as its schema says', () => {
  let example: Example;
  beforeAll(() => {
    example = buildExample();
  });
  afterAll(() => example.remove());
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
  const check = (name: string, value: unknown): void => {
    const validate = ajv.getSchema(`docket/schema/${name}.json`) ?? ajv.compile(shipped[name] ?? {});
    expect(validate(value) || validate.errors).toBe(true);
  };

  test.each<[string, string[]]>([
    ['status', ['status']],
    ['status', ['status', '--at', 'before-fix']],
    ['list', ['list']],
    ['list', ['list', '--at', 'at-claim']],
    ['list', ['list', '--limit', '2', '--fields', 'id,place']],
    ['list', ['list', 'documents']],
    ['list', ['list', 'documents', '--fields', 'path']],
    ['show', ['show', 'A1']],
    ['show', ['show', 'alert:20260613T054428Z-traefik-unhealthy-on-latest']],
    ['trace', ['trace', 'pxgate/M1']],
    ['trace', ['trace', 'pvfix-manual-workaround-start-the-dashboard-by-hand-while', '--depth', '3', '--format', 'json']],
    ['trace', ['trace', '4c1d9e7', '--at', 'at-claim']],
    ['why', ['why', 'runner/warm_reconcile.py:117-127']],
    ['why', ['why', 'nix/modules/proxy.nix', '--at', 'before-fix', '--limit', '2', '--fields', 'id,reasons']],
    ['search', ['search', 'gate']],
    ['search', ['search', 'gate', '--fields', 'id,score']],
    ['brief', ['brief', '--role', 'builder']],
    ['brief', ['brief', '--role', 'adversary', '--at', 'at-claim', '--budget', '60']],
    ['report', ['report']],
    ['explain', ['explain']],
    ['describe', ['describe']],
    ['init', ['init', '--dry-run', '--phase', 'x']],
    ['install-agents', ['install', 'agents', '--target', 'codex', '--dry-run']],
    ['written', ['journal', 'add', '--phase', 'pxgate', '--title', 'x', '--dry-run']],
    ['written', ['decide', '--title', 'x', '--dry-run']],
    ['written', ['close', 'A1', '--by', 'operator', '--dry-run']],
    ['inbox-list', ['inbox', 'list']],
    ['inbox-consume', ['inbox', 'consume', 'builder', '--dry-run']],
    ['infra-order', ['infra', 'order']],
    ['infra-order', ['infra', 'order', 'deploy-proxy', '--format', 'dot']],
    ['infra-alerts', ['infra', 'alerts']],
    ['infra-state', ['infra', 'state']],
  ])('%s: %j', async (name, args) => {
    const { exit, stdout } = await runDocket([...args, '--json'], example.dir);
    const envelope = JSON.parse(stdout);
    expect(exit).toBe(0);
    check('envelope', envelope);
    check(name, envelope.data);
    for (const diagnostic of envelope.diagnostics) check('diagnostic', diagnostic);
  });

  test('errors as well', async () => {
    for (const args of [['lst'], ['show', 'nothing-like-it'], ['list', '--at', 'nothing']]) {
      const { exit, stdout } = await runDocket([...args, '--json'], example.dir);
      expect(exit).toBe(2);
      check('envelope', JSON.parse(stdout));
    }
  });

  test('a schema refuses what it should', () => {
    expect(() => check('list', { entries: [{ id: 1 }], total: 1, truncated: false, cursor: null })).toThrow();
    expect(() => check('show', { entry: {} })).toThrow();
  });

  test('describe names every command, setting and kind; explain every rule', async () => {
    const { data } = JSON.parse((await runDocket(['describe', '--json'])).stdout);
    expect(data.commands.map(({ name }: { name: string }) => name)).toEqual(commandTable.map(({ name }) => name));
    expect(data.configuration.map(({ key }: { key: string }) => key).toSorted()).toEqual(Object.keys(defaultConfig).filter((key) => key !== 'present').toSorted());
    expect(data.configuration.find(({ key }: { key: string }) => key === 'freshness').default).toBe('24h');
    expect(JSON.parse((await runDocket(['explain', '--json'])).stdout).data.rules).toEqual(explainRules());
  });
});
