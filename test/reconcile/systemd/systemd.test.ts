import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/reconcile/clock.ts';
import { findDeadlock } from '../../../src/reconcile/deadlock/find-deadlock.ts';
import { openSystemctl } from '../../../src/reconcile/drivers/systemctl.ts';
import { openSystemdDriver } from '../../../src/reconcile/drivers/systemd-driver.ts';
import { readOrder } from '../../../src/reconcile/order/read-order.ts';
import type { ReadTree } from '../../../src/reconcile/order/types.ts';
import { matchPaths } from '../../../src/reconcile/order/globs.ts';
import { bundleScript } from '../bundle-script.ts';
import { mustSkip } from '../real-host.ts';
import type { Machine } from './machine.ts';
import { bootMachine } from './machine.ts';
import { drawUnits } from './unit-files.ts';

const unit = (name: string): string => `/etc/systemd/system/${name}`;
const early = '[Unit]\nDefaultDependencies=no\n';
const node = '/opt/node/node';
const drawnSets = [1, 2, 3, 4, 5, 6].map((seed) => drawUnits(`set${seed}`, seed));
const cyclic = {
  'ring-a.service': `${early}After=ring-c.service\n[Service]\nExecStart=/bin/true\n`,
  'ring-b.service': `${early}After=ring-a.service\n[Service]\nExecStart=/bin/true\n`,
  'ring-c.service': `${early}[Service]\nExecStart=/bin/true\n`,
  'ring-b.service.d/x.conf': '[Unit]\nBefore=ring-c.service\n',
  'ring.target': `${early}Wants=ring-a.service ring-b.service ring-c.service\n`,
};

/** Files as they stand in a repository, in memory. */
const treeOf = (files: Record<string, string>): ReadTree => ({
  list: async (globs) => Object.keys(files).filter(matchPaths(globs)),
  read: async (path) => files[path] ?? null,
});
const inFolder = (files: Record<string, string>, folder: string): Record<string, string> => Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));

