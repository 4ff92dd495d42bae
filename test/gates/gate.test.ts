import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { contractDigest } from '../../src/repro/receipts/digests.ts';
import { editReceipt, makeGateStage, type GateStage } from './gate-stage.ts';

let stage: GateStage;
beforeAll(async () => {
  stage = await makeGateStage();
});
afterAll(() => stage.remove());
beforeEach(() => stage.restore());

const gate: GateStage['gate'] = (...options) => stage.gate(...options);
const edit: GateStage['edit'] = (change) => stage.edit(change);

describe('a recording that holds', () => {
  test('allows the claim, and says how to make it', async () => {
    expect(await gate()).toMatchObject({ exit: 0, allowed: true, states: ['recorded proven fresh'], next: [expect.stringMatching(/^docket claim kite\/M3 /)] });
  });

  test('stays fresh when only the record is written', async () => {
    edit((journal) => `${journal}\nMore words.\n`);
    expect(await gate()).toMatchObject({ exit: 0, states: ['recorded proven fresh'] });
  });

  test('is fresh by its tree after an amend, a rebase and a squash', async () => {
    stage.git('checkout', '-q', '--orphan', 'rewritten', 'main');
    stage.git('commit', '-q', '--no-verify', '-m', 'all of it, squashed');
    expect((await gate()).rules).toEqual(['stale-base']);
    stage.git('checkout', '-q', '-B', 'amended', stage.base);
    stage.git('merge', '-q', '--squash', 'main');
    stage.git('commit', '-q', '--no-verify', '-m', 'the fix, told otherwise');
    expect(await gate()).toMatchObject({ exit: 0, states: ['recorded proven fresh-by-tree'] });
  });

  test('is fresh by its tree where the base was rewritten too', async () => {
    stage.git('checkout', '-q', '--orphan', 'elsewhere', stage.base);
    stage.git('commit', '-q', '--no-verify', '-m', 'a gauge, again');
    stage.git('cherry-pick', stage.fix, 'main');
    expect(await gate()).toMatchObject({ exit: 0, states: ['recorded proven fresh-by-tree'] });
  });
});

describe('a recording of other code', () => {
  test.each<[string, () => void, string]>([
    ['that was changed', () => stage.write('level', 'high \n'), 'level'],
    ['to which an untracked file came', () => stage.write('src/new.ts', 'x\n'), 'src/new.ts'],
    ['of which a file is gone', () => stage.git('rm', '-q', 'gauge.sh'), 'gauge.sh'],
    ['whose mode was changed', () => stage.git('update-index', '--chmod=+x', 'gauge.sh'), ''],
  ])('%s is stale, and names what', async (_, change, path) => {
    change();
    if (path === '') {
      stage.git('commit', '-q', '-m', 'mode');
      stage.git('checkout', '-q', '-f', 'HEAD');
    }
    const { exit, rules, missing } = await gate();
    expect([exit, rules[0]]).toEqual([1, 'stale-code']);
    expect(missing[0]).toContain(path);
  });

  test('is stale once it is committed, and recorded again it holds', async () => {
    stage.write('level', 'high\nsteady\n');
    stage.commit('fix(kite): steady', '2026-03-02T13:00:00Z');
    const { exit, rules, next } = await gate();
    expect([exit, rules, next[0]]).toEqual([1, ['stale-code'], 'docket record gauge --claim kite/M3']);
  });
});

describe('it fails closed', () => {
  test('without any reproduction', async () => {
    stage.write('machine-docs/STATUS-kite.md', '# STATUS\n\n## Gate: M9 — CLAIMED, awaiting Adversary\n');
    const { exit, stdout } = await stage.run('gate', 'M9', '--json');
    expect([exit, JSON.parse(stdout).data.allowed]).toEqual([1, false]);
  });

  test('where the base is gone', async () => {
    edit((journal) => editReceipt(journal.replaceAll(stage.base.slice(0, 12), 'ab'.repeat(6)), (receipt) => {
      receipt.base.commit = 'ab'.repeat(20);
      receipt.steps[0].at = 'ab'.repeat(20);
      receipt.base.tree = 'ef'.repeat(20);
      receipt.contract = contractDigest(/```console repro [^\n]*\n([\s\S]*?)\n```/.exec(stage.journal().replaceAll(stage.base.slice(0, 12), 'ab'.repeat(6)))?.[1] ?? '');
    }, 'fits'));
    expect(await gate()).toMatchObject({ exit: 1, rules: ['unresolved-base'] });
  });

  test('where HEAD is on no branch of the remote', async () => {
    const remote = mkdtempSync(join(tmpdir(), 'docket-remote-'));
    execFileSync('git', ['init', '-q', '--bare', remote]);
    stage.git('remote', 'add', 'origin', remote);
    expect(await gate()).toMatchObject({ exit: 1, rules: ['claim-not-pushed'], next: ['git push'] });
    stage.git('push', '-q', 'origin', 'main');
    expect((await gate()).exit).toBe(0);
    stage.git('remote', 'remove', 'origin');
    rmSync(remote, { recursive: true, force: true });
  });

  test('on a newer failed attempt', async () => {
    await stage.ask('record', 'gauge', '--claim', 'kite/M3', '--red', stage.base, 'bash gauge.sh', '--green', 'false', '--runs', '1');
    expect(await gate()).toMatchObject({ exit: 1, rules: expect.arrayContaining(['not-green']) });
  });

  test('where a level is asked for that it has not', async () => {
    stage.write('machine-docs/docket.yaml', 'evidence: {gates: {M3: replayed}}\n');
    expect(await gate()).toMatchObject({ exit: 1, rules: ['claim-without-evidence'], missing: [expect.stringContaining('expected replayed')] });
  });
});

describe('inputs', () => {
  test('that leave out what the fix changed are refused', async () => {
    await stage.ask('record', 'narrow', '--claim', 'kite/M3', '--inputs', 'docs/**', '--red', stage.base, 'bash gauge.sh', '--green', 'bash gauge.sh', '--neg', 'input', 'echo low > level; bash gauge.sh', '--runs', '1');
    expect(await gate()).toMatchObject({ exit: 1, rules: ['inputs-too-narrow'] });
  });

  test('keep it fresh while other files change', async () => {
    await stage.ask('record', 'gauge', '--claim', 'kite/M3', '--inputs', 'level,*.sh', '--red', stage.base, 'bash gauge.sh', '--green', 'bash gauge.sh', '--neg', 'revert', '--runs', '1');
    stage.write('docs/other.md', 'x\n');
    stage.commit('docs: other', '2026-03-02T14:00:00Z');
    expect(await gate()).toMatchObject({ exit: 0, states: ['recorded proven fresh'] });
  });
});

test('in another clone, and at a revision, it says the same', async () => {
  const copy = mkdtempSync(join(tmpdir(), 'docket-clone-'));
  cpSync(stage.dir, copy, { recursive: true });
  writeFileSync(join(copy, 'level'), 'changed\n');
  expect((await stage.run('-C', copy, 'gate', 'kite/M3')).exit).toBe(1);
  expect((await stage.run('-C', copy, 'gate', 'kite/M3', '--at', 'HEAD')).exit).toBe(0);
  rmSync(copy, { recursive: true, force: true });
});
