import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { journalPath, makeStage, proof, type Stage } from '../runner/stage.ts';
import { editReceipt, type Receipt } from './gate-stage.ts';

/** Recorded with a link, a nested repository and a file whose line ends are converted among its code. */
let stage: Stage;
let recorded: string;
const nested = 'ab'.repeat(20);
beforeAll(async () => {
  stage = makeStage();
  symlinkSync('level', join(stage.dir, 'link'));
  stage.write('.gitattributes', '*.crlf text eol=crlf\n*.big filter=big\n');
  stage.write('lines.crlf', 'one\r\ntwo\r\n');
  stage.write('whole.big', 'big\n');
  stage.commit('feat(kite): a link', '2026-03-02T11:10:00Z');
  stage.git('update-index', '--add', '--cacheinfo', `160000,${nested},nested`);
  mkdirSync(join(stage.dir, 'nested'));
  stage.git('commit', '-q', '--no-verify', '-m', 'feat(kite): a nested repository');
  const { data } = await stage.ask('record', 'gauge', ...proof(stage), '--runs', '1');
  expect(data.verdict).toBe('proven');
  stage.git('add', 'machine-docs');
  stage.git('commit', '-q', '--no-verify', '-m', 'journal(kite): gauge recorded');
  recorded = stage.git('rev-parse', 'HEAD');
});
afterAll(() => stage.remove());
beforeEach(() => {
  stage.git('checkout', '-q', '-f', 'main');
  stage.git('reset', '-q', '--hard', recorded);
  stage.git('clean', '-qfd');
  mkdirSync(join(stage.dir, 'nested'), { recursive: true });
});

async function gate(...options: string[]): Promise<{ exit: number; state: string; changed: string[]; rules: string[]; warnings: string[]; next: string }> {
  const { exit, stdout } = await stage.run('gate', 'kite/M3', ...options, '--json');
  const { data, diagnostics, next } = JSON.parse(stdout);
  const of = (wanted: string): string[] => diagnostics.filter(({ level }: { level: string }) => level === wanted).map(({ rule }: { rule: string }) => rule);
  return { exit, state: data.evidence[0].freshness, changed: data.evidence[0].changed, rules: of('error'), warnings: of('warning'), next: next[0] };
}

test('as it was recorded it is fresh', async () => {
  expect(await gate()).toMatchObject({ exit: 0, state: 'fresh', rules: [] });
});

describe('the code is another', () => {
  const path = (name: string): string => join(stage.dir, name);
  test.each<[what: string, changed: string, change: () => void]>([
    ['an untracked file', 'src/new.ts', () => stage.write('src/new.ts', 'x\n')],
    ['a file that is gone', 'gauge.sh', () => unlinkSync(path('gauge.sh'))],
    ['a mode', 'gauge.sh', () => chmodSync(path('gauge.sh'), 0o755)],
    ['a link that leads elsewhere', 'link', () => { unlinkSync(path('link')); symlinkSync('gauge.sh', path('link')); }],
    ['a link that became a file', 'link', () => { unlinkSync(path('link')); writeFileSync(path('link'), 'level'); }],
    ['a nested repository that moved', 'nested', () => stage.git('update-index', '--cacheinfo', `160000,${'cd'.repeat(20)},nested`)],
    ['line ends that git would keep', 'gauge.sh', () => writeFileSync(path('gauge.sh'), stage.read('gauge.sh').replaceAll('\n', '\r\n'))],
    ['a file that a filter would convert', 'whole.big', () => { stage.git('config', 'filter.big.clean', 'tr a-z A-Z'); stage.write('whole.big', 'bigger\n'); }],
    ['a change that the index is told to overlook', 'level', () => { stage.git('update-index', '--assume-unchanged', 'level'); stage.write('level', 'low\n'); }],
    ['a change that a sparse checkout overlooks', 'level', () => { stage.git('update-index', '--skip-worktree', 'level'); stage.write('level', 'low\n'); }],
  ])('%s', async (_, changed, change) => {
    change();
    const found = await gate();
    for (const mark of ['--no-assume-unchanged', '--no-skip-worktree']) stage.git('update-index', mark, 'level');
    stage.git('config', 'filter.big.clean', 'cat');
    stage.git('config', '--remove-section', 'filter.big');
    expect(found).toMatchObject({ exit: 1, state: 'stale-code', changed: [changed], rules: expect.arrayContaining(['stale-code']), next: 'docket record gauge --claim kite/M3' });
  });

  test('and committed', async () => {
    stage.write('level', 'high\nsteady\n');
    stage.git('commit', '-q', '-a', '--no-verify', '-m', 'fix(kite): steady');
    expect(await gate('--at', 'HEAD')).toMatchObject({ exit: 1, state: 'stale-code', changed: ['level'] });
  });
});

