import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runProbe } from '../../../src/reconcile/index.ts';
import { closedPort, handClock, serveTcp } from './servers.ts';
import { context, probe } from './specimens.ts';

const folder = mkdtempSync(join(tmpdir(), 'docket-probe-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('command', () => {
  it.each([
    ['ends with 0', ['true'], undefined, 'pass'],
    ['ends with 1', ['false'], undefined, 'fail'],
    ['ends as expected', ['sh', '-c', 'exit 3'], { exit: 3 }, 'pass'],
    ['prints what is expected', ['printf', 'ready 1.2.3\\n'], { stdout: '^ready ${version}$' }, 'fail'],
    ['prints something else', ['echo', 'starting'], { exit: 0, stdout: '^ready' }, 'fail'],
    ['prints it on stderr only', ['sh', '-c', 'echo ready >&2'], { stdout: 'ready' }, 'fail'],
    ['ends by a signal', ['sh', '-c', 'kill -TERM $$'], undefined, 'fail'],
  ])('%s', async (_, command, expected, verdict) => {
    expect((await runProbe(probe({ command, ...(expected && { expect: expected }) }), context())).verdict).toBe(verdict);
  });

  it('is never read by a shell', async () => {
    const outcome = await runProbe(probe({ command: ['echo', '$HOME; echo b > x & `id`'], expect: { stdout: '^\\$HOME; echo b > x & `id`$' } }), context({ cwd: folder }));
    expect(outcome.verdict).toBe('pass');
  });

  it.each([
    ['there is no such program', ['./no-such-program'], 'ENOENT'],
    ['it may not be executed', ['./plain'], 'EACCES'],
    ['an argument holds a NUL', ['echo', 'a\0b'], 'ERR_INVALID_ARG_VALUE'],
  ])('could not be run: %s', async (_, command, code) => {
    writeFileSync(join(folder, 'plain'), 'x');
    chmodSync(join(folder, 'plain'), 0o600);
    const outcome = await runProbe(probe({ command }), context({ cwd: folder }));
    expect(outcome).toMatchObject({ verdict: 'unknown', conditions: [], result: { kind: 'not-run', code } });
  });

  it('could not be run, says a wrapper with 127', async () => {
    expect((await runProbe(probe({ command: ['sh', '-c', 'no-such-program'] }), context())).verdict).toBe('unknown');
    expect((await runProbe(probe({ command: ['sh', '-c', 'exit 127'], expect: { exit: 127 } }), context())).verdict).toBe('pass');
  });

  it('runs in the folder it is given', async () => {
    expect((await runProbe(probe({ command: ['pwd', '-P'], expect: { stdout: `^${folder}$` } }), context({ cwd: folder }))).verdict).toBe('pass');
  });

  it('kills the whole group at the deadline', async () => {
    const clock = handClock();
    const pids = join(folder, 'pids');
    const running = runProbe(probe({ command: ['sh', '-c', 'sleep 600 & echo $! > pids.new; mv pids.new pids; wait'] }), context({ clock, cwd: folder, timeoutMs: 5000 }));
    while (!existsSync(pids)) await new Promise((done) => setTimeout(done, 5));
    clock.advance(5000);
    expect(await running).toMatchObject({ verdict: 'fail', result: { kind: 'no-answer', phase: 'command', code: 'deadline', ms: 5000 } });
    await goneOf(Number(readFileSync(pids, 'utf8')));
  });

  it('does not wait for a grandchild that holds its output open', async () => {
    const outcome = await runProbe(probe({ command: ['sh', '-c', 'sleep 600 & echo $! > held; echo done'], expect: { stdout: '^done$' } }), context({ cwd: folder }));
    expect(outcome.verdict).toBe('pass');
    await goneOf(Number(readFileSync(join(folder, 'held'), 'utf8')));
  });

  it('keeps the head of endless output', async () => {
    const outcome = await runProbe(probe({ command: ['head', '-c', '2000000', '/dev/zero'] }), context());
    expect(outcome).toMatchObject({ verdict: 'pass', result: { stdout: { bytes: 64 * 1024, truncated: true } } });
  });
});

/** Ends when the process is gone or a zombie; a test that never ends is red. */
async function goneOf(pid: number): Promise<void> {
  expect(pid).toBeGreaterThan(1);
  while (existsSync(`/proc/${pid}`) && !/^State:\s+Z/m.test(statusOf(pid))) await new Promise((done) => setTimeout(done, 5));
}

function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return 'State: Z';
  }
}

describe('tcp', () => {
  it('passes when somebody takes the connection', async () => {
    const port = await serveTcp(() => {});
    expect(await runProbe(probe({ tcp: `127.0.0.1:${port}` }), context())).toMatchObject({ verdict: 'pass', result: { kind: 'connected' } });
  });
  it('fails when nobody does', async () => {
    expect(await runProbe(probe({ tcp: `127.0.0.1:${await closedPort()}` }), context())).toMatchObject({ verdict: 'fail', result: { kind: 'no-answer', phase: 'connect', code: 'ECONNREFUSED' } });
  });
});
