import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, onTestFinished, test } from 'vitest';
import { takeLock } from '../../../src/durable/lock.ts';
import { proxyAt, setStage, type Stage } from '../../reconcile/run/stage.ts';
import { binary, runDocket } from '../../support/run-docket.ts';
import { runShell } from '../run-shell.ts';
import { askStage } from './ask-infra.ts';

const remember = async (stage: Stage, state: object): Promise<void> => {
  await mkdir(join(stage.folder, 'state'), { recursive: true });
  await writeFile(join(stage.folder, 'state', 'proxy.json'), JSON.stringify({ schema: 1, seq: 7, phase: 'idle', attempt: null, last_good: null, previous_good: null, bad: [], ...state }));
};
const inStage = (stage: Stage, ...args: string[]) => runDocket(['infra', ...args, '--spec', 'infra.yaml'], stage.folder);

describe('docket infra reconcile', () => {
  test('commits, leaves alone, takes back, and does not try again until it is told to; each with its exit code and what to do next', async () => {
    const stage = await setStage();
    const ask = (version: string, ...args: string[]) => askStage(stage, proxyAt(stage, version), ...args);
    expect(await ask('1', 'reconcile')).toMatchObject({ exit: 0, ok: true, command: 'infra reconcile', data: { apps: [{ app: 'proxy', verdict: 'pass', outcome: 'committed', probes: [{ name: 'api', verdict: 'pass' }], alerts: [], controls: [{ kind: 'static', verdict: 'sound' }], order: 'ok' }] }, diagnostics: [] });
    expect(await ask('1', 'reconcile', 'proxy')).toMatchObject({ exit: 0, data: { apps: [{ outcome: 'noop' }] } });
    expect(await ask('2.bad', 'reconcile')).toMatchObject({ exit: 1, data: { apps: [{ outcome: 'rolled-back', alerts: [{ reason: 'unhealthy-on-latest', recovered: true }] }] }, next: ['docket infra alerts', 'docket infra state retry proxy'] });
    expect(await ask('2.bad', 'reconcile')).toMatchObject({ exit: 1, data: { apps: [{ outcome: 'known-bad' }] } });

    const planned = await inStage(stage, 'state', 'retry', 'proxy', '--dry-run');
    expect(planned.stdout).toMatch(/^--- a\/state\/proxy\.json\n\+\+\+ b\/state\/proxy\.json\n/);
    expect(planned.stdout).toContain('-    "2.bad"\n');
    expect(await ask('2.bad', 'reconcile')).toMatchObject({ data: { apps: [{ outcome: 'known-bad' }] } });
    expect(await ask('2.bad', 'state', 'retry', 'proxy')).toMatchObject({ exit: 0, data: { apps: [{ changed: true, state: { bad: [] } }], diff: expect.stringContaining('-    "2.bad"\n') } });
    expect(await ask('2.bad', 'reconcile')).toMatchObject({ data: { apps: [{ outcome: 'rolled-back' }] } });
    expect(await stage.log()).toEqual(['deploy 1', 'deploy 2.bad', 'deploy 1', 'deploy 2.bad', 'deploy 1']);
  });

  test('is held by a major step, exit 1, and by a person’s change, exit 3', async () => {
    const stage = await setStage();
    const held = proxyAt(stage, '2.0', ['hold: {major: true}']);
    await stage.setRunning('1.0');
    await remember(stage, { last_good: '1.0' });
    expect(await askStage(stage, held, 'reconcile')).toMatchObject({ exit: 1, data: { apps: [{ outcome: 'held', alerts: [{ reason: 'held-major' }] }] } });
    await stage.setRunning('theirs');
    expect(await askStage(stage, held, 'reconcile')).toMatchObject({ exit: 3, data: { apps: [{ outcome: 'conflict' }] } });
    expect(await stage.log()).toEqual([]);
  });

  test('stuck is exit 5 everywhere until a person resumes it', async () => {
    const stage = await setStage();
    await remember(stage, { last_good: '1.bad' });
    await stage.setRunning('1.bad');
    const ask = (version: string, ...args: string[]) => askStage(stage, proxyAt(stage, version), ...args);
    expect(await ask('2.bad', 'reconcile')).toMatchObject({ exit: 5, data: { apps: [{ outcome: 'stuck' }] }, next: expect.arrayContaining(['docket infra state resume proxy']) });
    expect(await ask('3', 'state')).toMatchObject({ exit: 5, data: { apps: [{ state: { phase: 'stuck' } }] }, next: ['docket infra state resume proxy'] });
    expect((await inStage(stage, 'state')).stdout).toMatch(/^proxy {2}stuck {2}last good 1\.bad, bad 2\.bad, trying 2\.bad\n$/);
    expect(await ask('3', 'state', 'resume', 'proxy')).toMatchObject({ exit: 0, next: ['docket infra reconcile proxy'] });
    expect(await ask('3', 'reconcile')).toMatchObject({ exit: 0, data: { apps: [{ outcome: 'committed' }] } });
  });

  test('beside another run it is exit 75 with the pid of the other; a state that is torn is exit 2 with its path, until it is repaired', async () => {
    const stage = await setStage();
    const ask = (...args: string[]) => askStage(stage, proxyAt(stage, '1'), ...args);
    const lock = await takeLock(join(stage.folder, 'state'));
    expect(await ask('reconcile')).toMatchObject({ exit: 75, data: { apps: [] }, diagnostics: [{ rule: 'locked', message: expect.stringContaining(`pid ${process.pid}`), place: { path: 'state' } }] });
    expect((await ask('state', 'resume', 'proxy')).exit).toBe(75);
    if (lock.held) await lock.release();
    await writeFile(join(stage.folder, 'state', 'proxy.json'), '{"schema": 1, "se');
    expect(await ask('reconcile')).toMatchObject({ exit: 2, diagnostics: [{ rule: 'unreadable', place: { path: 'state/proxy.json' }, next: 'Run: docket infra state repair proxy' }] });
    expect(await ask('state')).toMatchObject({ exit: 2, data: { apps: [{ state: null }] }, next: ['docket infra state repair proxy'] });
    expect(await ask('state', 'repair', 'proxy', '--dry-run')).toMatchObject({ exit: 0, data: { diff: expect.stringContaining('-{"schema": 1, "se\n') } });
    expect(await readFile(join(stage.folder, 'state', 'proxy.json'), 'utf8')).toBe('{"schema": 1, "se');
    const repaired = await ask('state', 'repair', 'proxy');
    expect(await readFile(repaired.data.apps[0]?.kept ?? '', 'utf8')).toBe('{"schema": 1, "se');
    expect((await ask('reconcile')).exit).toBe(0);
  });

  test('refuses a gate that cannot fail, says where and what to write, and deploys nothing; one that does not tell who answers is a warning', async () => {
    const stage = await setStage();
    const gate = (expectation: string) => proxyAt(stage, '1').replace(/expect: .*\}\]/, `expect: ${expectation}}]`);
    const toothless = await askStage(stage, gate('{status: [200, 503]}'), 'reconcile');
    expect(toothless).toMatchObject({ exit: 1, data: { apps: [{ outcome: 'refused' }] }, diagnostics: [{ rule: 'toothless-gate', level: 'error', place: { path: 'infra.yaml', line: 7 }, next: expect.stringContaining('Expect what only the healthy app answers') }] });
    expect(await stage.log()).toEqual([]);
    expect(await askStage(stage, gate('{status: [200]}'), 'reconcile')).toMatchObject({ exit: 0, diagnostics: [{ rule: 'identity-blind', level: 'warning' }] });
  });

  test('asked to end, it ends at a safe point, exit 3, and the next run goes on from there', async () => {
    const stage = await setStage();
    const apps = proxyAt(stage, '2.bad', [], '60s');
    await remember(stage, { last_good: '1' });
    await stage.setRunning('1');
    await writeFile(join(stage.folder, 'infra.yaml'), `version: 1\nstate_dir: state\napps:\n${apps}`);
    const child = spawn(process.execPath, [binary, 'infra', 'reconcile', '--spec', 'infra.yaml'], { cwd: stage.folder, stdio: ['ignore', 'pipe', 'pipe'] });
    createInterface({ input: child.stderr }).on('line', (line) => {
      if (line === 'proxy: gating 2.bad') child.kill('SIGTERM');
    });
    const [exit] = (await once(child, 'close')) as [number];
    expect(exit).toBe(3);
    expect(await stage.running()).toBe('2.bad');
    expect(await askStage(stage, proxyAt(stage, '2.bad'), 'reconcile')).toMatchObject({ exit: 1, data: { apps: [{ outcome: 'rolled-back' }] } });
  });

  test('tells a person what it does on stderr, and what came of it on stdout', async () => {
    const stage = await setStage();
    await askStage(stage, proxyAt(stage, '1.bad'), 'state');
    const { stdout, stderr, exit } = await inStage(stage, 'reconcile');
    expect(exit).toBe(1);
    expect(stderr).toMatch(/^proxy: holding 1\.bad\nproxy: deploying 1\.bad\nproxy: gating 1\.bad\n[\s\S]*\nalert \d{8}T\d{6}Z-proxy-unhealthy-on-latest: error, at .*\nevidence [0-9a-f]{64}\n/);
    expect(stdout).toMatch(/^✘ unhealthy {2}proxy {2}1\.bad {2}api: status is 503, expected 200.*\n {2}✘ fail {2}gate api {2}status 503, certificate not trusted \(\w+\), status is 503, expected 200.*\n$/);
    expect((await inStage(stage, 'reconcile', '--quiet')).stderr).toBe('');
  });
});

