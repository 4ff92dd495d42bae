import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readReceipt } from '../../src/repro/receipts/read-receipt.ts';
import type { ReplayReceipt } from '../../src/repro/receipts/types.ts';
import { completeReplay, printReceipt, printReceiptJson } from '../../src/repro/receipts/write-receipt.ts';
import { journalPath } from '../runner/stage.ts';
import { editReceipt, makeGateStage, type GateStage } from './gate-stage.ts';

let stage: GateStage;
beforeAll(async () => {
  stage = await makeGateStage();
});
afterAll(() => stage.remove());
beforeEach(() => stage.restore());

const red = (command = 'bash gauge.sh'): string[] => ['--red', stage.base, command];
const green = (command = 'bash gauge.sh'): string[] => ['--green', command];
const record = (...args: string[]) => stage.ask('record', 'cheat', '--claim', 'kite/M3', '--runs', '1', ...args);

describe('attempts that are not told', () => {
  test('a failed one is kept, and refuses the gate', async () => {
    await stage.ask('record', 'gauge', '--claim', 'kite/M3', '--runs', '1', ...red(), '--green', 'false', '--neg', 'revert');
    expect(await stage.gate()).toMatchObject({ exit: 1, rules: ['not-green'] });
  });

  test('one that is taken out of the journal again is counted all the same', async () => {
    const before = stage.journal();
    await record(...red(), '--green', 'false');
    await record(...red(), '--green', 'false');
    stage.write(journalPath, before);
    const { data } = await record(...red(), ...green(), '--neg', 'revert');
    expect(data.receipt.attempts).toBeGreaterThanOrEqual(2);
  });

  test('a check that was run once only is told of', async () => {
    await record(...red(), ...green(), '--neg', 'revert');
    const { diagnostics } = await stage.ask('gate', 'kite/M3');
    expect(diagnostics).toContainEqual(expect.objectContaining({ rule: 'flaky', level: 'warning', message: expect.stringContaining('was run once') }));
  });
});

describe('a replay that nobody made', () => {
  function forge(change: Partial<ReplayReceipt>): ReplayReceipt {
    const read = readReceipt(/<!-- docket-receipt.*-->/.exec(stage.journal())?.[0] ?? '');
    if (read?.ok !== true || read.receipt.kind !== 'record') throw new Error('no receipt');
    const { sum, id, tool, time, commit, tree, env } = read.receipt;
    return completeReplay({ v: 1, kind: 'replay', id, of: sum, by: 'adversary', cold: true, tool, time, commit, tree, env, verdict: 'proven', prev: sum, steps: [], ...change });
  }
  const levelOf = async (): Promise<string> => (await stage.ask('show', 'gauge')).data.entry.level;
  const review = (receipt: ReplayReceipt): void => stage.write('machine-docs/REVIEW-kite.md', `# REVIEW\n\n## M3 — replayed, no verdict\n\n${printReceipt(receipt)}\n`);

  test.each<[string, Partial<ReplayReceipt>]>([
    ['by the Builder', { by: 'builder' }], ['warm', { cold: false }], ['of other code', { tree: 'ab'.repeat(20) }], ['that came out otherwise', { verdict: 'flaky' }], ['of another recording', { of: 'ab'.repeat(32) }],
  ])('%s', async (_, change) => {
    review(forge(change));
    expect(await levelOf()).toBe('recorded');
  });

  test('whose digest is not its own', async () => {
    review({ ...forge({}), verdict: 'proven', time: '2026-03-02T12:34:56Z' });
    expect(await levelOf()).toBe('recorded');
  });

  test('in a file of the Builder, or committed by the Builder', async () => {
    stage.write(journalPath, `${stage.journal()}\n${printReceipt(forge({}))}\n`);
    expect(await levelOf()).toBe('recorded');
    stage.restore();
    review(forge({}));
    stage.commit('feat(kite): more, and a review', '2026-03-02T13:00:00Z');
    expect(await levelOf()).toBe('recorded');
    stage.restore();
    stage.write('machine-docs/evidence/replay-x.json', printReceiptJson(forge({ by: 'operator' })));
    stage.commit('fix(kite): and evidence', '2026-03-02T13:00:00Z');
    expect(await levelOf()).toBe('recorded');
  });

  test('and says that a build made it: no file attests', async () => {
    stage.write('machine-docs/evidence/replay-x.json', printReceiptJson(forge({ by: 'ci' })));
    expect(await levelOf()).toBe('replayed');
    stage.write('machine-docs/docket.yaml', 'evidence: {gates: {M3: attested}}\n');
    expect((await stage.gate()).missing.join()).toContain('expected attested');
  });
});

