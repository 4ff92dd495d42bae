import { chmodSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { journalPath, makeStage, proof, surroundings, type Stage } from './stage.ts';

let stage: Stage;
let recorded: string;
beforeAll(async () => {
  stage = makeStage();
  await stage.ask('record', 'gauge', ...proof(stage), '--runs', '1');
  recorded = stage.commit('journal(kite): gauge recorded', '2026-03-02T12:00:00Z');
});
afterAll(() => stage.remove());
beforeEach(async () => {
  stage.git('checkout', '-q', '-f', 'main');
  stage.git('reset', '-q', '--hard', recorded);
  stage.git('clean', '-qfd');
  await stage.ask('consent', 'revoke', 'all');
});

describe('what comes out', () => {
  beforeEach(async () => {
    await stage.consentTo('gauge');
  });

  test('warm: the same, and nothing is written', async () => {
    const before = [...surroundings(stage), stage.git('status', '--porcelain')];
    const { ok, data } = await stage.ask('replay', 'gauge');
    expect([ok, data.verdict, data.cold, data.receipt, data.commit]).toEqual([true, 'proven', false, null, recorded]);
    expect([...surroundings(stage), stage.git('status', '--porcelain')]).toEqual(before);
  });

  test('warm: uncommitted changes are what is tested', async () => {
    stage.write('level', 'low\n');
    const { ok, data } = await stage.ask('replay', 'gauge');
    expect([ok, data.verdict, data.commit]).toEqual([false, 'mismatch', null]);
  });

  test('cold: a receipt, of the level that its maker can give', async () => {
    const levelOf = async (): Promise<string> => (await stage.ask('show', 'gauge')).data.entry.level;
    const own = await stage.ask('replay', 'gauge', '--cold');
    expect([own.data.verdict, own.data.receipt.by, own.data.receipt.path]).toEqual(['proven', 'builder', expect.stringMatching(/^machine-docs\/evidence\/replay-gauge-\w+\.json$/)]);
    expect(await levelOf()).toBe('recorded');
    const { data } = await stage.ask('--role', 'adversary', 'replay', 'kite/M3', '--cold');
    expect([data.receipt.by, data.receipt.path, await levelOf()]).toEqual(['adversary', 'machine-docs/REVIEW-kite.md', 'replayed']);
    expect(stage.read('machine-docs/REVIEW-kite.md')).toMatch(/\n## M3 — replayed gauge cold @[^\n]*, proven, no verdict\n\n<!-- docket-receipt v1 /);
    expect((await stage.ask('list', 'verdict')).data.total).toBe(0);
    stage.commit('status(kite): the Builder commits a replay of the Adversary', '2026-03-02T14:00:00Z');
    expect(await levelOf()).toBe('recorded');
  });

  test('cold: what is not committed is not there', async () => {
    stage.write('level', 'low\n');
    expect((await stage.ask('replay', 'gauge', '--cold', '--dry-run')).data.verdict).toBe('proven');
    stage.commit('fix(kite): lower it again', '2026-03-02T13:00:00Z');
    expect((await stage.ask('replay', 'gauge', '--cold', '--dry-run')).data.verdict).toBe('mismatch');
  });

  test('cold: no remote, no hook, no configuration, an empty HOME', async () => {
    stage.write('.git/hooks/post-checkout', '#!/bin/sh\ntouch ran\n');
    chmodSync(join(stage.dir, '.git/hooks/post-checkout'), 0o755);
    stage.git('config', 'user.name', 'Somebody');
    stage.write(journalPath, '# JOURNAL\n\n## 2026-03-02 — x\n\n```console repro id=bare\n# green\n$ git remote; git config --get user.name; git symbolic-ref -q HEAD; ls -A "$HOME"; [ -e ran ] && echo ran; true\n→\n→? 0\n```\n');
    await stage.consentTo('bare');
    expect((await stage.ask('replay', 'bare', '--cold')).data.steps).toMatchObject([{ outcome: 'match' }]);
    stage.git('config', '--unset', 'user.name');
    rmSync(join(stage.dir, '.git/hooks/post-checkout'));
  });

  test('a recorded red that passes now is a mismatch', async () => {
    const journal = stage.journal().replace(/# red @\w+/, `# red @${stage.fix}`);
    stage.write(journalPath, journal);
    await stage.consentTo('gauge');
    const { ok, data, diagnostics } = await stage.ask('replay', 'gauge');
    expect([ok, data.verdict, data.judgement, data.steps[0].outcome]).toEqual([false, 'mismatch', 'vacuous-red', 'mismatch']);
    expect(diagnostics[0]?.rule).toBe('mismatch');
  });

  test('a failed teardown says that state is left behind; it is run whatever happened', async () => {
    stage.write(journalPath, '# JOURNAL\n\n## 2026-03-02 — x\n\n```console repro id=torn\n# setup\n$ exit 9\n→? 0\n\n# green\n$ bash gauge.sh\n→? 0\n\n# teardown\n$ echo ran; exit 1\n→ ran\n→? 0\n```\n');
    await stage.consentTo('torn');
    const { data, diagnostics } = await stage.ask('replay', 'torn');
    expect(data.steps.map(({ role, outcome }: Record<string, string>) => `${role} ${outcome}`)).toEqual(['setup exit-mismatch', 'green skipped', 'teardown exit-mismatch']);
    expect(diagnostics.map(({ rule }) => rule)).toContain('state-left-behind');
  });
});

test('prepare makes a workspace ready; its failure is inconclusive, and it needs consent too', async () => {
  stage.write('machine-docs/docket.yaml', 'prepare: [bash, -c, "echo tool > installed"]\n');
  const steps = ['--phase', 'kite', '--green', 'cat installed'];
  expect((await stage.run('record', 'ready', ...steps)).exit).toBe(4);
  const { data } = await stage.ask('record', 'ready', ...steps, '--plan');
  expect(data.plan.steps[0]).toMatchObject({ role: 'prepare', command: "bash -c 'echo tool > installed'" });
  const { data: made } = await stage.ask('record', 'ready', ...steps, '--consent', data.plan.digest, '--dry-run');
  expect(made.steps).toMatchObject([{ role: 'green', outcome: 'match' }]);
  expect(existsSync(join(stage.dir, 'installed'))).toBe(false);
  stage.write('machine-docs/docket.yaml', 'prepare: [bash, -c, "echo no network >&2; exit 1"]\n');
  const { data: plan } = await stage.ask('record', 'ready', ...steps, '--plan');
  const { exit, stdout } = await stage.run('record', 'ready', ...steps, '--consent', plan.plan.digest, '--dry-run', '--json');
  expect([exit, JSON.parse(stdout).data.steps[0].why]).toEqual([3, expect.stringContaining('no network')]);
  expect(readFileSync(join(stage.dir, 'level'), 'utf8')).toBe('high\n');
});
