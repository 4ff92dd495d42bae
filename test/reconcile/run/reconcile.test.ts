import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isIntact } from '../../../src/reconcile/evidence/evidence-log.ts';
import type { Order } from '../../../src/reconcile/order/types.ts';
import { closeOneAlert, listAlerts } from '../../../src/reconcile/run/alerts.ts';
import { checkInfra } from '../../../src/reconcile/run/check.ts';
import { reconcile } from '../../../src/reconcile/run/reconcile.ts';
import { repairApp, resumeApp, retryApp, showState } from '../../../src/reconcile/run/state.ts';
import { takeLock } from '../../../src/durable/lock.ts';
import type { Stage } from './stage.ts';
import { emptyOrder, proxyAt, setStage } from './stage.ts';

const runAt = async (stage: Stage, wanted: string, more: string[] = []) => {
  const { exit, data, problems } = await reconcile(await stage.open(proxyAt(stage, wanted, more)), []);
  return { exit, outcome: data.apps[0]?.outcome, app: data.apps[0], problems };
};
const state = async (stage: Stage) => (await showState(await stage.open(proxyAt(stage, '1')), [])).data.apps[0]?.state;

describe('a reconciled app, on a real server', () => {
  it('is committed, then left alone, then taken back from a bad version, which is not tried again until somebody says so', async () => {
    const stage = await setStage();
    expect(await runAt(stage, '1.0.0+v2.0.0')).toMatchObject({ exit: 0, outcome: 'committed' });
    expect(await runAt(stage, '1.0.0+v2.0.0')).toMatchObject({ exit: 0, outcome: 'noop' });
    expect(await runAt(stage, '1.0.1+v2.0.bad')).toMatchObject({ exit: 1, outcome: 'rolled-back' });
    expect(await runAt(stage, '1.0.1+v2.0.bad')).toMatchObject({ exit: 1, outcome: 'known-bad' });
    expect(await stage.log()).toEqual(['deploy 1.0.0+v2.0.0', 'deploy 1.0.1+v2.0.bad', 'deploy 1.0.0+v2.0.0']);
    expect(await state(stage)).toMatchObject({ phase: 'idle', last_good: '1.0.0+v2.0.0', bad: ['1.0.1+v2.0.bad'] });
    const infra = await stage.open(proxyAt(stage, '1.0.1+v2.0.bad'));
    const { open } = (await listAlerts(infra)).data;
    expect(open).toMatchObject([{ app: 'proxy', reason: 'unhealthy-on-latest', version: '1.0.1+v2.0.bad', recovered: true, count: 2, attempted: '1.0.1+v2.0.bad', last_good: '1.0.0+v2.0.0', suppressed_by: null }]);
    expect(open[0]?.detail).toContain('status is 503, expected 200');
    expect((await retryApp(infra, 'proxy')).data.apps).toMatchObject([{ changed: true }]);
    expect(await runAt(stage, '1.0.1+v2.0.bad')).toMatchObject({ exit: 1, outcome: 'rolled-back' });
    expect((await stage.log()).slice(3)).toEqual(['deploy 1.0.1+v2.0.bad', 'deploy 1.0.0+v2.0.0']);
  });

  it('is stuck when what was good is no longer, until a person resumes it', async () => {
    const stage = await setStage();
    await runAt(stage, '1.bad').then(({ outcome }) => expect(outcome).toBe('unhealthy'));
    await mkdir(join(stage.folder, 'state'), { recursive: true });
    await writeFile(join(stage.folder, 'state', 'proxy.json'), JSON.stringify({ schema: 1, seq: 9, phase: 'idle', attempt: null, last_good: '1.bad', previous_good: null, bad: [] }));
    expect(await runAt(stage, '2.bad')).toMatchObject({ exit: 5, outcome: 'stuck' });
    const deploys = (await stage.log()).length;
    expect(await runAt(stage, '3')).toMatchObject({ exit: 5, outcome: 'stuck' });
    expect((await stage.log()).length).toBe(deploys);
    const infra = await stage.open(proxyAt(stage, '3'));
    expect((await retryApp(infra, 'proxy')).exit).toBe(5);
    expect((await listAlerts(infra)).data.open.find(({ reason }) => reason === 'rollback-failed')).toMatchObject({ severity: 'critical', count: 2 });
    expect((await showState(infra, [])).exit).toBe(5);
    expect(await resumeApp(infra, 'proxy')).toMatchObject({ exit: 0, data: { apps: [{ changed: true, state: { phase: 'idle' } }] } });
    expect(await runAt(stage, '3')).toMatchObject({ exit: 0, outcome: 'committed' });
  });

  it.each([
    ['a major step of the app', '1.0.0+v3.0.0', [], 'held-major'],
    ['a major step of the recipe', '2.0.0+v2.9.0', [], 'held-major'],
    ['release notes', '1.1.0+v2.1.0', ['Needs a MANUAL  migration.'], 'held-notes'],
    ['harmless notes and a minor step', '1.1.0+v2.1.0', ['Fixes.'], null],
  ])('is held by %s', async (_, wanted, notes, reason) => {
    const stage = await setStage();
    const hold = 'hold: {major: true, notes_match: "(?i)manual +migration", notes: [./ctl, notes, "${version}"]}';
    await runAt(stage, '1.0.0+v2.0.0', [hold]);
    for (const text of notes) await writeFile(join(stage.folder, `notes-${wanted}`), text);
    const { exit, outcome, app } = await runAt(stage, wanted, [hold]);
    expect([exit, outcome]).toEqual(reason === null ? [0, 'committed'] : [1, 'held']);
    expect((await stage.log()).length).toBe(reason === null ? 2 : 1);
    expect(app?.alerts.map((alert) => alert.reason)).toEqual(reason === null ? [] : [reason]);
    if (reason === 'held-notes') expect(app?.alerts[0]?.detail).toContain('MANUAL  migration');
  });

  it('finds the release notes beside the state where no command prints them', async () => {
    const stage = await setStage();
    const hold = 'hold: {notes_match: "by hand"}';
    await runAt(stage, '1', [hold]);
    await mkdir(join(stage.folder, 'state', 'release-notes', 'proxy'), { recursive: true });
    await writeFile(join(stage.folder, 'state', 'release-notes', 'proxy', '2.md'), 'Convert the volumes by hand.');
    expect(await runAt(stage, '2', [hold])).toMatchObject({ exit: 1, outcome: 'held' });
  });

  it('takes its data back with it', async () => {
    const stage = await setStage();
    const stateful = 'rollback: {to: last_good, stateful: true, snapshot: [./ctl, snapshot, "${version}"], restore: [./ctl, restore, "${version}"]}';
    await runAt(stage, '1', [stateful]);
    expect(await runAt(stage, '2.bad', [stateful])).toMatchObject({ outcome: 'rolled-back' });
    expect(await stage.log()).toEqual(['deploy 1', 'snapshot 1', 'deploy 2.bad', 'restore 1', 'deploy 1']);
    expect(await runAt(stage, '3', ['rollback: {stateful: true}'])).toMatchObject({ exit: 3, outcome: 'unknown' });
  });

  it('is not touched when somebody else has changed it since', async () => {
    const stage = await setStage();
    await runAt(stage, '1');
    await stage.setRunning('theirs');
    expect(await runAt(stage, '1')).toMatchObject({ exit: 3, outcome: 'conflict' });
    expect(await stage.running()).toBe('theirs');
  });

  it('is deployed by one run at a time', async () => {
    const stage = await setStage();
    const infra = await stage.open(proxyAt(stage, '1'));
    const lock = await takeLock(infra.stateDir);
    const { exit, problems } = await reconcile(infra, []);
    expect([exit, problems[0]?.rule]).toEqual([75, 'locked']);
    expect(problems[0]?.message).toContain(String(process.pid));
    if (lock.held) await lock.release();
    expect((await reconcile(infra, [])).exit).toBe(0);
  });

  it('is not deployed over a state that cannot be relied on', async () => {
    const stage = await setStage();
    await runAt(stage, '1');
    const path = join(stage.folder, 'state', 'proxy.json');
    await writeFile(path, '{"schema": 1, "se');
    expect(await runAt(stage, '2')).toMatchObject({ exit: 2, problems: [{ rule: 'unreadable', path }] });
    expect(await stage.log()).toEqual(['deploy 1']);
    const infra = await stage.open(proxyAt(stage, '2'));
    expect((await showState(infra, [])).exit).toBe(2);
    const { data } = await repairApp(infra, 'proxy');
    expect(await readFile(data.apps[0]?.kept ?? '', 'utf8')).toBe('{"schema": 1, "se');
    expect(await runAt(stage, '2')).toMatchObject({ exit: 0 });
  });

  it('ends at a safe point when it is asked to stop, and goes on in the next run', async () => {
    const stage = await setStage();
    await runAt(stage, '1');
    const stop = new AbortController();
    const infra = await stage.open(proxyAt(stage, '2.bad'), { stop: stop.signal, say: (line) => { if (line.includes('gating')) stop.abort(); } });
    const { exit, data } = await reconcile(infra, []);
    expect([exit, data.apps[0]?.outcome]).toEqual([3, 'interrupted']);
    expect(await state(stage)).toMatchObject({ phase: 'gating' });
    expect(await runAt(stage, '2.bad')).toMatchObject({ outcome: 'rolled-back' });
  });

  it('leaves one line of evidence for every run, which fits its name', async () => {
    const stage = await setStage();
    const evidence = [(await reconcile(await stage.open(proxyAt(stage, '1'), { commit: 'abc1234' }), [])).data.evidence, (await checkInfra(await stage.open(proxyAt(stage, '1')), [])).data.evidence];
    const lines = (await readFile(join(stage.folder, 'state', 'evidence', 'runs.jsonl'), 'utf8')).trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { id: string }).id)).toEqual(evidence);
    expect(lines.map(isIntact)).toEqual([true, true]);
    expect(isIntact(lines[0]!.replace('committed', 'held'))).toBe(false);
    expect(JSON.parse(lines[0]!)).toMatchObject({ command: 'reconcile', commit: 'abc1234', apps: [{ app: 'proxy', outcome: 'committed', verdict: 'pass', samples: [{ verdict: 'pass', rounds: 2 }] }] });
  });
});

