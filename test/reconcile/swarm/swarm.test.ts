import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/reconcile/clock.ts';
import { openEngine } from '../../../src/reconcile/drivers/engine-api.ts';
import { openSwarmDriver } from '../../../src/reconcile/drivers/swarm-driver.ts';
import type { DriverHandle } from '../../../src/reconcile/drivers/types.ts';
import { openInfra } from '../../../src/reconcile/run/open-infra.ts';
import { reconcile } from '../../../src/reconcile/run/reconcile.ts';
import { mustSkip } from '../real-host.ts';
import type { Engine } from './engine.ts';
import { freePort, makeImage, startEngine } from './engine.ts';

describe.skipIf(mustSkip('a real engine with Swarm', ['dockerd', 'docker', 'unshare', 'busybox']))('a service of a real Swarm', () => {
  let engine: Engine;
  let port: number;
  let folder: string;
  beforeAll(async () => {
    engine = await startEngine();
    port = await freePort();
    await makeImage(engine, 'v1.0.0', '{"Version": "1.0.0"}', port);
    await makeImage(engine, 'v1.1.0', '{"Version": "1.1.0"}', port);
    await makeImage(engine, 'v1.2.0', '{"Version": "something else"}', port);
    await makeImage(engine, 'v1.3.0', '', port, ['CMD ["/bin/false"]']);
    await makeImage(engine, 'v1.4.0', '{"Version": "1.4.0"}', port, ['HEALTHCHECK --interval=200ms --timeout=5s --retries=2 CMD ["/bin/false"]']);
  }, 120_000);
  afterAll(() => engine?.remove(), 120_000);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'docket-swarm-spec-'));
    engine.docker('service', 'create', '--detach', '--name', 'stack_app', '--network', 'host', '--no-resolve-image', '--stop-grace-period', '100ms', '--update-monitor', '500ms', '--restart-condition', 'none', 'app:v1.0.0');
  });
  afterEach(async () => {
    engine.docker('service', 'rm', 'stack_app');
    // The engine answers before the containers are gone, and they hold the port that the next service needs.
    while (engine.docker('ps', '--quiet').trim() !== '') await pause(50);
    await rm(folder, { recursive: true, force: true });
  });

  const driver = (): DriverHandle => openSwarmDriver({ kind: 'swarm', service: 'stack_app', image: null, socket: engine.socket }, { engine: openEngine(engine.socket), clock: systemClock, limitMs: 90_000, patienceMs: 60_000 });
  const image = (): string => engine.docker('service', 'inspect', 'stack_app', '--format', '{{.Spec.TaskTemplate.ContainerSpec.Image}}').trim();

  const run = async (wanted: string, say: (line: string) => void = () => {}) => {
    const spec = [
      'version: 1', 'state_dir: state', 'apps:', '  web:', `    driver: {kind: swarm, service: stack_app, socket: ${engine.socket}}`, `    wanted: ${wanted}`,
      `    gate: [{name: page, url: "http://127.0.0.1:${port}/", expect: {status: [200], json: {Version: "\${version.app}"}}}]`,
      '    timing: {within: 3s, every: 100ms, timeout: 10s, consecutive: 2}', '',
    ].join('\n');
    await writeFile(join(folder, 'infra.yaml'), spec);
    const opened = await openInfra({ file: join(folder, 'infra.yaml'), shownAs: 'infra.yaml', root: folder, env: {}, say });
    if (!opened.ok) throw new Error(JSON.stringify(opened.problems));
    const { exit, data } = await reconcile(opened.infra, []);
    const [app] = data.apps;
    return { exit, outcome: app?.outcome, why: app?.why, state: app?.state, alerts: app?.alerts.map(({ reason, recovered }) => ({ reason, recovered })) };
  };

  it('is brought up, kept, taken back after its gate fails, and after the engine itself gives up on it', async () => {
    expect(await run('2.0.0+v1.0.0')).toMatchObject({ exit: 0, outcome: 'committed' });
    expect(await run('2.0.0+v1.0.0')).toMatchObject({ exit: 0, outcome: 'noop' });
    expect(await run('2.1.0+v1.1.0')).toMatchObject({ exit: 0, outcome: 'committed', state: { last_good: '2.1.0+v1.1.0', previous_good: '2.0.0+v1.0.0' } });
    expect(image()).toBe('app:v1.1.0');
    expect(await run('2.2.0+v1.2.0')).toMatchObject({ exit: 1, outcome: 'rolled-back', alerts: [{ reason: 'unhealthy-on-latest', recovered: true }] });
    expect(image()).toBe('app:v1.1.0');
    expect(await run('2.3.0+v1.3.0')).toMatchObject({ exit: 1, outcome: 'rolled-back', state: { last_good: '2.1.0+v1.1.0', bad: ['2.2.0+v1.2.0', '2.3.0+v1.3.0'] } });
    expect(image()).toBe('app:v1.1.0');
  });

  it('whose tasks never become healthy is a failed update, whatever the engine said when it took it', async () => {
    expect(await driver().deploy('2.4.0+v1.4.0')).toMatchObject({ kind: 'failed', why: expect.stringContaining('paused') });
    expect(await driver().deploy('2.1.0+v1.1.0')).toMatchObject({ kind: 'done' });
  });

  it('that somebody else updates during the gate is theirs', async () => {
    await run('2.0.0+v1.0.0');
    const theirs = (line: string): void => {
      if (line.includes('gating 2.2.0')) engine.docker('service', 'update', '--detach', '--no-resolve-image', '--env-add', 'HOTFIX=1', 'stack_app');
    };
    expect(await run('2.2.0+v1.2.0', theirs)).toMatchObject({ exit: 3, outcome: 'conflict' });
    expect(image()).toBe('app:v1.2.0');
    expect(engine.docker('service', 'inspect', 'stack_app', '--format', '{{.Spec.TaskTemplate.ContainerSpec.Env}}')).toContain('HOTFIX');
  });

  it('that somebody else brings to another image between two runs is theirs, though it still carries our label', async () => {
    await run('2.0.0+v1.0.0');
    engine.docker('service', 'update', '--detach', '--no-resolve-image', '--image', 'app:v1.1.0', 'stack_app');
    expect(await run('2.0.0+v1.0.0')).toMatchObject({ exit: 3, outcome: 'conflict' });
    expect(image()).toBe('app:v1.1.0');
  });

  it('that somebody rolls back by hand during the update is theirs', async () => {
    await driver().deploy('2.0.0+v1.0.0');
    engine.docker('service', 'update', '--detach', '--update-delay', '0s', '--update-monitor', '20s', 'stack_app');
    const deployed = driver().deploy('2.1.0+v1.1.0');
    for (;;) {
      if (image() === 'app:v1.1.0') break;
      await new Promise((done) => setTimeout(done, 50));
    }
    engine.docker('service', 'rollback', '--detach', 'stack_app');
    expect(await deployed).toMatchObject({ kind: 'conflict' });
  });

  it('outlives an engine that is restarted in the middle of an update and between two runs', async () => {
    await run('2.0.0+v1.0.0');
    engine.docker('service', 'update', '--detach', '--update-monitor', '3s', 'stack_app');
    const deployed = driver().deploy('2.1.0+v1.1.0');
    for (;;) {
      if (image() === 'app:v1.1.0') break;
      await new Promise((done) => setTimeout(done, 50));
    }
    await engine.stop();
    await engine.start();
    expect(await deployed).toMatchObject({ kind: 'done' });
    expect(await driver().look()).toMatchObject({ kind: 'version', version: '2.1.0+v1.1.0' });
    // Who did that was not this state's run: the version is a stranger until it is wanted.
    expect(await run('2.0.0+v1.0.0')).toMatchObject({ outcome: 'conflict' });
    expect(await run('2.1.0+v1.1.0')).toMatchObject({ exit: 0, outcome: 'committed' });
  });

  it('that does not exist is not created; an engine that is not there is no verdict', async () => {
    const elsewhere = (socket: string, service: string): DriverHandle => openSwarmDriver({ kind: 'swarm', service, image: null, socket }, { engine: openEngine(socket), clock: systemClock, limitMs: 1000, patienceMs: 0 });
    expect(await elsewhere(engine.socket, 'nobody').look()).toEqual({ kind: 'nothing' });
    expect(await elsewhere(engine.socket, 'nobody').deploy('1')).toMatchObject({ kind: 'not-run' });
    expect(await elsewhere(join(folder, 'no.sock'), 'stack_app').look()).toMatchObject({ kind: 'unknown' });
    expect(await elsewhere(join(folder, 'no.sock'), 'stack_app').deploy('1')).toMatchObject({ kind: 'not-run' });
  });
});
