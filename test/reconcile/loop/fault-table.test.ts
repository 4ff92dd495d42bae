import { describe, expect, it } from 'vitest';
import type { AppState } from '../../../src/reconcile/state/types.ts';
import { newState } from '../../../src/reconcile/state/types.ts';
import { Killed, newWorld, rulesFor, run, runOrDie } from './simulated-world.ts';
import type { World } from './simulated-world.ts';

const deploysOf = (world: World): string[] => world.acts.filter((act) => act.startsWith('deploy')).map((act) => act.replace(/ \[.*/, ''));
const good = (last: string, change: Partial<AppState> = {}): AppState => ({ ...newState(), last_good: last, ...change });
/** Kills once, at the first moment called so. */
const killAt = (wanted: string): World['interfere'] => {
  let left = 1;
  return (moment) => {
    if (moment === wanted && left > 0) {
      left -= 1;
      throw new Killed();
    }
  };
};

describe('a run of the loop', () => {
  it('commits what is healthy, and writes every phase before the act that belongs to it', async () => {
    const world = newWorld({ running: '1', disk: good('1') });
    const result = await run(world, rulesFor('2', { stateful: true }));
    expect(result.outcome).toBe('committed');
    expect(world.disk).toMatchObject({ phase: 'idle', attempt: null, last_good: '2', previous_good: '1', bad: [] });
    expect(world.writes.map(({ phase }) => phase)).toEqual(['holding', 'snapshotting', 'deploying', 'gating', 'committing', 'idle']);
    expect(world.writes.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(world.acts.filter((act) => !/^(save|look)/.test(act))).toEqual(['hold 1 2 [holding]', 'snapshot 1 [snapshotting]', 'deploy 2 [deploying]', 'gate 2 [gating]', 'close [committing]']);
  });

  it('takes back what is unhealthy, with its data, asks the gate again and leaves one alert', async () => {
    const world = newWorld({ running: '1', disk: good('1'), healthy: (version) => version !== '2' });
    const result = await run(world, rulesFor('2', { stateful: true }));
    expect(result.outcome).toBe('rolled-back');
    expect(world.running).toBe('1');
    expect(world.disk).toMatchObject({ phase: 'idle', attempt: null, last_good: '1', bad: ['2'] });
    expect(world.acts.filter((act) => !/^(save|look)/.test(act)).slice(-7)).toEqual([
      'deploy 2 [deploying]', 'gate 2 [gating]', 'alert unhealthy-on-latest [rolling-back]', 'restore 1 [rolling-back]', 'deploy 1 [rolling-back]', 'gate 1 [gating-rollback]', 'recovered [gating-rollback]',
    ]);
    expect([...world.alerts]).toEqual([['unhealthy-on-latest 2', { count: 1, countedFor: 'run-1', recovered: true }]]);
  });

  it('does not deploy again what failed before, but counts its alert, until a person says so', async () => {
    const world = newWorld({ running: '1', disk: good('1'), healthy: (version) => version !== '2' });
    await run(world, rulesFor('2'));
    const again = await run(world, rulesFor('2'));
    expect(again.outcome).toBe('known-bad');
    expect(deploysOf(world)).toEqual(['deploy 2', 'deploy 1']);
    expect(world.alerts.get('unhealthy-on-latest 2')).toMatchObject({ count: 2, recovered: true });
  });

  it('deploys again where a person asked for it, even when that version runs already', async () => {
    const asked = { version: '2', id: 'asked', n: 0, boot_id: 'boot-1', mark: null };
    const world = newWorld({ running: '2', disk: good('1', { attempt: asked }) });
    expect((await run(world, rulesFor('2'))).outcome).toBe('committed');
    expect(deploysOf(world)).toEqual(['deploy 2']);
  });

  it('is stuck when the rollback is unhealthy too, and does nothing more until a person has been there', async () => {
    const world = newWorld({ running: '1', disk: good('1'), healthy: () => false });
    expect((await run(world, rulesFor('2'))).outcome).toBe('stuck');
    const before = world.acts.length;
    expect((await run(world, rulesFor('3'))).outcome).toBe('stuck');
    expect(world.acts.slice(before)).toEqual(['alert rollback-failed [stuck]']);
    expect(world.alerts.get('rollback-failed 2')).toMatchObject({ count: 2 });
    expect(world.disk).toMatchObject({ phase: 'stuck', last_good: '1' });
  });

  it('is stuck when the rollback itself fails', async () => {
    const world = newWorld({ running: '1', disk: good('1'), healthy: () => false, deploys: (version) => (version === '1' ? { kind: 'failed', why: 'no' } : { kind: 'done', mark: null }) });
    expect((await run(world, rulesFor('2'))).outcome).toBe('stuck');
  });

  it.each([
    ['no last good version', newState(), ['3']],
    ['the last good version itself', good('3'), []],
  ])('only alerts when what is unhealthy is %s', async (_, disk, bad) => {
    const world = newWorld({ disk, healthy: () => false });
    expect((await run(world, rulesFor('3'))).outcome).toBe('unhealthy');
    expect(deploysOf(world)).toEqual(['deploy 3']);
    expect(world.disk).toMatchObject({ phase: 'idle', bad });
    expect([...world.alerts.keys()]).toEqual(['unhealthy-on-latest 3']);
  });

  it.each([
    [true, 'noop', []],
    [false, 'unhealthy', ['unhealthy-on-latest 2']],
  ])('deploys nothing when the wanted version is the last good one and runs (healthy: %s)', async (healthy, outcome, alerts) => {
    const world = newWorld({ running: '2', disk: good('2'), healthy: () => healthy });
    expect((await run(world, rulesFor('2'))).outcome).toBe(outcome);
    expect(deploysOf(world)).toEqual([]);
    expect(world.writes).toEqual([]);
    expect([...world.alerts.keys()]).toEqual(alerts);
  });

  it('takes over a healthy version that a person has brought up, and does not roll it back when it is unhealthy', async () => {
    const adopted = newWorld({ running: '2', disk: good('1') });
    expect((await run(adopted, rulesFor('2'))).outcome).toBe('committed');
    expect(adopted.disk.last_good).toBe('2');
    const left = newWorld({ running: '2', disk: good('1'), healthy: () => false });
    expect((await run(left, rulesFor('2'))).outcome).toBe('unhealthy');
    expect(left.disk).toMatchObject({ phase: 'idle', last_good: '1', bad: [] });
    expect([...deploysOf(adopted), ...deploysOf(left)]).toEqual([]);
  });

  it.each(['held-major', 'held-notes'] as const)('touches nothing when %s', async (reason) => {
    const world = newWorld({ running: '1', disk: good('1'), hold: { kind: 'held', reason, why: 'a person, please' } });
    const result = await run(world, rulesFor('2', { stateful: true }));
    expect(result).toMatchObject({ outcome: 'held', why: 'a person, please' });
    expect(world.acts.filter((act) => /^(deploy|snapshot|gate)/.test(act))).toEqual([]);
    expect(world.disk).toMatchObject({ phase: 'idle', attempt: null, last_good: '1', bad: [] });
    expect([...world.alerts.keys()]).toEqual([`${reason} 2`]);
  });

  it('does not deploy a stateful app without its snapshot', async () => {
    const world = newWorld({ running: '1', disk: good('1'), snapshotFails: 'disk full' });
    expect(await run(world, rulesFor('2', { stateful: true }))).toMatchObject({ outcome: 'unknown', why: expect.stringContaining('disk full') });
    expect(deploysOf(world)).toEqual([]);
    expect(world.disk.phase).toBe('idle');
  });

  it('does nothing when the intent cannot be written', async () => {
    const world = newWorld({ running: '1', disk: good('1') });
    world.interfere = (moment) => {
      if (moment === 'before save deploying') throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
    };
    expect(await run(world, rulesFor('2'))).toMatchObject({ outcome: 'not-written', why: expect.stringContaining('no space left') });
    expect(deploysOf(world)).toEqual([]);
    expect(world.running).toBe('1');
  });

  it('does not roll back when the alert cannot be written', async () => {
    const world = newWorld({ running: '1', disk: good('1'), healthy: (version) => version !== '2' });
    world.interfere = (moment) => {
      if (moment === 'before alert unhealthy-on-latest') throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
    };
    expect((await run(world, rulesFor('2'))).outcome).toBe('not-written');
    expect(world.disk.phase).toBe('rolling-back');
    world.interfere = () => {};
    expect((await run(world, rulesFor('2'))).outcome).toBe('rolled-back');
  });
});

describe('what cannot be found out', () => {
  it.each([
    ['what runs', { sees: () => ({ kind: 'unknown', why: 'engine away' }) as const }],
    ['what runs, once something was good', { sees: () => ({ kind: 'failed', why: 'exit 1' }) as const }],
    ['whether to hold', { hold: { kind: 'unknown', why: 'no notes' } as const }],
  ])('%s: nothing is touched', async (_, change) => {
    const world = newWorld({ running: '1', disk: good('1'), ...change });
    expect((await run(world, rulesFor('2'))).outcome).toBe('unknown');
    expect(deploysOf(world)).toEqual([]);
    expect(world.disk).toMatchObject({ phase: 'idle', bad: [] });
  });

  it('takes a failing `current` for an empty place before the first deploy', async () => {
    const world = newWorld();
    world.sees = () => (world.running === null ? { kind: 'failed', why: 'exit 1' } : { kind: 'version', version: world.running, mark: null });
    expect((await run(world, rulesFor('2'))).outcome).toBe('committed');
  });

  it.each(['unknown', 'deadlock'] as const)('a gate that ends as %s neither commits nor rolls back, and is asked again', async (end) => {
    const world = newWorld({ running: '1', disk: good('1') });
    world.gate = () => end;
    expect((await run(world, rulesFor('2'))).outcome).toBe(end);
    expect(world.disk).toMatchObject({ phase: 'gating', last_good: '1', bad: [] });
    expect([...world.alerts.keys()]).toEqual(end === 'deadlock' ? ['gate-deadlock 2'] : []);
    world.gate = () => 'pass';
    expect((await run(world, rulesFor('2'))).outcome).toBe('committed');
    expect(deploysOf(world)).toEqual(['deploy 2']);
  });

  it('does not count as a failure what could not be begun', async () => {
    const world = newWorld({ running: '1', disk: good('1'), deploys: () => ({ kind: 'not-run', why: 'no such program' }) });
    expect((await run(world, rulesFor('2'))).outcome).toBe('unknown');
    expect(world.disk).toMatchObject({ phase: 'idle', attempt: null, bad: [] });
  });

  it.each([
    ['2', ['deploy 2']],
    ['1', ['deploy 2', 'deploy 2']],
  ])('a deploy whose end is not known is looked at by the next run (%s runs)', async (running, deploys) => {
    const world = newWorld({ running: '1', disk: good('1'), deploys: () => ({ kind: 'unknown', why: 'connection lost' }) });
    expect((await run(world, rulesFor('2'))).outcome).toBe('unknown');
    expect(world.disk).toMatchObject({ phase: 'deploying', bad: [] });
    Object.assign(world, { running, deploys: () => ({ kind: 'done', mark: null }) });
    expect((await run(world, rulesFor('2'))).outcome).toBe('committed');
    expect(deploysOf(world)).toEqual(deploys);
  });
});

describe('a run that was killed', () => {
  it.each([
    ['healthy', true, 'committed', '2'],
    ['unhealthy', false, 'rolled-back', '1'],
  ])('after the deploy: the gate decides over what is %s, after one more deploy where it fails', async (_, healthy, outcome, running) => {
    const world = newWorld({ running: '1', disk: good('1'), healthy: (version) => version !== '2' || healthy, interfere: killAt('after deploy 2') });
    expect(await runOrDie(world, rulesFor('2'))).toBeNull();
    expect(world.disk).toMatchObject({ phase: 'deploying', bad: [] });
    expect((await run(world, rulesFor('2'))).outcome).toBe(outcome);
    expect(world.running).toBe(running);
    expect(deploysOf(world)).toEqual(healthy ? ['deploy 2'] : ['deploy 2', 'deploy 2', 'deploy 1']);
  });

  it('before the deploy: it is deployed once more', async () => {
    const world = newWorld({ running: '1', disk: good('1'), interfere: killAt('before deploy 2') });
    expect(await runOrDie(world, rulesFor('2'))).toBeNull();
    expect((await run(world, rulesFor('2'))).outcome).toBe('committed');
    expect(deploysOf(world)).toEqual(['deploy 2']);
  });

  it('again and again in the same boot: what is only interrupted does not become bad', async () => {
    const world = newWorld({ running: '1', disk: good('1') });
    for (let n = 0; n < 5; n += 1) {
      world.interfere = killAt('before deploy 2');
      expect(await runOrDie(world, rulesFor('2'))).toBeNull();
    }
    world.interfere = () => {};
    expect((await run(world, rulesFor('2'))).outcome).toBe('committed');
  });

  it('by a version that takes the host down with it: rolled back after the second time', async () => {
    const world = newWorld({ running: '1', disk: good('1'), interfere: (moment) => { if (moment === 'after deploy 2') throw new Killed(); } });
    expect(await runOrDie(world, rulesFor('2'))).toBeNull();
    Object.assign(world, { boot: 'boot-2', running: '1' });
    expect(await runOrDie(world, rulesFor('2'))).toBeNull();
    world.boot = 'boot-3';
    expect((await run(world, rulesFor('2'))).outcome).toBe('rolled-back');
    expect(world.running).toBe('1');
  });

  it('while rolling back: rolled back again, asked again, one alert', async () => {
    const world = newWorld({ running: '1', disk: good('1'), healthy: (version) => version !== '2', interfere: killAt('before deploy 1') });
    expect(await runOrDie(world, rulesFor('2'))).toBeNull();
    expect((await run(world, rulesFor('2'))).outcome).toBe('rolled-back');
    expect(world.running).toBe('1');
    expect([...world.alerts]).toEqual([['unhealthy-on-latest 2', { count: 1, countedFor: 'run-1', recovered: true }]]);
  });

  it('between two wishes: the attempt that nobody wants any more gives way to the new one', async () => {
    const world = newWorld({ running: '1', disk: good('1'), interfere: killAt('after deploy 2') });
    expect(await runOrDie(world, rulesFor('2'))).toBeNull();
    expect((await run(world, rulesFor('3'))).outcome).toBe('committed');
    expect(world.disk).toMatchObject({ last_good: '3', previous_good: '1', bad: [] });
  });

  it('and whose wish was withdrawn: back to the good version with its data, nothing is bad, nobody is alerted', async () => {
    const world = newWorld({ running: '1', disk: good('1'), interfere: killAt('after deploy 2') });
    expect(await runOrDie(world, rulesFor('2', { stateful: true }))).toBeNull();
    expect((await run(world, rulesFor('1', { stateful: true }))).outcome).toBe('rolled-back');
    expect(world.acts.some((act) => act.startsWith('restore 1'))).toBe(true);
    expect(world.disk).toMatchObject({ phase: 'idle', last_good: '1', bad: [] });
    expect(world.alerts.size).toBe(0);
  });

  it('while committing: committed first, then what is wanted by now', async () => {
    const world = newWorld({ running: '1', disk: good('1'), interfere: killAt('before close') });
    expect(await runOrDie(world, rulesFor('2'))).toBeNull();
    expect(world.disk.phase).toBe('committing');
    expect((await run(world, rulesFor('3'))).outcome).toBe('committed');
    expect(world.disk).toMatchObject({ last_good: '3', previous_good: '2' });
  });
});

describe('a person who changes the service meanwhile', () => {
  const changes = (moment: string, version: string): World['interfere'] => (now, world) => {
    if (now === moment) world.running = version;
  };

  it.each([
    ['while the gate is asked', 'after gate 2', () => true],
    ['while a failing gate is asked', 'after gate 2', (version: string) => version === '1'],
    ['while the rollback is on trial', 'after gate 1', (version: string) => version === '1'],
    ['while a failing rollback is on trial', 'after gate 1', () => false],
  ])('%s is not rolled over', async (_, moment, healthy) => {
    const world = newWorld({ running: '1', disk: good('1'), healthy, interfere: changes(moment, 'theirs') });
    const result = await run(world, rulesFor('2'));
    expect(result).toMatchObject({ outcome: 'conflict', why: expect.stringContaining('theirs') });
    expect(world.running).toBe('theirs');
    expect(world.disk).toMatchObject({ phase: 'idle', attempt: null, last_good: '1' });
  });

  it('between two runs keeps what they brought up, until it is wanted or gone', async () => {
    const world = newWorld({ running: 'theirs', disk: good('1') });
    for (const wanted of ['1', '2']) expect((await run(world, rulesFor(wanted))).outcome).toBe('conflict');
    expect(deploysOf(world)).toEqual([]);
    expect((await run(world, rulesFor('theirs'))).outcome).toBe('committed');
    expect(world.disk.last_good).toBe('theirs');
  });

  it.each(['deploying', 'gating', 'committing', 'rolling-back', 'gating-rollback'] as const)('between a kill while %s and the next run is not rolled over', async (phase) => {
    const attempt = { version: '2', id: 'run-0', n: 1, boot_id: 'boot-1', mark: null };
    const bad = phase === 'rolling-back' || phase === 'gating-rollback' ? ['2'] : [];
    const world = newWorld({ running: 'theirs', disk: good('1', { phase, attempt, bad }) });
    expect((await run(world, rulesFor('2'))).outcome).toBe('conflict');
    expect(world.running).toBe('theirs');
    expect(deploysOf(world)).toEqual([]);
  });

  it('without touching its version is known by the mark', async () => {
    const marks = ['ours', 'theirs'];
    const world = newWorld({ running: '1', disk: good('1'), healthy: () => false, deploys: () => ({ kind: 'done', mark: 'ours' }) });
    world.sees = () => ({ kind: 'version', version: world.running ?? '', mark: world.running === '2' ? (marks[1] ?? null) : null });
    expect((await run(world, rulesFor('2'))).outcome).toBe('conflict');
    expect(world.running).toBe('2');
  });

  it('of which the driver tells is left alone', async () => {
    const world = newWorld({ running: '1', disk: good('1'), deploys: () => ({ kind: 'conflict', why: 'updated by somebody else' }) });
    expect((await run(world, rulesFor('2'))).outcome).toBe('conflict');
  });
});

describe('SIGTERM', () => {
  it.each([
    ['after hold 1 2', 'deploying', '1'],
    ['after deploy 2', 'gating', '2'],
    ['after alert unhealthy-on-latest', 'rolling-back', '2'],
    ['after deploy 1', 'gating-rollback', '1'],
  ])('%s: the act is ended, the next one not begun, and the next run goes on', async (moment, phase, running) => {
    const world = newWorld({ running: '1', disk: good('1'), healthy: (version) => version !== '2' });
    world.interfere = (now) => {
      if (now === moment) world.stop.abort();
    };
    expect((await run(world, rulesFor('2'))).outcome).toBe('interrupted');
    expect(world.disk.phase).toBe(phase);
    expect(world.running).toBe(running);
    Object.assign(world, { stop: new AbortController(), interfere: () => {} });
    expect((await run(world, rulesFor('2'))).outcome).toBe('rolled-back');
  });
});

describe('a service whose versions cannot be told apart', () => {
  it('is deployed when another version is wanted, and taken to be what the state says', async () => {
    const world = newWorld({ disk: good('1'), gate: () => 'pass', sees: () => ({ kind: 'unversioned' }) });
    expect((await run(world, rulesFor('1'))).outcome).toBe('noop');
    expect((await run(world, rulesFor('2'))).outcome).toBe('committed');
    expect(deploysOf(world)).toEqual(['deploy 2']);
  });
});