describe('docket infra check', () => {
  test('asks two hundred probes at a time: all of them are waiting before the first is answered', async () => {
    const count = 200;
    const waiting: ServerResponse[] = [];
    const server = createServer((_, response) => {
      waiting.push(response);
      if (waiting.length === count) for (const each of waiting) each.end('{"Version": "1"}');
    });
    await new Promise<void>((done) => void server.listen(0, '127.0.0.1', 1024, done));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    const stage = await setStage();
    const app = (n: number): string => `  a${n}: {gate: [{name: up, url: "http://127.0.0.1:${port}/${n}", expect: {status: [200], json: {Version: "1"}}}], timing: {timeout: 50s}}\n`;
    const { exit, data } = await askStage(stage, Array.from({ length: count }, (_, n) => app(n)).join(''), 'check');
    expect([exit, data.apps.length]).toEqual([0, count]);
  });

  test('fails with the probe and why, and an app that does not exist is exit 2 with the nearest', async () => {
    const stage = await setStage();
    await stage.setRunning('1.bad');
    expect(await askStage(stage, proxyAt(stage, '1'), 'check')).toMatchObject({ exit: 1, data: { apps: [{ verdict: 'fail', outcome: null, probes: [{ of: 'gate', name: 'api', verdict: 'fail', result: { kind: 'answer', status: 503, tls: { authorized: false } } }] }] } });
    const { stdout } = await inStage(stage, 'check', '--json');
    expect(stdout).not.toContain('"text"');
    expect(stdout).not.toContain('headers');
    expect(await askStage(stage, proxyAt(stage, '1'), 'check', 'prxy')).toMatchObject({ exit: 2, diagnostics: [{ rule: 'usage', message: 'no app prxy in infra.yaml', next: 'Write proxy.' }] });
  });
});

