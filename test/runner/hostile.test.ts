import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runScript, type ScriptEnd } from '../../src/runner/run-script.ts';
import { openControlGroup, type ControlGroup } from '../../src/runner/control-group.ts';
import { findRun, killRun } from '../../src/runner/kill-processes.ts';
import { defaultLimits, type Limits } from '../../src/runner/limits.ts';
import { makeEnvironment, mayPass } from '../../src/runner/make-environment.ts';
import { makeStage, proof, surroundings, type Stage } from './stage.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'docket-test-run-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let marks = 0;
const markOf = (): string => `test-${process.pid}-${marks++}.`;

function run(script: string, options: { limitMs?: number; keepsRunning?: boolean; mark?: string; limits?: Partial<Limits>; group?: ControlGroup | null } = {}): Promise<ScriptEnd> {
  const mark = options.mark ?? markOf();
  const environment = makeEnvironment({ PATH: process.env['PATH'] }, { home: folder, tmp: folder }, [], mark);
  return runScript(script, { cwd: folder, environment, limitMs: options.limitMs ?? 10_000, keepsRunning: options.keepsRunning ?? false, mark, run: { mark, folder: null, group: options.group ?? null }, limits: { ...defaultLimits(), ...options.limits }, within: [] });
}

/** Processes that carry a mark, zombies aside. */
function alive(mark: string): number {
  return readdirSync('/proc').filter((pid) => /^\d+$/.test(pid)).filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/environ`).includes(`DOCKET_RUN=${mark}`);
    } catch {
      return false;
    }
  }).length;
}

describe('every script comes to its end', () => {
  test('a process in the background that holds stdout open', async () => {
    const mark = markOf();
    const end = await run('echo before; sleep 1000 & echo after', { mark });
    expect([end.code, end.timedOut, end.stdout.bytes.toString(), alive(mark)]).toEqual([0, false, 'before\nafter\n', 0]);
  });

  test('one in a session of its own', async () => {
    const mark = markOf();
    const end = await run('setsid bash -c "trap \'\' TERM; sleep 1000" & echo done', { mark });
    expect([end.code, end.stdout.bytes.toString(), alive(mark)]).toEqual([0, 'done\n', 0]);
  });

  test('one that does not listen to TERM, past the time limit', async () => {
    const mark = markOf();
    const end = await run("trap '' TERM; while :; do sleep 0.1; done", { limitMs: 300, mark });
    expect([end.timedOut, end.signal, alive(mark)]).toEqual([true, 'SIGKILL', 0]);
  });

  test('a leader that is gone at the time limit, its children not', async () => {
    const mark = markOf();
    const end = await run('(sleep 1000; echo never) & (sleep 1000) & wait', { limitMs: 300, mark });
    expect([end.timedOut, alive(mark)]).toEqual([true, 0]);
  });

  test('some that start others all the time', async () => {
    const mark = markOf();
    // Bounded, lest a docket that does not end it takes the machine with it.
    const end = await run('f() { if [ "$1" -gt 0 ]; then f $(($1 - 1)) & f $(($1 - 1)) & fi; sleep 1000; }; f 6; wait', { limitMs: 1500, mark });
    expect([end.timedOut, alive(mark)]).toEqual([true, 0]);
  });

  test('what a setup starts stays until the run is over, and its output breaks no pipe', async () => {
    const mark = markOf();
    const end = await run('(while :; do echo tick || exit 1; sleep 0.05; done) & echo up', { keepsRunning: true, mark });
    expect([end.code, end.stdout.bytes.toString().includes('up')]).toEqual([0, true]);
    expect(alive(mark)).toBeGreaterThan(0);
    end.release();
    await killRun({ mark, folder: null, group: null });
    expect(alive(mark)).toBe(0);
  });

  test('stdin is closed, and the shell reads no file of anybody', async () => {
    const end = await run('cat; echo "[$HOME] [$BASH_ENV] [${FOO-unset}]"; exit 3');
    expect([end.code, end.stdout.bytes.toString()]).toEqual([3, `[${folder}] [] [unset]\n`]);
  });
});

describe('limits end what has no end, and say which', () => {
  // Whatever goes wrong, a test of these is not to take the machine with it: as root a control group holds them, else the kernel's limit for users.
  const bomb = ':(){ :|:& };: & sleep 30; wait';

  test('a fork bomb, by the kernel where it can be told to', async () => {
    const group = openControlGroup(150);
    const mark = markOf();
    const end = await run(bomb, { mark, group, limits: { processes: 100, tasks: 150 } });
    expect([end.passed, end.timedOut, alive(mark)]).toEqual([expect.stringMatching(/^it ran more than 1[05]0 processes/), false, 0]);
    await group?.remove();
    expect(group !== null && existsSync(group.folder)).toBe(false);
  });

  test('one that leaves its group and takes off its mark', async () => {
    const group = openControlGroup(150);
    const [mark, own] = [markOf(), join(folder, 'own')];
    mkdirSync(own, { recursive: true });
    writeFileSync(join(own, 'bomb.sh'), 'for i in 1 2 3; do env -i setsid bash "$0" $(($1 - 1)) & done; [ "$1" -gt 0 ] || exec sleep 1000; wait\n');
    const environment = makeEnvironment({ PATH: process.env['PATH'] }, { home: own, tmp: own }, [], mark);
    const trace = { mark, folder, group };
    const end = await runScript('bash bomb.sh 4; sleep 60', { cwd: own, environment, limitMs: 20_000, keepsRunning: false, mark, run: trace, limits: { ...defaultLimits(), processes: 50 }, within: [] });
    expect([end.passed, findRun(trace)]).toEqual(['it ran more than 50 processes at once', []]);
    await group?.remove();
  });

  test('memory without end', async () => {
    const mark = markOf();
    const end = await run('x=y; while :; do x=$x$x; done', { mark, limits: { memoryBytes: 100_000_000 } });
    expect([end.passed, alive(mark)]).toEqual(['it used more than 0.1 GiB of memory', 0]);
  });

  test('files without end', async () => {
    const end = await run('while :; do head -c 4000000 /dev/zero >>big; done', { limits: { diskBytes: 40_000_000 } });
    rmSync(join(folder, 'big'));
    expect(end.passed).toMatch(/^more than 0\S* GiB were written to disk$/);
  });

  test('and leave an honest program alone: node, many files, a sparse one, a megabyte of environment', async () => {
    const end = await run('node -e "console.log(new WebAssembly.Memory({ initial: 1, maximum: 65536 }).buffer.byteLength)"; truncate -s 1T sparse && rm sparse; ulimit -c; for i in $(seq 200); do sleep 0.05 & done; wait; echo done');
    expect([end.passed, end.stdout.bytes.toString()]).toEqual([null, '65536\n0\ndone\n']);
  });
});

describe('output', () => {
  test('of fifty megabytes keeps head and tail, in bounded memory, and is marked', async () => {
    const end = await run("echo first; head -c 50000000 /dev/zero | tr '\\0' x | fold -w 99; echo; echo last");
    expect([end.stdout.truncated, end.stdout.bytes.length < 1_100_000, end.stdout.total > 50_000_000]).toEqual([true, true, true]);
    const text = end.stdout.bytes.toString();
    expect([text.startsWith('first\nx'), text.endsWith('x\nlast\n'), /\n\[docket: \d+ bytes left out\]\n/.test(text)]).toEqual([true, true, true]);
  });

  test('of one endless line is cut too', async () => {
    const end = await run("head -c 5000000 /dev/zero | tr '\\0' y");
    expect([end.stdout.truncated, end.stdout.bytes.length < 1_100_000]).toEqual([true, true]);
  });

  test('of a megabyte exactly is whole', async () => {
    const end = await run("head -c 1048576 /dev/zero | tr '\\0' z");
    expect([end.stdout.truncated, end.stdout.bytes.length]).toEqual([false, 1_048_576]);
  });
});

test('the environment is an allow-list; what would run other code is never passed', () => {
  const caller = { PATH: '/bin', SECRET_TOKEN: 'x', BASH_ENV: '/evil', LD_PRELOAD: '/evil.so', MINE: 'y', 'BASH_FUNC_ls%%': '() { evil; }', DOCKET_ROLE: 'builder' };
  const environment = makeEnvironment(caller, { home: '/h', tmp: '/s/t' }, ['MINE', 'BASH_ENV', 'LD_PRELOAD', 'HOME', 'DOCKET_ROLE'], 'm');
  expect(environment).toMatchObject({ PATH: '/bin', MINE: 'y', HOME: '/h', TZ: 'UTC' });
  expect(Object.keys(environment).filter((name) => /SECRET|BASH_ENV|LD_|FUNC|ROLE/.test(name))).toEqual([]);
  expect([mayPass('IFS'), mayPass('GIT_DIR'), mayPass('PORT')]).toEqual([false, false, true]);
});

describe('killed in the middle', () => {
  let stage: Stage;
  beforeAll(() => {
    stage = makeStage();
  });
  afterAll(() => stage.remove());

  test.each<[NodeJS.Signals]>([['SIGKILL'], ['SIGTERM'], ['SIGINT']])('%s leaves the checkout as it was, and the next run clears away', async (signal) => {
    const before = [...surroundings(stage), stage.journal()];
    const binary = fileURLToPath(new URL('../../dist/bin/docket.js', import.meta.url));
    const child = spawn(process.execPath, [binary, '-C', stage.dir, 'record', 'slow', '--claim', 'kite/M3', '--setup', 'sleep 300 &', '--red', stage.base, 'echo $PPID; touch "$TMPDIR/on"; sleep 300', '--green', 'true'], { stdio: 'ignore' });
    const session = await sessionOf(child.pid ?? -1);
    child.kill(signal);
    await new Promise((resolve) => child.once('exit', resolve));
    expect([...surroundings(stage), stage.journal()]).toEqual(before);
    if (signal !== 'SIGKILL') expect(existsSync(session.folder)).toBe(false);
    await stage.ask('record', 'gauge', ...proof(stage), '--runs', '1', '--dry-run');
    expect([existsSync(session.folder), alive(session.mark)]).toEqual([false, 0]);
  });

  /** The folder of the session that a docket process has begun, once its red step runs. */
  async function sessionOf(pid: number): Promise<{ folder: string; mark: string }> {
    for (;;) {
      for (const name of readdirSync(tmpdir()).filter((each) => each.startsWith('docket-session-'))) {
        const path = join(tmpdir(), name);
        try {
          const owner = JSON.parse(readFileSync(join(path, 'owner.json'), 'utf8'));
          if (owner.pid === pid && existsSync(join(path, 'tmp', 'on'))) return { folder: path, mark: owner.mark };
        } catch {
          // Another session, on its way in or out.
        }
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
});
