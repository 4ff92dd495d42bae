import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProbe, type ProbeOutcome } from '../../../src/reconcile/index.ts';
import { certificateFor, closedPort, trusting } from './servers.ts';
import { context, probe } from './specimens.ts';

const hasNginx = spawnSync('nginx', ['-v']).error === undefined;
if (!hasNginx) process.stderr.write('SKIPPED: probes of a real nginx, since there is no nginx on the PATH (Debian: apt-get install nginx-light)\n');

const app = certificateFor(['app.example']);
const old = certificateFor(['old.example'], -1);
const folder = mkdtempSync(join(tmpdir(), 'docket-nginx-'));
let port = 0;
let stop = async (): Promise<void> => {};

async function startNginx(): Promise<void> {
  port = await closedPort();
  for (const [name, { cert, key }] of Object.entries({ app, old })) writeFileSync(join(folder, `${name}.pem`), cert + key);
  mkdirSync(join(folder, 'www'), { recursive: true });
  writeFileSync(join(folder, 'www', 'version'), '{"Version":"1.2.3"}');
  writeFileSync(join(folder, 'www', 'slow'), Buffer.alloc(100_000, 'x'));
  const host = (name: string, more: string): string => `server { listen 127.0.0.1:${port} ssl; server_name ${name}.example; ssl_certificate ${folder}/${name}.pem; ssl_certificate_key ${folder}/${name}.pem; ${more} }`;
  writeFileSync(join(folder, 'nginx.conf'), `
    daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log;
    events {}
    http {
      access_log off; root ${folder}/www; default_type application/json;
      client_body_temp_path ${folder}/t1; proxy_temp_path ${folder}/t2; fastcgi_temp_path ${folder}/t3; uwsgi_temp_path ${folder}/t4; scgi_temp_path ${folder}/t5;
      ${host('app', 'location = /slow { limit_rate 100; } location = /moved { return 301 /version; }')}
      ${host('old', 'location / { return 404; }')}
    }`);
  const server = spawn('nginx', ['-p', folder, '-e', join(folder, 'error.log'), '-c', join(folder, 'nginx.conf')], { stdio: ['ignore', 'ignore', 'inherit'] });
  stop = async () => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    server.kill('SIGKILL');
    await once(server, 'exit');
  };
  const listening = probe({ tcp: `127.0.0.1:${port}` });
  while ((await runProbe(listening, context())).verdict !== 'pass') {
    if (server.exitCode !== null) throw new Error(`nginx ended with ${server.exitCode}`);
  }
}

const ask = (name: string, path: string, more: Record<string, unknown> = {}, timeoutMs = 20_000): Promise<ProbeOutcome> => runProbe(
  probe({ url: `https://${name}.example${path}`, pin: `127.0.0.1:${port}`, expect: { status: [200], json: { Version: '${version}' } }, ...more }),
  context({ trust: trusting(app, old), timeoutMs }),
);

describe.skipIf(!hasNginx)('a real nginx', () => {
  beforeAll(startNginx);
  afterAll(async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('answers under its name, with a certificate that is good', async () => {
    const { result } = await ask('app', '/version');
    expect(result).toMatchObject({ kind: 'answer', status: 200, body: { text: '{"Version":"1.2.3"}' }, tls: { authorized: true, expired: false } });
  });
  it('fails under the name of its neighbour, and says that the certificate is out of date', async () => {
    const { verdict, result } = await ask('old', '/version', { tls: { verify: false } });
    expect(verdict).toBe('fail');
    expect(result).toMatchObject({ kind: 'answer', status: 404, tls: { authorized: false, why: 'CERT_HAS_EXPIRED', expired: true } });
  });
  it('is not followed where it sends us', async () => {
    expect((await ask('app', '/moved')).result).toMatchObject({ kind: 'answer', status: 301 });
  });
  it('drips slower than the deadline of the whole request', async () => {
    expect(await ask('app', '/slow', {}, 400)).toMatchObject({ verdict: 'fail', result: { kind: 'no-answer', code: 'deadline' } });
  });
  it('is not there when it is stopped', async () => {
    await stop();
    expect((await ask('app', '/version')).result).toMatchObject({ kind: 'no-answer', phase: 'connect', code: 'ECONNREFUSED' });
  });
});
