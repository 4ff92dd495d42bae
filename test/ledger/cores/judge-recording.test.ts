import { describe, expect, test } from 'vitest';
import { judgeRecording, type JudgedRecording } from '../../../src/ledger/evidence/judge-recording.ts';
import { judgeReproduction } from '../../../src/repro/judge/judge-reproduction.ts';
import type { StepRun } from '../../../src/repro/judge/step-outcome.ts';
import { commandDigest, contractDigest, sha256 } from '../../../src/repro/receipts/digests.ts';
import { recordRun, startBudget } from '../../../src/repro/receipts/record-output.ts';
import type { RecordReceipt } from '../../../src/repro/receipts/types.ts';
import { completeRecord, completeReplay, printReceipt } from '../../../src/repro/receipts/write-receipt.ts';
import { fenceOf, read } from '../../repro/fence-of.ts';

const info = 'console repro id=weigh claim=H4';
const body = '# red @abcdef0: old\n$ ./weigh.sh\n→ leaks\n→? 1\n\n# green: new\n$ ./weigh.sh\n→ holds';
const long = `${'x'.repeat(5000)}\n`;
const ran = (stdout: string, code = 0): StepRun => ({ stdout, stderr: '', code, signal: null, timedOut: false, truncated: false, unusable: null });

function record(change: Partial<RecordReceipt> = {}, runs = [ran('leaks\n', 1), ran('holds\n')], fence = body): RecordReceipt {
  const { steps } = read(fence, info);
  const { verdict, steps: judged } = judgeReproduction(steps, [{ steps: runs, controls: [] }], {});
  const { seal = null, ...rest } = change;
  return completeRecord({
    v: 1, kind: 'record', id: 'weigh', claim: 'H4', phase: 'barge', tool: { name: 'docket', version: '1' }, time: '2026-04-01T09:00:00Z', contract: contractDigest(fence), commit: 'c'.repeat(40), tree: 'a'.repeat(40), scope: ['src/**'], dirty: ['x.c'],
    base: { commit: 'b'.repeat(40), tree: 'd'.repeat(40) }, env: { os: 'linux', node: '20', bash: '5', passed: ['HOME'] },
    steps: steps.map((step, index) => ({ role: step.role, at: step.at === null ? null : `abcdef0${'0'.repeat(33)}`, patch: step.patch, command: commandDigest(step), outcome: judged[index]?.outcome ?? 'skipped', ms: 4, run: recordRun(runs[index] ?? ran(''), startBudget(), new Map()), control: null })),
    runs: 3, stable: true, attempts: 2, verdict, prev: null, ...rest,
  }, seal);
}

function judge(receipt: string | null, evidence: Record<string, string> = {}, fence = body, phase = 'barge'): JudgedRecording {
  return judgeRecording({ fence: fenceOf(fence, info), receipt }, phase, (digest) => evidence[digest] ?? null, {});
}

describe('a receipt held against its fence', () => {
  test('says all that was recorded', () => {
    const receipt = record({ prev: 'f'.repeat(64) });
    expect(judge(printReceipt(receipt))).toEqual({
      prev: 'f'.repeat(64), used: [], lost: [],
      recording: {
        state: 'intact', verdict: 'proven', why: [], receipt: receipt.sum, time: '2026-04-01T09:00:00Z', commit: 'c'.repeat(40), tree: 'a'.repeat(40), scope: ['src/**'], dirty: ['x.c'], base: { commit: 'b'.repeat(40), tree: 'd'.repeat(40) },
        env: { os: 'linux', node: '20', bash: '5', passed: ['HOME'] }, runs: 3, attempts: 2, seal: null,
      },
    });
  });

  test('and what is wrong with it: with the fence, else with what was observed', () => {
    const edited = judge(printReceipt(record()), {}, body.replace('→ holds', '→ floats')).recording;
    expect([edited.state, edited.why.length > 0, edited.why.join()]).toEqual(['tampered', true, expect.not.stringContaining('not-green')]);
    const failed = judge(printReceipt(record({}, [ran('leaks\n', 1), ran('leaks\n')]))).recording;
    expect(failed).toMatchObject({ state: 'intact', verdict: 'not-green', why: [expect.stringContaining('not-green')] });
  });

  test('one that was written in another phase', () => {
    expect(judge(printReceipt(record()), {}, body, 'tug').recording.state).toBe('tampered');
  });

  test('a seal that is none is kept as one that is false', () => {
    expect(judge(printReceipt(record({ seal: 'AAAA' }))).recording.seal).toEqual({ key: 'unknown', valid: false });
  });
});

describe('outputs that stand in files', () => {
  const fence = body.replace('→ holds', '→~ [..]');
  const receipt = printReceipt(record({}, [ran('leaks\n', 1), ran(long)], fence));

  test('are named where they were read', () => {
    const judged = judge(receipt, { [sha256(long)]: long }, fence);
    expect([judged.used, judged.lost]).toEqual([[sha256(long)], []]);
  });

  test('and where they are not there', () => {
    const judged = judge(receipt, {}, fence);
    expect([judged.used, judged.lost, judged.recording.verdict]).toEqual([[], [sha256(long)], 'inconclusive']);
  });
});

describe('what is no receipt of a recording', () => {
  const nothing = { verdict: 'inconclusive', receipt: null, time: null, commit: null, tree: null, scope: [], dirty: [], base: null, env: null, runs: 0, attempts: 0, seal: null };
  test.each<[string, string | null, string, string]>([
    ['nothing', null, 'unreadable', 'there is no receipt'],
    ['something else', '<!-- words -->', 'unreadable', 'there is no receipt'],
  ])('%s', (_, text, state, why) => {
    expect(judge(text)).toEqual({ recording: { ...nothing, state, why: [why] }, prev: null, used: [], lost: [] });
  });

  test('one that cannot be read says why', () => {
    const { recording, prev } = judge('<!-- docket-receipt v1 {} -->');
    expect({ recording, prev }).toEqual({ recording: { ...nothing, state: 'unreadable', why: [expect.stringMatching(/./u)] }, prev: null });
    expect(recording.why).not.toEqual(['there is no receipt']);
  });

  test('that of a replay', () => {
    const { tool, time, commit, tree, env, sum } = record();
    const replay = completeReplay({ v: 1, kind: 'replay', id: 'weigh', of: sum, by: 'adversary', cold: true, tool, time, commit, tree, env, verdict: 'proven', steps: [], prev: sum });
    expect(judge(printReceipt(replay))).toEqual({ recording: { ...nothing, state: 'tampered', why: ['the receipt beside it is that of a replay'] }, prev: null, used: [], lost: [] });
  });

  test('a fence that is no reproduction', () => {
    expect(judgeRecording({ fence: fenceOf('words', 'text'), receipt: printReceipt(record()) }, 'barge', () => null, {}).recording).toMatchObject({ state: 'unreadable', why: ['there is no receipt'] });
  });
});
