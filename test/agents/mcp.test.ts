import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildExample, type Example } from '../example/build-example.ts';
import { cap, totalsOf } from '../../src/agents/mcp/cap-data.ts';
import { binary, runDocket } from '../support/run-docket.ts';
import { canary, makeCanaryStage, type CanaryStage } from './canary-stage.ts';

let example: Example;
let client: Client;
beforeAll(async () => {
  example = buildExample();
  client = await connect(example.dir);
});
afterAll(async () => {
  await client.close();
  example.remove();
});

async function connect(dir: string, ...args: string[]): Promise<Client> {
  const own = new Client({ name: 'a client', version: '1.0.0' });
  await own.connect(new StdioClientTransport({ command: process.execPath, args: [binary, '-C', dir, 'mcp', ...args], env: { ...(process.env as Record<string, string>) }, stderr: 'ignore' }));
  return own;
}

/** What is given to each tool so that it answers in the example; every writer on a dry run. */
const given: Record<string, Record<string, unknown>> = {
  show: { id: 'A1' }, trace: { id: 'pxgate/M1', depth: '2' }, why: { path: 'runner/warm_reconcile.py' }, search: { words: ['gate'] }, gate: { gate: 'pxgate/M1' },
  journal_add: { phase: 'pxgate', title: 'x' }, decide: { title: 'x' }, defer: { title: 't', what: 'w', reason: 'r' }, close: { id: 'A1', by: 'operator' }, reopen: { id: 'A1', why: 'x' },
  finding: { phase: 'pxgate', id: 'A9', title: 't' }, task_add: { phase: 'pxgate', title: 't' }, task_tick: { id: 'nothing-of-the-kind' }, inbox_send: { to: 'builder', title: 't' },
  inbox_consume: { role: 'adversary' }, claim: { gate: 'pxgate/M2', what: 'a', how: '`b`', expected: '`b` prints', where: 'c' }, verdict: { gate: 'pxgate/M1', result: 'pass' }, done: { phase: 'pxgate' },
  veto: { scope: 'pxgate', reason: 'x' }, veto_lift: { id: 'veto:pxgate/1', why: 'x' }, waive: { target: 'pxgate/M1', rule: 'claim-without-evidence', until: '2099-01-01', by: 'op', why: 'x' }, phase_open: { phase: '9z' },
};

async function call(own: Client, name: string, args: Record<string, unknown> = {}): Promise<CallToolResult> {
  return (await own.callTool({ name, arguments: args })) as CallToolResult;
}

function textOf({ content }: CallToolResult): string {
  return content.map((each) => (each.type === 'text' ? each.text : '')).join('\n');
}

// oxlint-disable-next-line typescript/no-explicit-any
const dataOf = ({ structuredContent }: CallToolResult): any => structuredContent?.['data'];