describe('refused before anything is touched', () => {
  it('a gate that cannot fail', async () => {
    const stage = await setStage();
    const apps = proxyAt(stage, '1').replace(/ {4}gate:.*\n/, `    gate: [{name: any, url: "https://127.0.0.1:${stage.port}/", tls: {verify: false}, expect: {status: [200, 503]}}]\n`);
    const { exit, data } = await reconcile(await stage.open(apps), []);
    expect([exit, data.apps[0]?.outcome, data.apps[0]?.controls[0]?.verdict]).toEqual([1, 'refused', 'toothless']);
    expect(await stage.log()).toEqual([]);
  });

  it('a gate that waits for what waits for it; the alert names the way', async () => {
    const stage = await setStage();
    const place = { path: 'infra.yaml', line: 7 };
    const edges = [{ from: 'deploy-proxy.service', to: 'page.service', why: 'gate', place, also: [] }, { from: 'page.service', to: 'deploy-proxy.service', why: 'After', place, also: [] }];
    const order: Order = { ...emptyOrder, answer: 'cycle', edges, cycles: [{ path: ['deploy-proxy.service', 'page.service', 'deploy-proxy.service'], edges, proposal: 'ask the proxy itself' }] };
    const infra = await stage.open(proxyAt(stage, '1', ['runs_in: deploy-proxy.service']), {}, order);
    const { exit, data } = await reconcile(infra, []);
    expect([exit, data.apps[0]?.outcome, data.apps[0]?.order]).toEqual([1, 'refused', 'cycle']);
    expect(data.apps[0]?.alerts).toMatchObject([{ reason: 'gate-cycle', detail: expect.stringContaining('deploy-proxy.service → page.service → deploy-proxy.service') }]);
    expect(await stage.log()).toEqual([]);
    expect((await checkInfra(infra, [])).exit).toBe(1);
  });

  it('an app that does not exist, with the nearest that does', async () => {
    const stage = await setStage();
    expect(await reconcile(await stage.open(proxyAt(stage, '1')), ['prox'])).toMatchObject({ exit: 2, problems: [{ rule: 'usage', next: 'Write proxy.' }] });
  });
});

