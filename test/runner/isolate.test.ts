import { spawnSync } from 'node:child_process';
import { chmodSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { runDocket } from '../support/run-docket.ts';
import { journalPath, makeStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(() => {
  stage = makeStage();
});
afterAll(() => stage.remove());
beforeEach(() => stage.git('checkout', '-q', '--', '.'));

const works = spawnSync('unshare', ['--net', 'true']).status === 0 || spawnSync('unshare', ['--net', '--map-root-user', 'true']).status === 0;
const show = 'sed 1,2d /proc/net/dev | cut -d: -f1 | tr -d " "';

describe.skipIf(!works)('without a network', () => {
  test('there is a loopback and nothing else, and plan, answer and receipt say so', async () => {
    const steps = ['--phase', 'kite', '--green', show, '--isolate'];
    const { data: { plan } } = await stage.ask('record', 'alone', ...steps, '--plan');
    expect(plan.isolated).toBe(true);
    const { data } = await stage.ask('record', 'alone', ...steps, '--runs', '2');
    expect([data.steps[0].outcome, data.receipt.isolated]).toEqual(['match', true]);
    expect(stage.journal()).toMatch(/\n→ lo\n[\s\S]*<!-- docket-receipt v1 \{[^\n]*"isolated":true/);
    expect((await stage.ask('show', 'alone')).data.entry.recording.state).toBe('intact');
    const consent = (await stage.ask('replay', 'alone', '--isolate', '--plan')).data.plan.digest;
    expect((await stage.run('replay', 'alone', '--consent', consent)).exit).toBe(4);
    const replayed = await stage.ask('replay', 'alone', '--isolate', '--cold', '--consent', consent);
    expect([replayed.data.isolated, replayed.data.steps[0].outcome]).toEqual([true, 'match']);
    expect(stage.read(replayed.data.receipt.path)).toContain('"isolated":true');
  });

  test('steps of one run share it, so that what the setup serves can be asked', async () => {
    const serve = `node -e "require('net').createServer((s) => s.end('high')).listen(4477, '127.0.0.1')" & for i in $(seq 100); do (exec 3<>/dev/tcp/127.0.0.1/4477) 2>/dev/null && break; sleep 0.05; done`;
    const { data } = await stage.ask('record', 'served', '--phase', 'kite', '--isolate', '--setup', serve, '--green', 'exec 3<>/dev/tcp/127.0.0.1/4477; cat <&3; echo', '--dry-run', '--runs', '2');
    expect(data.steps.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['match', 'match']);
    expect(spawnSync('bash', ['-c', 'exec 3<>/dev/tcp/127.0.0.1/4477']).status).not.toBe(0);
  });

  test('what prepare installs has one', async () => {
    stage.write('machine-docs/docket.yaml', `prepare: [bash, -c, 'sed 1,2d /proc/net/dev | wc -l >prepared']\n`);
    const steps = ['--phase', 'kite', '--green', `test "$(cat prepared)" = ${spawnSync('bash', ['-c', 'sed 1,2d /proc/net/dev | wc -l'], { encoding: 'utf8' }).stdout.trim()}`, '--isolate'];
    const { data: { plan } } = await stage.ask('record', 'prepared', ...steps, '--plan');
    expect((await stage.ask('record', 'prepared', ...steps, '--consent', plan.digest, '--dry-run')).data.steps[0].outcome).toBe('match');
  });
});

test.each<[string, string]>([
  ['unshare', '#!/bin/sh\necho "unshare: unshare failed: Operation not permitted" >&2; exit 1\n'],
  ['nsenter', '#!/bin/sh\nwhile [ "$1" != -- ]; do shift; done; shift; exec "$@"\n'],
])('where %s does not do it, nothing is run, and the reason is told', async (program, script) => {
  rmSync(join(stage.dir, '.git/bin'), { recursive: true, force: true });
  stage.write(`.git/bin/${program}`, script);
  chmodSync(join(stage.dir, '.git/bin', program), 0o755);
  const environment = { XDG_STATE_HOME: stage.state, PATH: `${join(stage.dir, '.git/bin')}:${process.env['PATH'] ?? ''}` };
  for (const args of [['record', 'refused', '--phase', 'kite', '--green', 'touch ran'], ['record', 'refused', '--phase', 'kite', '--green', 'touch ran', '--plan']]) {
    const { exit, stderr } = await runDocket(['-C', stage.dir, ...args, '--isolate'], undefined, environment);
    expect([exit, stderr]).toEqual([3, expect.stringMatching(program === 'unshare' ? /No network can be taken away here .*Operation not permitted/ : /No network can be taken away here .*(?:there is|can be reached)/)]);
  }
  expect(stage.read(journalPath)).not.toContain('refused');
  stage.git('clean', '-qfd');
});