describe.skipIf(mustSkip('a real systemd', ['unshare', 'nsenter', 'chroot', '/lib/systemd/systemd']))('a real systemd', () => {
  let machine: Machine;
  beforeAll(async () => {
    const reconciler = await readFile(await bundleScript(new URL('./boot-reconcile.ts', import.meta.url)), 'utf8');
    machine = await bootMachine({
      [unit('default.target')]: '[Unit]\nDefaultDependencies=no\nAllowIsolate=yes\nWants=deploy-proxy.service page.service\n',
      // The seed's fault: the unit ends when its gate has passed, and the gate asks a page that is started after the unit.
      [unit('deploy-proxy.service')]: `${early}[Service]\nType=oneshot\nRemainAfterExit=yes\nTimeoutStartSec=600\nExecStart=${node} /srv/reconcile.mjs /srv/infra.yaml /srv\nStandardError=append:/srv/log\n`,
      [unit('page.service')]: `${early}[Service]\nExecStart=${node} /srv/page.mjs\n`,
      [`${unit('page.service.d')}/order.conf`]: '[Unit]\nAfter=deploy-bridge.service\nWants=deploy-bridge.service\n',
      [unit('deploy-bridge.service')]: `${early}After=deploy-proxy.service\n[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/true\n`,
      [unit('versioned.service')]: `${early}[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/sh -c 'test "$$(cat /srv/version)" != bad'\n`,
      [unit('slow.service')]: `${early}[Service]\nType=oneshot\nExecStart=/bin/sleep 1000\n`,
      [unit('behind.service')]: `${early}After=slow.service\n[Service]\nExecStart=/bin/sleep 1000\n`,
      [unit('further.service')]: `${early}After=behind.service\n[Service]\nExecStart=/bin/sleep 1000\n`,
      [unit('beside.service')]: `${early}[Service]\nType=oneshot\nExecStart=/bin/sleep 1000\n`,
      ...Object.assign({}, ...drawnSets.map(({ files }) => inFolder(files, '/etc/systemd/system'))) as Record<string, string>,
      ...inFolder(cyclic, '/etc/systemd/system'),
      [unit('drawn.target')]: `${early}Wants=${drawnSets.map((_, n) => `set${n + 1}-all.target`).join(' ')}\n`,
      '/srv/reconcile.mjs': reconciler,
      '/srv/page.mjs': await readFile(new URL('./page.mjs', import.meta.url), 'utf8'),
      '/srv/ctl': '#!/bin/sh\ncd /srv\ncase $1 in current) cat running ;; deploy) echo "$2" >> deploys; echo "$2" > running ;; esac\n',
      '/srv/infra.yaml': [
        // What the repository knows of the order: that the gate asks the page. What the page waits for stands in a drop-in of the host.
        'version: 1', 'state_dir: state', 'apps:', '  page: {runs_in: page.service, serves: ["http://127.0.0.1:8080/"]}', '  proxy:', '    driver: {kind: exec, current: [./ctl, current], deploy: [./ctl, deploy, "${version}"]}', '    wanted: "1"', '    runs_in: deploy-proxy.service',
        '    gate: [{name: page, url: "http://127.0.0.1:8080/", expect: {status: [200], json: {Version: "1"}}}]',
        '    timing: {within: 10m, every: 200ms, timeout: 5s, consecutive: 2}', '',
      ].join('\n'),
      '/srv/state/proxy.json': JSON.stringify({ schema: 1, seq: 1, phase: 'idle', attempt: null, last_good: '0', previous_good: null, bad: [] }),
      '/srv/running': '0\n',
    });
  }, 120_000);
  afterAll(() => machine?.stop(), 60_000);

  const show = (name: string, property: string): string => machine.run('systemctl', 'show', name, `--property=${property}`, '--value').trim();
  const until = async (name: string, state: RegExp): Promise<void> => {
    while (!state.test(show(name, 'ActiveState'))) await pause(100);
  };

  it('lets the gate wait for what waits for it; that is seen at once, nothing is rolled back, and the next run goes through', async () => {
    await until('deploy-proxy.service', /failed/);
    expect(await machine.read('/srv/log')).toMatch(/"exit":1,"outcome":"deadlock","why":"[^"]*page\.service → deploy-bridge\.service → deploy-proxy\.service/);
    expect(await machine.read('/srv/deploys')).toBe('1\n');
    expect(await machine.read('/srv/running')).toBe('1\n');
    expect(JSON.parse(await machine.read('/srv/state/proxy.json'))).toMatchObject({ phase: 'gating', last_good: '0', bad: [] });
    const [alert = ''] = machine.run('ls', '/srv/state/alerts').trim().split('\n');
    expect(JSON.parse(await machine.read(`/srv/state/alerts/${alert}`))).toMatchObject({ app: 'proxy', reason: 'gate-deadlock', version: '1', last_good: '0' });
    // The unit has ended, so the page comes up, and the same version passes.
    await until('page.service', /active/);
    machine.run('systemctl', 'start', 'deploy-proxy.service');
    expect(JSON.parse(await machine.read('/srv/state/proxy.json'))).toMatchObject({ phase: 'idle', last_good: '1', previous_good: '0' });
    expect(await machine.read('/srv/deploys')).toBe('1\n');
    expect(machine.run('ls', '/srv/state/alerts').trim()).toBe('closed');
  });

  it('says which start jobs wait for which, through others too', async () => {
    machine.run('systemctl', 'start', '--no-block', 'slow.service', 'behind.service', 'further.service', 'beside.service');
    await until('slow.service', /activating/);
    const systemctl = openSystemctl(machine.systemctl, '/', systemClock);
    expect(await findDeadlock(systemctl, 'slow.service', ['further.service'])).toEqual(['further.service', 'behind.service', 'slow.service']);
    expect(await findDeadlock(systemctl, 'slow.service', ['beside.service'])).toBeNull();
    expect(await findDeadlock(systemctl, 'beside.service', ['further.service'])).toBeNull();
    expect(await findDeadlock(systemctl, 'page.service', ['further.service'])).toBeNull();
    machine.run('systemctl', 'stop', '--no-block', 'further.service', 'behind.service', 'slow.service', 'beside.service');
  });

  it('is driven: the version is written where the unit reads it, and the start is judged by the unit, not by an exit code', async () => {
    const systemctl = openSystemctl(machine.systemctl, '/', systemClock);
    const root = `/proc/${machine.systemctl[1]?.split('=')[1]}/root`;
    const driver = openSystemdDriver({ kind: 'systemd', unit: 'versioned.service', versionFile: `${root}/srv/version` }, { systemctl, clock: systemClock, cwd: '/', limitMs: 60_000 });
    expect(await driver.look()).toEqual({ kind: 'nothing' });
    expect(await driver.deploy('1.0')).toEqual({ kind: 'done', mark: null });
    expect(await driver.look()).toEqual({ kind: 'version', version: '1.0', mark: null });
    expect(show('versioned.service', 'ActiveState')).toBe('active');
    expect(await driver.deploy('bad')).toMatchObject({ kind: 'failed', why: expect.stringContaining('exit-code') });
    expect(await driver.deploy('1.1')).toEqual({ kind: 'done', mark: null });
    const none = openSystemdDriver({ kind: 'systemd', unit: 'nobody.service', versionFile: null }, { systemctl, clock: systemClock, cwd: '/', limitMs: 60_000 });
    expect(await none.look()).toEqual({ kind: 'nothing' });
    expect(await none.deploy('1')).toMatchObject({ kind: 'not-run' });
  });

  it.each(drawnSets)('reads unit files as our reader does: $names.0 and its like', async ({ names, files }) => {
    machine.run('systemctl', 'start', 'drawn.target');
    const { edges, unread } = await readOrder({ apps: [], order: { units: ['units/*.service', 'units/*.target', 'units/*@x.service'], compose: [] } }, treeOf(inFolder(files, 'units')));
    expect(unread).toEqual([]);
    const known = new Set(names);
    const blocks = machine.run('systemctl', 'show', ...names, '--property=Id,After').trim().split('\n\n');
    const theirs = blocks.map((block) => [/^Id=(.*)$/m.exec(block)?.[1], (/^After=(.*)$/m.exec(block)?.[1] ?? '').split(' ').filter((other) => known.has(other)).sort()]);
    const ours = names.map((name) => [name, [...new Set(edges.filter(({ from, to }) => from === name && known.has(to)).map(({ to }) => to))].sort()]);
    expect(ours).toEqual(theirs);
  });

  it('breaks an ordering cycle where our reader finds one', async () => {
    const order = await readOrder({ apps: [], order: { units: ['units/*'], compose: [] } }, treeOf(inFolder(cyclic, 'units')));
    expect(order.answer).toBe('cycle');
    expect(new Set(order.cycles[0]?.path)).toEqual(new Set(['ring-a.service', 'ring-b.service', 'ring-c.service']));
    // It may exit 0 all the same, so what it says counts.
    const said = machine.run('sh', '-c', 'systemd-analyze verify /etc/systemd/system/ring.target 2>&1 || true');
    expect(said).toMatch(/ordering cycle/i);
    for (const name of order.cycles[0]?.path ?? []) expect(said).toContain(name);
  });
});
