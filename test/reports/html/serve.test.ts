import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { request, type IncomingMessage, type RequestOptions } from 'node:http';
import type { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { makeRepository, type Repository } from '../../support/make-repository.ts';
import { binary, runDocket } from '../../support/run-docket.ts';

type Server = ChildProcessByStdio<null, Readable, Readable>;

let repository: Repository;
const running: Server[] = [];
beforeAll(() => {
  repository = makeRepository();
  repository.write('machine-docs/JOURNAL-k1.md', '# JOURNAL\n\n## 2026-02-01 — first light\n\nIt runs.\n');
  repository.commit('journal(k1): first light', '2026-02-01T10:00:00Z');
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((child) => endOf(child, 'SIGKILL')));
});
afterAll(() => repository.remove());

function endOf(child: Server, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => {
    child.once('exit', (code) => resolve(code));
    child.kill(signal);
  });
}

/** The server, and the first line that it says. */
async function start(...args: string[]): Promise<{ child: Server; said: string; port: number }> {
  const child = spawn(process.execPath, [binary, '-C', repository.dir, 'report', '--serve', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(child);
  const said = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      if (text.includes('\n')) resolve(text);
    });
    child.once('exit', (code) => reject(new Error(`ended with ${code} before it said where`)));
  });
  return { child, said, port: Number(/127\.0\.0\.1:(\d+)/u.exec(said)?.[1]) };
}

interface Got {
  status: number | undefined;
  headers: IncomingMessage['headers'];
  body: string;
}

function ask(port: number, options: RequestOptions = {}): Promise<Got> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path: '/', ...options }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }));
    });
    asked.on('error', reject);
    asked.end();
  });
}

describe('report --serve', () => {
  test('says where, on the loopback address alone, and serves the page', async () => {
    const { said, port } = await start();
    expect(said).toBe(`http://127.0.0.1:${port}/\n`);
    const { status, headers, body } = await ask(port);
    expect([status, headers['content-type'], headers['cache-control'], headers['x-frame-options']]).toEqual([200, 'text/html; charset=utf-8', 'no-store', 'DENY']);
    expect(body).toContain('first light');
    expect(body).toContain("connect-src &#39;self&#39;");
    await expect(ask(port, { host: '127.0.0.2' })).rejects.toThrow(/ECONNREFUSED/u);
  });

  test('answers HEAD without the page, nothing else, nowhere else', async () => {
    const { port } = await start();
    expect(await ask(port, { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) expect(await ask(port, { method })).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
    for (const path of ['/../../etc/passwd', '/machine-docs/JOURNAL-k1.md', '/.git/config', '//evil.example/', '/%2e%2e/']) expect((await ask(port, { path })).status).not.toBe(200);
  });

  test.each(['evil.example', 'evil.example:80', '127.0.0.1', 'localhost.evil.example', '127.0.0.1:1', '[::1]'])('a request that names %s is refused: a site may give its name our address', async (host) => {
    const { port } = await start();
    const { status, body } = await ask(port, { headers: { Host: host } });
    expect(status).toBe(403);
    expect(body).not.toContain('first light');
  });

  test('localhost is us as well', async () => {
    const { port } = await start();
    expect((await ask(port, { headers: { Host: `localhost:${port}` } })).status).toBe(200);
  });

  test('an interrupt ends it with 0, with a listener on the line', async () => {
    const { child, port } = await start();
    const listening = ask(port, { path: '/events?since=other' }).catch(() => null);
    await ask(port);
    expect(await endOf(child, 'SIGINT')).toBe(0);
    await listening;
  });

  test('a reader of stdout that goes away does not end it', async () => {
    const { child, port } = await start();
    child.stdout.destroy();
    expect((await ask(port)).status).toBe(200);
    expect(await endOf(child, 'SIGTERM')).toBe(0);
  });

  test('with --json the envelope is said when it begins, once', async () => {
    const { child, said } = await start('--json');
    let more = '';
    child.stdout.on('data', (chunk: Buffer) => (more += chunk.toString('utf8')));
    expect(JSON.parse(said)).toMatchObject({ schemaVersion: 1, command: 'report', ok: true, data: { path: null, url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/$/u) } });
    expect(await endOf(child, 'SIGINT')).toBe(0);
    expect(more).toBe('');
  });

  test('a port that is taken is exit 2 and says so', async () => {
    const { port } = await start();
    const { exit, stderr } = await runDocket(['report', '--serve', '--port', String(port)], repository.dir);
    expect([exit, stderr]).toEqual([2, expect.stringContaining(`Port ${port} cannot be had`)]);
  });

  test('outside of git it is exit 2', async () => expect((await runDocket(['-C', '/', 'report', '--serve'])).exit).toBe(2));

  test.each<[string, () => void]>([
    ['a document on disk', () => repository.write('machine-docs/JOURNAL-k1.md', '# JOURNAL\n\n## 2026-02-01 — first light\n\nIt runs.\n\n## 2026-02-02 — second light\n\nStill.\n')],
    ['a commit', () => void repository.commit('journal(k1): second light', '2026-02-02T10:00:00Z')],
    ['a branch', () => void repository.git('branch', 'another')],
  ])('tells an open page of a change: %s', async (_, change) => {
    const { port } = await start();
    const { body } = await ask(port);
    const path = /<meta name="docket-live" content="([^"]+)">/u.exec(body)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(path).toMatch(/^\/events\?since=/u);
    const told = ask(port, { path });
    change();
    expect((await told).body).toContain('event: change');
    expect((await ask(port)).body).not.toContain(path);
  });

  test('a record that cannot be read says why, and is there again when it can', async () => {
    const { port } = await start();
    repository.write('machine-docs/docket.yaml', 'landing: [\n');
    expect(await ask(port)).toMatchObject({ status: 503, body: expect.stringContaining('docket.yaml') });
    repository.write('machine-docs/docket.yaml', 'landing: main\n');
    expect((await ask(port)).status).toBe(200);
  });
});