describe('docket infra controls', () => {
  test('shows on loopback that a gate can fail; breaks an app only where that is allowed, and restores it', async () => {
    const stage = await setStage();
    const apps = proxyAt(stage, '1', ['negative_controls: [{name: stopped, break: [./ctl, stop], restore: [./ctl, start], within: 20s}]'], '5s').replace('timeout: 20s', 'timeout: 2s');
    await stage.setRunning('1');
    const harmless = await askStage(stage, apps, 'controls');
    expect(harmless.exit).toBe(0);
    expect(harmless.data.apps[0]?.controls.map(({ kind, name, verdict }) => `${kind} ${name} ${verdict}`)).toEqual(['static conditions sound', 'loopback closed-port proven', 'loopback silent-socket proven', 'loopback plain-http proven', 'loopback another-name proven']);
    expect(await stage.log()).toEqual([]);
    const broken = await askStage(stage, apps, 'controls', '--allow-break', 'proxy');
    expect(broken.exit).toBe(0);
    expect(broken.data.apps[0]?.controls).toContainEqual(expect.objectContaining({ kind: 'destructive', name: 'stopped', verdict: 'proven', stale: false }));
    expect(await stage.log()).toEqual(['stop', 'start']);
    expect((await askStage(stage, apps, 'controls', '--allow-break', 'prox')).exit).toBe(2);
  });
});