describe('docket mcp, asked by the client of the official SDK', () => {
  test('lists its tools with schemas and hints', async () => {
    const { tools } = await client.listTools();
    expect(tools.slice(0, 10).map(({ name }) => name)).toEqual(['status', 'list', 'show', 'trace', 'why', 'search', 'check', 'explain', 'gate', 'brief']);
    for (const { name, annotations, inputSchema, outputSchema } of tools) {
      expect(outputSchema, name).toMatchObject({ type: 'object' });
      const writes = 'dryRun' in (inputSchema.properties ?? {});
      expect(annotations, name).toMatchObject({ readOnlyHint: !writes, openWorldHint: false });
      expect([typeof annotations?.destructiveHint, typeof annotations?.idempotentHint], name).toEqual(['boolean', 'boolean']);
    }
    expect(tools.find(({ name }) => name === 'inbox_consume')?.annotations).toMatchObject({ destructiveHint: true });
    expect(tools.map(({ name }) => name).filter((name) => /record|replay|consent|infra/u.test(name))).toEqual([]);
  });

  test('every tool answers as its schema says, or with the sentence of the command line; nothing is written on a dry run', async () => {
    const before = await runDocket(['-C', example.dir, 'status', '--json']);
    const { tools } = await client.listTools();
    for (const { name, annotations } of tools) {
      const result = await call(client, name, { ...given[name], ...(annotations?.readOnlyHint === true ? {} : { dryRun: true }) });
      if (name === 'task_tick' || name === 'veto_lift') expect(textOf(result)).toMatch(/^Unknown id "[^"]+"/u);
      else expect([name, result.isError ?? false, typeof result.structuredContent]).toEqual([name, false, 'object']);
    }
    expect((await runDocket(['-C', example.dir, 'status', '--json'])).stdout).toBe(before.stdout);
  });

  test('lists are pages with true totals', async () => {
    const all = JSON.parse((await runDocket(['-C', example.dir, 'list', '--json'])).stdout).data.total;
    let cursor: string | undefined;
    const seen: string[] = [];
    do {
      const result = await call(client, 'list', { limit: 7, ...(cursor === undefined ? {} : { cursor }) });
      expect(dataOf(result).total).toBe(all);
      seen.push(...dataOf(result).entries.map(({ id }: { id: string }) => id));
      cursor = dataOf(result).cursor ?? undefined;
    } while (cursor !== undefined);
    expect([seen.length, new Set(seen).size]).toEqual([all, all]);
    const rules = await call(client, 'explain', { limit: 3 });
    expect([dataOf(rules).rules.length, dataOf(rules).truncated, dataOf(rules).total > 50]).toEqual([3, true, true]);
    const rest = await call(client, 'explain', { limit: 200, cursor: dataOf(rules).cursor });
    expect(dataOf(rest).rules.length).toBe(dataOf(rules).total - 3);
    const findings = await call(client, 'check', { limit: 2 });
    expect(dataOf(findings).findings).toHaveLength(2);
    expect(textOf(await call(client, 'check', { cursor: 'nonsense' }))).toContain('Unexpected cursor');
  });

  test('a refusal is an answer, an error is a tool error with the sentence of the command line', async () => {
    expect(await call(client, 'gate', { gate: 'pxgate/M1' })).toMatchObject({ structuredContent: { ok: false, exitCode: 1, data: { allowed: false } } });
    const wrong = await call(client, 'show', { id: 'finding:pvfix/A2' });
    const { stderr } = await runDocket(['-C', example.dir, 'show', 'finding:pvfix/A2']);
    expect(wrong.isError).toBe(true);
    expect(stderr).toContain(textOf(wrong).split('\n')[0]);
    expect((await call(client, 'list', { state: ['nothing'] })).isError).toBe(true);
    expect(textOf(await call(client, 'journal_add', { phase: 'pxgate', title: '--help', body: '--json', dryRun: true }))).toContain('--help');
  });

  test.each([
    ['journal_add', { phase: 'pxgate', title: 'x', dry_run: true }, /dry_run/u], ['show', { id: 'A1', role_: 'builder' }, /role_/u], ['check', { dir: '/' }, /dir/u], ['show', {}, /at id/u], ['list', { limit: 201 }, /at limit/u],
    ['list', { kind: ['tale'] }, /Unknown kind "tale"/u], ['why', { path: '../../etc/passwd' }, /outside of the repository/u], ['why', { path: '/etc/passwd' }, /outside of the repository/u],
    ['list', { at: '--output=x' }, /no revision|does not name one commit/u], ['journal_add', { phase: '../up', title: 'x' }, /Unexpected phase/u], ['nothing_of_the_kind', {}, /nothing_of_the_kind/u],
  ])('%s %j is a tool error that names what is wrong, and nothing is written', async (name, args, words) => {
    const before = readFileSync(join(example.dir, 'machine-docs/JOURNAL-pxgate.md'), 'utf8');
    const wrong = await call(client, name, args);
    expect(wrong.isError).toBe(true);
    expect(textOf(wrong)).toMatch(words);
    expect(readFileSync(join(example.dir, 'machine-docs/JOURNAL-pxgate.md'), 'utf8')).toBe(before);
  });

  test('no list is longer than a page, and its true length stands beside it', () => {
    const data = { closed: Array.from({ length: 900 }, (_, index) => index), deferred: { open: Array.from({ length: 300 }, () => 'x') }, entries: ['a', 'b', 'c'] };
    expect(cap(data, 'entries', 2, '1')).toMatchObject({ entries: ['b', 'c'], total: 3, truncated: false, closed: { length: 200 }, deferred: { open: { length: 200 } } });
    expect(totalsOf(data)).toEqual({ closed: 900, 'deferred.open': 300, entries: 3 });
  });

  test('it sees what is written while it runs; calls run side by side, and writers in turn', async () => {
    const titles = ['one', 'two', 'three'];
    const written = await Promise.all([...titles.map((title) => call(client, 'journal_add', { phase: 'pxgate', title: `mcp ${title}` })), call(client, 'status'), call(client, 'search', { words: ['gate'] })]);
    expect(written.map(({ isError }) => isError ?? false)).toEqual([false, false, false, false, false]);
    const journal = readFileSync(join(example.dir, 'machine-docs/JOURNAL-pxgate.md'), 'utf8');
    for (const title of titles) expect(journal.split(`mcp ${title}`)).toHaveLength(2);
    await runDocket(['-C', example.dir, 'decide', '--title', 'made outside of it']);
    expect(dataOf(await call(client, 'list', { kind: ['decision'], path: 'DECISIONS.md' })).entries.map(({ title }: { title: string }) => title)).toEqual(expect.arrayContaining([expect.stringContaining('made outside of it')]));
  });

  test('a cancelled call ends for the client, and the server goes on', async () => {
    const stop = new AbortController();
    const cancelled = client.callTool({ name: 'check', arguments: { all: true } }, undefined, { signal: stop.signal });
    stop.abort();
    await expect(cancelled).rejects.toThrow();
    expect((await call(client, 'status')).isError ?? false).toBe(false);
  });

  test('it ends well when its input closes, and writes nothing but messages', async () => {
    const child = spawn(process.execPath, [binary, '-C', example.dir, 'mcp'], { stdio: ['pipe', 'pipe', 'pipe'] });
    const lines: string[] = [];
    child.stdout.on('data', (chunk: Buffer) => lines.push(...chunk.toString('utf8').split('\n').filter((line) => line !== '')));
    child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'x', version: '1' } } })}\nrubbish\n`);
    await once(child.stdout, 'data');
    child.stdin.end();
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ jsonrpc: '2.0' });
  });

  test('outside of a repository it says so, as any command', async () => {
    const { exit, stdout, stderr } = await runDocket(['-C', '/', 'mcp']);
    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr).toContain('git repository');
  });
});

describe('for the Adversary', () => {
  let stage: CanaryStage;
  beforeAll(async () => {
    stage = await makeCanaryStage();
  });
  afterAll(() => stage.remove());

  test('no tool says a word of what is hidden, and no call lifts it', async () => {
    const own = await connect(stage.dir, '--role', 'adversary');
    const { tools } = await own.listTools();
    const asked: Record<string, Record<string, unknown>> = { ...given, show: { id: 'pxgate/gauge' }, why: { path: 'machine-docs/JOURNAL-pxgate.md' }, search: { words: ['words'] }, claim: { ...given['claim'], gate: 'pxgate/M1' } };
    for (const { name, annotations } of tools) {
      const result = await call(own, name, { ...asked[name], ...(annotations?.readOnlyHint === true ? {} : { dryRun: true }) });
      expect([name, JSON.stringify(result).toLowerCase().includes(canary)]).toEqual([name, false]);
    }
    expect(await call(own, 'list', { role: 'builder' })).toMatchObject({ isError: true });
    await own.close();
    const open = await connect(stage.dir);
    expect(JSON.stringify(await call(open, 'list', {}))).toContain(canary);
    expect(JSON.stringify(await call(open, 'list', { role: 'adversary' }))).not.toContain(canary);
    await open.close();
  });

  test('nothing that a record holds is executed', async () => {
    const own = await connect(stage.dir);
    stage.write('machine-docs/JOURNAL-pvfix.md', `# JOURNAL\n\n## 2026-03-02 — x\n\n\`\`\`console repro id=touch claim=M1\n# green\n$ touch ${stage.dir}/executed\n→? 0\n\`\`\`\n`);
    for (const [name, args] of [['show', { id: 'touch' }], ['gate', { gate: 'pvfix/M1' }], ['check', {}], ['brief', {}]] as const) await call(own, name, args);
    expect(existsSync(join(stage.dir, 'executed'))).toBe(false);
    await own.close();
    stage.restore();
  });
});