describe('words in the place of evidence', () => {
  test('a waiver that is expired, incomplete, or of another rule does not count', async () => {
    stage.write('level', 'other\n');
    stage.commit('fix(kite): other', '2026-03-02T13:00:00Z');
    const waive = (text: string): void => stage.write('machine-docs/DECISIONS.md', `# DECISIONS\n\n## 2026-03-02 — kite: exception\n\n**Waiver:** ${text}\n`);
    for (const text of ['kite/M3 stale-code until 2020-01-01 by operator because x', 'kite/M3 stale-code by operator because x', 'kite/M3 tampered until 2999-01-01 by operator because x', 'kite/M9 stale-code until 2999-01-01 by operator because x']) {
      waive(text);
      expect([text, (await stage.gate()).rules]).toEqual([text, ['stale-code']]);
    }
    waive('kite/M3 stale-code until 2999-01-01 by operator because x');
    expect(await stage.gate()).toMatchObject({ exit: 0, rules: [] });
  });

  test('a claim that stands there without its parts', async () => {
    stage.write('machine-docs/STATUS-kite.md', '# STATUS\n\n## Gate: M3 — CLAIMED, awaiting Adversary\n\nHolds by construction.\n');
    expect(await stage.gate()).toMatchObject({ exit: 1, rules: ['claim-incomplete', 'claim-incomplete', 'claim-incomplete', 'claim-incomplete'] });
  });

  test('docket claim refuses what docket gate refuses, and lets through what it allows', async () => {
    const parts = ['--what', 'It is high.', '--how', '`bash gauge.sh`', '--expected', '`bash gauge.sh` exits 0', '--where', '`level`'];
    stage.write('level', 'high \n');
    expect((await stage.run('claim', 'kite/M3', ...parts)).exit).toBe(1);
    stage.git('checkout', '-q', '--', 'level');
    expect((await stage.run('claim', 'kite/M3', ...parts)).exit).toBe(0);
  });
});

describe('seals', () => {
  test.each([['ed25519', []], ['rsa', ['-b', '2048']], ['ecdsa', ['-b', '256']], ['ecdsa', ['-b', '521']]])('%s %j: asked for by the configuration, and broken by any change', async (type, size) => {
    const key = join(mkdtempSync(join(tmpdir(), 'docket-key-')), 'key');
    execFileSync('ssh-keygen', ['-q', '-t', type, ...size, '-N', '', '-C', '', '-f', key]);
    const fingerprint = execFileSync('ssh-keygen', ['-l', '-f', key], { encoding: 'utf8' }).split(' ')[1] ?? '';
    stage.write('machine-docs/docket.yaml', `evidence: {seals: ["${fingerprint}"]}\n`);
    expect((await stage.gate()).missing.join()).toContain('is not sealed, expected the seal of');
    await stage.ask('record', 'gauge', '--claim', 'kite/M3', '--runs', '1', ...red(), ...green(), '--neg', 'revert', '--seal', key);
    expect((await stage.ask('list', 'reproduction', '--state', 'intact')).data.entries[0].recording.seal).toEqual({ key: fingerprint, valid: true });
    expect((await stage.gate()).exit).toBe(0);
    const journal = stage.journal();
    const at = journal.lastIndexOf('<!-- docket-receipt');
    stage.write(journalPath, journal.slice(0, at) + editReceipt(journal.slice(at), (receipt) => Object.assign(receipt, { time: '2026-03-02T12:00:00Z' }), 'fits'));
    expect((await stage.gate()).rules).toEqual(['tampered']);
    rmSync(dirname(key), { recursive: true });
  });

  test('a key that cannot sign is told before anything is run', async () => {
    const { exit, stderr } = await stage.run('record', 'x', '--claim', 'kite/M3', ...red(), ...green(), '--seal', 'no-such-key');
    expect([exit, stderr]).toEqual([2, expect.stringContaining('could not be sealed')]);
  });
});