describe('docket infra alerts', () => {
  test('lists, and closes one with a reason: its file moves and is never deleted', async () => {
    const stage = await setStage();
    const apps = proxyAt(stage, '1.bad');
    await askStage(stage, apps, 'reconcile');
    const { data, exit, next } = await askStage(stage, apps, 'alerts');
    const id = data.open[0]?.id ?? '';
    expect([exit, data.open.length, data.closed.length, next[1]]).toEqual([0, 1, 0, `docket infra alerts close ${id} --reason false-alarm`]);
    expect(await askStage(stage, apps, 'alerts', 'another')).toMatchObject({ data: { open: [] } });
    expect(await askStage(stage, apps, 'alerts', 'close', 'unhealthy-on-latest')).toMatchObject({ exit: 2, diagnostics: [{ rule: 'usage', next: 'docket infra alerts close unhealthy-on-latest --reason false-alarm' }] });
    expect(await askStage(stage, apps, 'alerts', 'close', 'unhealthy-on-lates', '--reason', 'fixed')).toMatchObject({ exit: 2, diagnostics: [{ next: `docket infra alerts close ${id} --reason fixed` }] });
    const folder = join(stage.folder, 'state', 'alerts');
    const planned = await inStage(stage, 'alerts', 'close', id, '--reason', 'fixed', '--dry-run');
    expect(planned.stdout).toMatch(new RegExp(`^--- a/state/alerts/${id}\\.json\n\\+\\+\\+ b/state/alerts/closed/${id}\\.json\n`));
    expect(await readdir(folder)).toEqual([`${id}.json`]);
    const closing = await askStage(stage, apps, 'alerts', 'close', 'unhealthy-on-latest', '--reason', 'fixed', '--evidence', 'commit 1a2b3c4', '--role', 'operator');
    expect(closing).toMatchObject({ exit: 0, data: { alert: { id, closed: { reason: 'fixed', by: 'operator', evidence: 'commit 1a2b3c4' } } } });
    expect(await readdir(folder)).toEqual(['closed']);
    expect(await readdir(join(folder, 'closed'))).toEqual([`${id}.json`]);
    expect((await inStage(stage, 'alerts', 'close', id, '--reason', 'again')).stderr).toContain(`${id} is closed already.`);
    expect((await inStage(stage, 'alerts')).stdout).toBe('There is no alert.\n');
    expect((await inStage(stage, 'alerts', '--closed')).stdout).toContain(`● closed  ${id}  fixed, by operator at `);
  });
});

test('what only reads executes nothing, whatever the specification says', async () => {
  const stage = await setStage();
  const canary = '[touch, canary]';
  const apps = `  a:\n    driver: {kind: exec, current: ${canary}, deploy: ${canary}}\n    wanted: "1"\n    runs_in: a.service\n    gate: [{name: c, command: ${canary}, expect: {exit: 0}}]\n    rollback: {snapshot: ${canary}, restore: ${canary}}\n    hold: {notes_match: x, notes: ${canary}}\n    negative_controls: [{name: c, break: ${canary}, restore: ${canary}}]\n`;
  for (const args of [['order'], ['order', 'a'], ['alerts'], ['state'], ['state', 'retry', 'a'], ['order', '--format', 'dot']]) expect((await askStage(stage, apps, ...args)).exit).toBe(0);
  expect(await readdir(stage.folder)).not.toContain('canary');
  await askStage(stage, apps, 'check');
  expect(await readdir(stage.folder)).toContain('canary');
});

describe('--journal', () => {
  const repositoryOf = (stage: Stage) => {
    const git = (...args: string[]): string => execFileSync('git', ['-C', stage.folder, '-c', 'user.name=x', '-c', 'user.email=x@example.org', ...args], { encoding: 'utf8' });
    git('init', '-q');
    return git;
  };

  test('writes what came of a run as an entry that reads back, with the alert, whatever a server said', async () => {
    const stage = await setStage();
    repositoryOf(stage);
    await mkdir(join(stage.folder, 'machine-docs'));
    await writeFile(join(stage.folder, 'machine-docs/JOURNAL-prod.md'), '# JOURNAL\n');
    await stage.setRunning('9\\n## 2020-01-01 — forged `x` <!-- ');
    const apps = proxyAt(stage, '1').replace('json: {Version: "${version.app}"}', 'text: "never said"').replace(/current: .*?\]/, 'current: [echo, "1"]');
    const asked = await askStage(stage, apps, 'reconcile', '--journal', '--phase', 'prod');
    const id = asked.data.apps[0]?.alerts[0]?.id ?? '';
    expect([asked.exit, id]).toEqual([1, expect.stringContaining('unhealthy-on-latest')]);
    const { stdout } = await runDocket(['list', 'journal', '--json'], stage.folder);
    const { entries } = JSON.parse(stdout).data as { entries: { id: string; title: string; fields: Record<string, string>; refs: { type: string; value: string }[] }[] };
    expect(entries).toMatchObject([{ id: asked.data.journal?.entry, title: 'infra reconcile: proxy unhealthy', fields: { Alerts: id, Specification: 'infra.yaml' } }]);
    expect(entries[0]?.fields['Evidence']).toContain(asked.data.evidence);
    expect(entries[0]?.refs).toContainEqual(expect.objectContaining({ type: 'alert', value: expect.stringContaining(id) }));
    expect(await readFile(join(stage.folder, 'machine-docs/JOURNAL-prod.md'), 'utf8')).toMatch(/\n- proxy: unhealthy, wanted 1 — api: text is .*expected never said/);

    const closed = await askStage(stage, apps, 'alerts', 'close', id, '--reason', 'fixed', '--evidence', 'the page says it now', '--journal', '--phase', 'prod', '--dry-run');
    expect(closed.data.diff).toContain(`+## `);
    expect(closed.data.diff).toContain(`alert ${id} closed: fixed`);
    expect((await askStage(stage, apps, 'alerts', 'close', id, '--reason', 'fixed', '--journal', '--phase', 'prod')).exit).toBe(0);
    expect((await runDocket(['search', 'closed:', '--kind', 'journal'], stage.folder)).stdout).toContain(`alert-${id.toLowerCase()}-closed`);
  });

  test('is refused before anything is deployed where there is no journal to write to', async () => {
    const stage = await setStage();
    expect(await askStage(stage, proxyAt(stage, '1'), 'reconcile', '--journal', '--phase', 'prod')).toMatchObject({ exit: 2, diagnostics: [{ rule: 'usage' }] });
    repositoryOf(stage);
    expect(await askStage(stage, proxyAt(stage, '1'), 'reconcile', '--journal')).toMatchObject({ exit: 2, diagnostics: [{ rule: 'usage', message: expect.stringContaining('--phase') }] });
    expect(await stage.log()).toEqual([]);
  });
});

