import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { beforeAll, describe, expect, it } from 'vitest';
import { readAlerts } from '../../../src/reconcile/alerts/alert-file.ts';
import { loopPhases } from '../../../src/reconcile/state/types.ts';
import { bundleScript } from '../bundle-script.ts';
import type { Stage } from '../run/stage.ts';
import { proxyAt, setStage } from '../run/stage.ts';

const rounds = process.env.DOCKET_LONG ? 2_000 : 100;
const atOnce = 3;

/** What is wanted, and in which state it must end whenever the run before was killed. */
const stories = [
  { name: 'good', before: '1', wanted: '2', phases: ['holding', 'snapshotting', 'deploying', 'gating', 'committing', 'idle'], end: { phase: 'idle', attempt: null, last_good: '2', bad: [] }, running: '2', outcomes: ['committed', 'noop'], alerts: [] },
  { name: 'bad', before: '1', wanted: '2.bad', phases: ['holding', 'snapshotting', 'deploying', 'gating', 'rolling-back', 'gating-rollback', 'idle'], end: { phase: 'idle', attempt: null, last_good: '1', bad: ['2.bad'] }, running: '1', outcomes: ['rolled-back', 'known-bad'], alerts: ['unhealthy-on-latest'] },
  { name: 'bad, and what was good is so no longer', before: '1.bad', wanted: '2.bad', phases: ['deploying', 'gating', 'rolling-back', 'gating-rollback', 'stuck'], end: { phase: 'stuck', last_good: '1.bad', bad: ['2.bad'] }, running: '1.bad', outcomes: ['stuck'], alerts: ['rollback-failed', 'unhealthy-on-latest'] },
] as const;

let script: string;
beforeAll(async () => {
  script = await bundleScript(new URL('./run-reconcile.ts', import.meta.url));
});

/** Starts a run; with `kill`, SIGKILL follows so many milliseconds after it announced that state, and at 0 before it is written. */
async function runOnce(stage: Stage, kill: { phase: string; afterMs: number } | null): Promise<{ signal: string | null; lines: string[] }> {
  const fatal = kill?.afterMs === 0 ? [`proxy: ${kill.phase}`] : [];
  const child = spawn(process.execPath, [script, join(stage.folder, 'infra.yaml'), stage.folder, ...fatal], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    if (kill !== null && line.startsWith(`proxy: ${kill.phase}`)) setTimeout(() => child.kill('SIGKILL'), kill.afterMs);
  });
  const [, signal] = (await once(child, 'close')) as [number | null, string | null];
  return { signal, lines };
}

async function playRound(round: number): Promise<{ killedIn: string | null }> {
  const story = stories[round % stories.length]!;
  const step = Math.floor(round / stories.length);
  const phase = story.phases[step % story.phases.length]!;
  // From at once to well into the act, in uneven steps.
  const afterMs = Math.floor(step / story.phases.length) * 7 % 60;
  const stage = await setStage();
  await mkdir(join(stage.folder, 'state'));
  await writeFile(join(stage.folder, 'state', 'proxy.json'), JSON.stringify({ schema: 1, seq: 1, phase: 'idle', attempt: null, last_good: story.before, previous_good: null, bad: [] }));
  await stage.setRunning(story.before);
  await writeFile(join(stage.folder, 'infra.yaml'), `version: 1\nstate_dir: state\napps:\n${proxyAt(stage, story.wanted, ['rollback: {stateful: true, snapshot: [./ctl, snapshot, "${version}"], restore: [./ctl, restore, "${version}"]}'], '50ms')}`);

  const first = await runOnce(stage, { phase, afterMs });
  const between = JSON.parse(await readFile(join(stage.folder, 'state', 'proxy.json'), 'utf8')) as { phase: string; last_good: string };
  expect(story.wanted === '2' ? ['1', '2'] : [story.before]).toContain(between.last_good);
  const last = await runOnce(stage, null);
  const said = JSON.parse(last.lines.at(-1) ?? '{}') as { outcome: string };
  const context = `${story.name}, killed ${afterMs} ms after ${phase}: ${JSON.stringify({ first, between, last })}`;
  expect(story.outcomes, context).toContain(said.outcome);
  expect(JSON.parse(await readFile(join(stage.folder, 'state', 'proxy.json'), 'utf8')), context).toMatchObject(story.end);
  expect(await stage.running(), context).toBe(story.running);
  const { open, closed } = await readAlerts(join(stage.folder, 'state', 'alerts'));
  expect(open.map(({ reason }) => reason).sort(), context).toEqual(story.alerts);
  expect(closed, context).toEqual([]);
  if (story.name === 'bad') expect(open[0]?.recovered, context).toBe(true);
  // One holder's file is all that is left of two locks, and nothing of a state that was being written.
  expect((await readdir(join(stage.folder, 'state'))).filter((name) => name.endsWith('.tmp')), context).toEqual([]);
  expect((await readdir(join(stage.folder, 'state'))).filter((name) => name.startsWith('lock.')).length, context).toBe(1);
  return { killedIn: first.signal === 'SIGKILL' ? between.phase : null };
}

describe('a run that is killed', () => {
  it(`${rounds} times, in every state: the next one ends as it must, with one alert, and last_good is never wrong`, async () => {
    const killedIn = new Map<string, number>();
    let next = 0;
    await Promise.all(Array.from({ length: atOnce }, async () => {
      while (next < rounds) {
        next += 1;
        const { killedIn: phase } = await playRound(next - 1);
        if (phase !== null) killedIn.set(phase, (killedIn.get(phase) ?? 0) + 1);
      }
    }));
    // The harness itself must have done what it says: kills in every state but perhaps the very last.
    const kills = [...killedIn.values()].reduce((sum, count) => sum + count, 0);
    expect(kills).toBeGreaterThan(rounds / 2);
    for (const phase of loopPhases) if (phase !== 'stuck') expect([...killedIn.keys()]).toContain(phase);
  }, rounds * 5_000);
});