describe('the code is the same', () => {
  test('line ends that git converts itself', async () => {
    stage.write('lines.crlf', 'one\ntwo\n');
    expect(await gate()).toMatchObject({ exit: 0, state: 'fresh' });
  });

  test('touched, and written again', async () => {
    stage.write('level', 'x\n');
    stage.write('level', 'high\n');
    expect(await gate()).toMatchObject({ exit: 0, state: 'fresh' });
  });

  test('modes where the file system keeps none', async () => {
    stage.git('config', 'core.fileMode', 'false');
    chmodSync(join(stage.dir, 'gauge.sh'), 0o755);
    const found = await gate();
    stage.git('config', '--unset', 'core.fileMode');
    expect(found).toMatchObject({ exit: 0, state: 'fresh' });
  });
});

/** The receipt says something else, and its digest fits. */
const edited = (change: (receipt: Receipt) => void): void => stage.write(journalPath, editReceipt(stage.journal(), change, 'fits'));

describe('what the receipt rests on', () => {
  test('another environment is a warning: env-drift', async () => {
    edited((receipt) => Object.assign(receipt['env'], { node: '1.2.3' }));
    expect(await gate()).toMatchObject({ exit: 0, warnings: expect.arrayContaining(['env-drift']) });
  });

  test('a commit that is gone with its code: lost', async () => {
    edited((receipt) => Object.assign(receipt, { commit: 'ab'.repeat(20), tree: 'cd'.repeat(20) }));
    expect(await gate()).toMatchObject({ exit: 1, state: 'lost', rules: ['lost'] });
  });

  test('a commit that is gone, with its code here: fresh-by-tree', async () => {
    edited((receipt) => Object.assign(receipt, { commit: 'ab'.repeat(20) }));
    expect(await gate()).toMatchObject({ exit: 0, state: 'fresh-by-tree' });
  });
});

describe('the base', () => {
  test.each<[string, () => void, string]>([
    ['on another branch that was never merged', () => {
      stage.git('checkout', '-q', '--orphan', 'other');
      stage.git('commit', '-q', '--no-verify', '-m', 'all of it');
    }, 'stale-base'],
    ['whose successor has other code', () => {
      stage.git('checkout', '-q', '--orphan', 'rewritten', stage.base);
      stage.write('more', 'x\n');
      stage.git('add', 'more');
      stage.git('commit', '-q', '--no-verify', '-m', 'a gauge, and more');
      stage.git('checkout', '-q', 'main', '--', '.');
      stage.git('rm', '-q', '--cached', 'more');
      unlinkSync(join(stage.dir, 'more'));
      stage.git('commit', '-q', '--no-verify', '-m', 'the fix');
    }, 'stale-base'],
  ])('%s', async (_, change, state) => {
    change();
    expect(await gate()).toMatchObject({ exit: 1, state, rules: [state], next: 'docket record gauge --claim kite/M3' });
  });

  test('that was rewritten with the same code is found by its tree', async () => {
    stage.git('checkout', '-q', '--orphan', 'elsewhere', stage.base);
    stage.git('commit', '-q', '--no-verify', '-m', 'a gauge, again');
    stage.git('checkout', '-q', 'main', '--', '.');
    stage.git('commit', '-q', '--no-verify', '-m', 'the fix, again');
    expect(await gate()).toMatchObject({ exit: 0, state: 'fresh-by-tree' });
  });

  test('that does not exist is refused before anything is run', async () => {
    const { exit, stderr } = await stage.run('record', 'none', '--claim', 'kite/M3', '--red', 'deadbeef', 'bash gauge.sh', '--green', 'bash gauge.sh');
    expect([exit, stderr]).toEqual([2, expect.stringContaining('cannot be found')]);
  });

  test('that a shallow clone does not have is asked for, not skipped', async () => {
    const shallow = mkdtempSync(join(tmpdir(), 'docket-shallow-'));
    execFileSync('git', ['clone', '-q', '--depth', '1', `file://${stage.dir}`, shallow], { stdio: 'ignore' });
    const { exit, stdout } = await stage.run('-C', shallow, 'gate', 'kite/M3', '--json');
    const { diagnostics } = JSON.parse(stdout);
    expect([exit, diagnostics.find(({ rule }: { rule: string }) => rule === 'unresolved-base')?.next]).toEqual([1, 'git fetch --unshallow']);
    rmSync(shallow, { recursive: true });
  });
});