describe('--record', () => {
  test('makes of a check a reproduction that is proven, and carries a claim: red before the fix, green, and red again without it', async () => {
    const stage = await setStage();
    await stage.setRunning('1');
    const bin = join(stage.folder, 'bin');
    await mkdir(bin);
    await writeFile(join(bin, 'docket'), `#!/bin/sh\nexec '${process.execPath}' '${binary}' "$@"\n`, { mode: 0o755 });
    const root = join(stage.folder, 'repository');
    const git = (...args: string[]): string => execFileSync('git', ['-C', root, '-c', 'user.name=x', '-c', 'user.email=x@example.org', ...args], { encoding: 'utf8' });
    await mkdir(join(root, 'machine-docs'), { recursive: true });
    git('init', '-q');
    await writeFile(join(root, 'machine-docs/JOURNAL-prod.md'), '# JOURNAL\n');
    await writeFile(join(root, 'machine-docs/infra.yaml'), `version: 1\napps:\n${proxyAt(stage, '2').replace('consecutive: 2', 'consecutive: 1')}`);
    git('add', '-A');
    git('commit', '-q', '-m', 'the gate expects a version that nobody runs');
    await writeFile(join(root, 'machine-docs/infra.yaml'), `version: 1\napps:\n${proxyAt(stage, '1').replace('consecutive: 2', 'consecutive: 1')}`);
    git('commit', '-q', '-a', '-m', 'the gate expects what runs');
    const environment = { PATH: `${bin}:${process.env['PATH']}`, XDG_STATE_HOME: join(stage.folder, 'xdg') };
    const { stdout, exit } = await runShell('docket infra check proxy --record proxy-gate --claim prod/M1 --red HEAD~1 --json', root, environment);
    const { data } = JSON.parse(stdout) as { data: { apps: { verdict: string }[]; recorded: { verdict: string; reproduction: string; steps: { role: string; command: string; verdict: string }[] } } };
    expect(data.recorded.steps.map(({ role, command, verdict }) => `${role} ${command} ${verdict}`)).toEqual(['red', 'green', 'neg'].map((role) => `${role} docket infra check proxy --quiet accepted`));
    expect([exit, data.apps[0]?.verdict, data.recorded.verdict, data.recorded.reproduction]).toEqual([0, 'pass', 'proven', 'reproduction:prod/proxy-gate']);
    expect(await readFile(join(root, 'machine-docs/JOURNAL-prod.md'), 'utf8')).toMatch(/```console repro id=proxy-gate claim=M1 inputs=machine-docs\/infra\.yaml\n# red @[0-9a-f]{12}\n\$ docket infra check proxy --quiet\n→ ✘ fail {2}proxy {2}2 {2}api: json Version is "1", expected "2"\n/);
    git('commit', '-q', '-a', '-m', 'recorded');
    expect((await runShell('docket gate prod/M1', root, environment)).stdout).toContain('proxy-gate');
    expect((await runShell('docket infra check --claim prod/M1', root, environment)).stderr).toContain('Unexpected --claim without --record');
  });
});