describe('a check', () => {
  it('asks, and neither deploys nor alerts', async () => {
    const stage = await setStage();
    await runAt(stage, '1');
    await stage.setRunning('1.bad');
    const check = async () => checkInfra(await stage.open(proxyAt(stage, '1')), []);
    expect(await check()).toMatchObject({ exit: 1, data: { apps: [{ verdict: 'fail', outcome: null, probes: [{ name: 'api', of: 'gate', verdict: 'fail', result: { kind: 'answer', status: 503 } }] }] } });
    expect((await readdir(join(stage.folder, 'state'))).includes('alerts')).toBe(false);
    await stage.setRunning('1');
    expect((await check()).exit).toBe(0);
    expect(await stage.log()).toEqual(['deploy 1']);
  });

  it('closes by itself what its own gate raised, after `consecutive` checks in a row', async () => {
    const stage = await setStage();
    await runAt(stage, '1');
    const wrong = proxyAt(stage, '1').replace('${version.app}', '9');
    expect((await reconcile(await stage.open(wrong), [])).data.apps[0]).toMatchObject({ outcome: 'unhealthy', alerts: [{ reason: 'unhealthy-on-latest' }] });
    // Another gate passes: that says nothing about the one that failed.
    for (let n = 0; n < 3; n += 1) expect((await checkInfra(await stage.open(proxyAt(stage, '1')), [])).data.apps[0]?.alerts.length).toBe(1);
    await stage.setRunning('9');
    expect((await checkInfra(await stage.open(wrong), [])).data.apps[0]?.alerts.length).toBe(1);
    expect((await checkInfra(await stage.open(wrong), [])).data.apps[0]?.alerts.length).toBe(0);
    const { closed } = (await listAlerts(await stage.open(wrong))).data;
    expect(closed).toMatchObject([{ closed: { reason: 'gate-passed', by: 'docket' } }]);
  });

  it('names the parent whose fault explains that of a child', async () => {
    const stage = await setStage();
    await stage.setRunning('1.bad');
    const child = ['  page:', '    via: [proxy]', `    confirm: [{name: routed, url: "https://proxy.example.org/", pin: "127.0.0.1:${stage.port}", tls: {verify: false}, expect: {status: [200], json: {Version: "1"}}}]`, ''].join('\n');
    const apps = child + proxyAt(stage, '1');
    const { data } = await checkInfra(await stage.open(apps), []);
    expect(data.apps.map(({ app }) => app)).toEqual(['proxy', 'page']);
    expect(data.apps[1]?.alerts).toMatchObject([{ app: 'page', reason: 'confirm-failed', suppressed_by: 'proxy' }]);
    expect(data.apps[1]?.why).toBeNull();
  });

  it('lets a person close an alert, with why', async () => {
    const stage = await setStage();
    await runAt(stage, '1.bad');
    const infra = await stage.open(proxyAt(stage, '1'));
    expect(await closeOneAlert(infra, 'unhealthy-on-lates', { reason: 'false-alarm', by: 'me', evidence: null })).toMatchObject({ exit: 2 });
    expect(await closeOneAlert(infra, 'proxy-unhealthy-on-latest', { reason: 'false-alarm', by: 'me', evidence: null })).toMatchObject({ exit: 0, data: { alert: { closed: { reason: 'false-alarm' } } } });
    expect((await listAlerts(infra)).data.open).toEqual([]);
  });
});
