import * as fc from 'fast-check';
import { remark } from 'remark';
import { describe, expect, test } from 'vitest';
import { judgeReproduction } from '../../../src/repro/judge/judge-reproduction.ts';
import type { StepRun } from '../../../src/repro/judge/step-outcome.ts';
import type { ReproductionRun } from '../../../src/repro/judge/types.ts';
import { checkChain } from '../../../src/repro/receipts/check-chain.ts';
import { commandDigest, contractDigest, sha256 } from '../../../src/repro/receipts/digests.ts';
import { readReceipt } from '../../../src/repro/receipts/read-receipt.ts';
import { inlineBytes, recordControl, recordRun, startBudget } from '../../../src/repro/receipts/record-output.ts';
import { judgeReceipt } from '../../../src/repro/receipts/restore-runs.ts';
import { isSummary, printSummary } from '../../../src/repro/receipts/summary-line.ts';
import type { Receipt, RecordReceipt } from '../../../src/repro/receipts/types.ts';
import { verifyReceipt } from '../../../src/repro/receipts/verify-receipt.ts';
import { completeRecord, completeReplay, printReceipt } from '../../../src/repro/receipts/write-receipt.ts';
import { read } from '../fence-of.ts';

const info = 'console repro id=gate claim=M1';
const body = `# red @${'a'.repeat(7)}: old
$ ./probe.sh
→ 404
→? 22

# green: new
$ ./probe.sh
→~ {"v":"[..]"}

# neg +x.diff: teeth
$ ./probe.sh
→2 refused
→? 7`;

const ran = (stdout: string, code = 0, stderr = ''): StepRun => ({ stdout, stderr, code, signal: null, timedOut: false, truncated: false, unusable: null });

const goodRun: ReproductionRun = {
  steps: [ran('404\n', 22), ran('{"v":"3.6.15"}\n'), ran('', 7, 'refused\n')],
  controls: [null, null, { mutation: 'patch', changed: true, broken: null, before: ran('{"v":"3.6.15"}\n'), after: ran('{"v":"3.6.15"}\n') }],
};

function record(change: Partial<RecordReceipt> = {}, run = goodRun, fence = body, evidence = new Map<string, string>()): RecordReceipt {
  const { steps } = read(fence, info);
  const judged = judgeReproduction(steps, [run], {});
  return completeRecord({
    v: 1, kind: 'record', id: 'gate', claim: 'M1', tool: { name: 'docket', version: '0.1.0' }, time: '2026-11-23T20:35:11Z', contract: contractDigest(fence),
    commit: 'b'.repeat(40), tree: 'c'.repeat(40), scope: [], dirty: [], base: { commit: 'a'.repeat(40), tree: 'd'.repeat(40) },
    env: { os: 'linux', node: '20.20.2', bash: '5.2', passed: [] },
    steps: steps.map((step, index) => {
      const budget = startBudget();
      const own = run.steps[index] ?? null;
      const control = run.controls[index] ?? null;
      return {
        role: step.role, at: step.role === 'red' ? 'a'.repeat(40) : null, patch: step.patch, command: commandDigest(step), outcome: judged.steps[index]?.outcome ?? 'skipped', ms: 1400,
        run: own === null ? null : recordRun(own, budget, evidence), control: control === null ? null : recordControl(control, budget, evidence),
      };
    }),
    runs: 2, stable: true, attempts: 1, verdict: judged.verdict, prev: null, ...change,
  });
}

function reread(receipt: Receipt): Extract<ReturnType<typeof readReceipt>, { ok: true }> {
  const result = readReceipt(printReceipt(receipt));
  if (result === null || !result.ok) throw new Error(`not read: ${result?.message ?? 'null'}`);
  return result;
}

function verify(receipt: Receipt, fence = body, fenceInfo = info, evidence: (digest: string) => string | null = () => null) {
  return verifyReceipt(reread(receipt), { reproduction: read(fence, fenceInfo), body: fence, evidence, redactions: {} });
}

describe('writing and reading', () => {
  test('what was written is read', () => {
    const receipt = record();
    expect(receipt.verdict).toBe('proven');
    expect(reread(receipt)).toEqual({ ok: true, receipt, sumHolds: true });
    const replay = completeReplay({ v: 1, kind: 'replay', id: 'gate', of: receipt.sum, by: 'adversary', cold: true, tool: receipt.tool, time: receipt.time, commit: receipt.commit, tree: receipt.tree, env: receipt.env, verdict: 'proven', steps: [{ role: 'red', outcome: 'match' }], prev: receipt.sum });
    expect(reread(replay)).toEqual({ ok: true, receipt: replay, sumHolds: true });
  });

  test('nothing in a value can end the comment, the line or the fence, or reach a terminal', () => {
    const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('-->', '--!>', '-', '---', '->', '<!--', '```', '&amp;', '\u2028', '\u202e', '\u0000', '\u001b[2J', '\r\n', '\u009b'));
    fc.assert(fc.property(fc.array(text).map((parts) => parts.join('')), text, (output, id) => {
      const receipt = record({ id }, { ...goodRun, steps: [ran(output, 22), ...goodRun.steps.slice(1)] });
      const printed = printReceipt(receipt);
      expect(printed.slice(4, -3)).not.toMatch(/--|[<>`&]/);
      // oxlint-disable-next-line no-control-regex
      expect(printed).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e]/);
      expect(reread(receipt)).toEqual({ ok: true, receipt, sumHolds: true });
    }), { numRuns: 60 });
  });

  test('a markdown reader finds it whole', () => {
    const receipt = record({}, { ...goodRun, steps: [ran('-->\n\n```\n\n# x\n', 22), ...goodRun.steps.slice(1)] });
    const tree = remark().parse(`\`\`\`\n\`\`\`\n\n*Recorded*\n\n${printReceipt(receipt)}\n\nafter\n`);
    const html = tree.children.find((node) => node.type === 'html');
    expect(html?.type === 'html' && readReceipt(html.value)).toMatchObject({ ok: true, sumHolds: true });
    expect(tree.children.map((node) => node.type)).toEqual(['code', 'paragraph', 'html', 'paragraph']);
  });

  test.each([
    ['<!-- a comment -->', null],
    ['text', null],
    ['<!-- docket-receipt -->', false],
    ['<!-- docket-receipt v1 -->', false],
    ['<!-- docket-receipt v2 {"kind":"record"} -->', false],
    ['<!-- docket-receipt v1 {} -->', false],
    ['<!-- docket-receipt v1 [] -->', false],
    ['<!-- docket-receipt v1 null -->', false],
    ['<!-- docket-receipt v1 {"kind":"record"} -->', false],
    ['<!-- docket-receipt v1 {"kind":"record",} -->', false],
    [`<!-- docket-receipt v1 ${'['.repeat(100_000)} -->`, false],
    [`<!-- docket-receipt v1 {"kind":"record","x":${'['.repeat(5000)}${']'.repeat(5000)}} -->`, false],
  ])('comment %#', (html, expected) => {
    expect(readReceipt(html)?.ok ?? null).toBe(expected);
  });

  test('every member has its type', () => {
    const receipt = record();
    for (const key of Object.keys(receipt)) {
      const broken = { ...receipt, [key]: { odd: true } } as unknown as Receipt;
      expect([key, readReceipt(printReceipt(broken))?.ok]).toEqual([key, false]);
    }
    expect(readReceipt(printReceipt({ ...receipt, commit: 'abc' }))).toMatchObject({ ok: false, message: expect.stringContaining('commit') });
  });

  test('any text is read or refused, never thrown at', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json().map((json) => `<!-- docket-receipt v1 ${json} -->`)), (html) => {
      readReceipt(html);
    }));
  });
});

describe('outputs', () => {
  test('short ones stand in the receipt once, long ones are evidence', () => {
    const evidence = new Map<string, string>();
    const long = 'x'.repeat(inlineBytes + 1);
    const receipt = record({}, { ...goodRun, steps: [ran(long, 22), ...goodRun.steps.slice(1)] }, body, evidence);
    expect(receipt.steps[0]?.run?.stdout).toEqual({ sha256: sha256(long), bytes: inlineBytes + 1, text: null });
    expect([...evidence]).toEqual([[sha256(long), long]]);
    const inline = JSON.stringify(receipt).split('3.6.15').length - 1;
    expect(inline).toBe(2);
    expect(judgeReceipt(read(body, info).steps, receipt, (digest) => evidence.get(digest) ?? null, {}).steps.map((step) => step.outcome)).toEqual(['mismatch', 'match', 'match']);
  });

  test('a step holds no more than its share', () => {
    const evidence = new Map<string, string>();
    const budget = startBudget();
    const recorded = recordRun(ran('x'.repeat(3000), 0, 'y'.repeat(3000)), budget, evidence);
    expect([recorded.stdout.text?.length, recorded.stderr.text]).toEqual([3000, null]);
    expect(evidence.size).toBe(1);
  });

  test('evidence that does not have its digest is lost', () => {
    const long = 'x'.repeat(inlineBytes + 1);
    const receipt = record({}, { ...goodRun, steps: [ran(long, 22), ...goodRun.steps.slice(1)] });
    const judged = judgeReceipt(read(body, info).steps, receipt, () => 'forged', {});
    expect(judged).toMatchObject({ verdict: 'inconclusive', warnings: [expect.stringContaining('lost')] });
  });

  test('a recording whose runs disagreed is flaky', () => {
    expect(judgeReceipt(read(body, info).steps, record({ stable: false }), () => null, {}).verdict).toBe('flaky');
  });
});

describe('verifying', () => {
  test('untouched', () => {
    expect(verify(record())).toEqual({ state: 'intact', why: [] });
    expect(verify(record(), `${body}\n`)).toEqual({ state: 'intact', why: [] });
    expect(verify(record(), body.replaceAll('\n', '\r\n'))).toEqual({ state: 'intact', why: [] });
  });

  const edits: readonly (readonly [name: string, edit: (text: string) => string, state: string])[] = [
    ['an output line', (text) => text.replace('→ 404', '→ 500'), 'tampered'],
    ['a status', (text) => text.replace('→? 22', '→? 1'), 'tampered'],
    ['a command', (text) => text.replace('$ ./probe.sh', '$ ./other.sh'), 'tampered'],
    ['a blank inside a command', (text) => text.replace('$ ./probe.sh', '$ ./probe.sh  '), 'tampered'],
    ['a role', (text) => text.replace('# green', '# check'), 'tampered'],
    ['a revision', (text) => text.replace('@aaaaaaa', '@bbbbbbb'), 'tampered'],
    ['a patch', (text) => text.replace('+x.diff', '+y.diff'), 'tampered'],
    ['a step taken out', (text) => text.slice(0, text.indexOf('# neg')), 'tampered'],
    ['an expectation that was never observed', (text) => text.replace('→ 404', '→ 404\n→ gate closed'), 'tampered'],
    ['a pattern widened', (text) => text.replace('→~ {"v":"[..]"}', '→~ [..]'), 'stale-contract'],
    ['a line that becomes a pattern', (text) => text.replace('→ 404', '→~ [N]'), 'stale-contract'],
    ['a comment', (text) => text.replace('# green: new', '# green: newer'), 'stale-contract'],
    ['an expectation taken out', (text) => text.replace('→ 404\n', ''), 'stale-contract'],
  ];
  test.each(edits)('the fence, digest kept: %s', (_name, edit, state) => {
    expect(verify(record(), edit(body)).state).toBe(state);
  });

  test('an edited line with every digest recomputed passes, by design', () => {
    const edited = body.replace('→ 404', '→ 500');
    const run = { ...goodRun, steps: [ran('500\n', 22), ...goodRun.steps.slice(1)] };
    expect(verify(record({}, run, edited), edited).state).toBe('intact');
  });

  test('an edited line with the contract digest recomputed alone does not', () => {
    const edited = body.replace('→ 404', '→ 500');
    const { sum: _sum, seal: _seal, ...rest } = record();
    expect(verify(completeRecord({ ...rest, contract: contractDigest(edited) }), edited).state).toBe('tampered');
  });

  test('a verdict that its own outputs contradict', () => {
    const run = { ...goodRun, steps: [ran('{"v":"1"}\n'), ...goodRun.steps.slice(1)] };
    const { sum: _sum, seal: _seal, ...rest } = record({}, run);
    expect(rest.verdict).toBe('vacuous-red');
    expect(verify(completeRecord({ ...rest, verdict: 'proven' })).state).toBe('tampered');
  });

  test.each<[string, Partial<RecordReceipt>]>([
    ['commit', { commit: 'e'.repeat(40) }], ['id', { id: 'other' }], ['attempts', { attempts: 0 }], ['verdict', { verdict: 'flaky' }], ['dirty', { dirty: ['x'] }], ['time', { time: '2026-01-01T00:00Z' }], ['runs', { runs: 9 }],
  ])('the receipt, digest kept: %s', (_name, change) => {
    expect(verify({ ...record(), ...change }).state).toBe('tampered');
  });

  test('an output inside the receipt', () => {
    const receipt = record();
    const [first] = receipt.steps;
    if (first?.run === null || first === undefined) throw new Error('no run');
    const { sum: _sum, seal: _seal, ...rest } = { ...receipt, steps: [{ ...first, run: { ...first.run, stdout: { ...first.run.stdout, text: '500\n' } } }, ...receipt.steps.slice(1)] };
    expect(verify(completeRecord(rest)).state).toBe('tampered');
  });

  test('a receipt under another id', () => {
    expect(verify(record(), body, 'console repro id=other claim=M1').state).toBe('tampered');
  });

  test('another claim, another scope', () => {
    expect(verify(record(), body, 'console repro id=gate claim=M2').state).toBe('stale-contract');
    expect(verify(record(), body, `${info} inputs=src/**`).state).toBe('stale-contract');
    expect(verify(record({ scope: ['src/**'] }), body, `${info} inputs=src/**`).state).toBe('intact');
  });

  test('an edited fence whose outputs are lost cannot be judged, so it is not believed', () => {
    const evidence = new Map<string, string>();
    const fence = body.replace('→ 404', '→~ [..]');
    const receipt = record({}, { ...goodRun, steps: [ran('x'.repeat(5000), 22), ...goodRun.steps.slice(1)] }, fence, evidence);
    expect(verify(receipt, fence).state).toBe('intact');
    expect(verify(receipt, fence.replace('→? 22', '→? !0'), info, (digest) => evidence.get(digest) ?? null).state).toBe('stale-contract');
    expect(verify(receipt, fence.replace('→? 22', '→? !0')).state).toBe('tampered');
  });

  test('a seal is not part of the sum', () => {
    expect(verify({ ...record(), seal: 'signature' }).state).toBe('intact');
  });
});

describe('chains', () => {
  test.each([
    ['one', [['a', '1', null]], [], []],
    ['two ids in one chain', [['a', '1', null], ['b', '2', '1']], [], []],
    ['recorded again', [['a', '1', null], ['b', '2', '1'], ['a', '3', '2']], [], []],
    ['recorded twice, not chained', [['a', '1', null], ['a', '2', null]], ['a'], []],
    ['a copy without a receipt', [['a', '1', null], ['a', null, null]], ['a'], []],
    ['a receipt taken out', [['a', '1', null], ['b', '3', '2']], [], [1]],
    ['the same receipt twice', [['a', '1', null], ['a', '1', null]], ['a'], [1]],
    ['two branches that both recorded another', [['a', '1', null], ['b', '2', '1'], ['c', '3', '1']], [], []],
    ['two branches that both recorded the same', [['a', '1', null], ['a', '2', '1'], ['a', '3', '1']], ['a'], []],
    ['it points to itself', [['a', '1', '1']], [], [0]],
    ['it points below', [['a', '1', '2'], ['a', '2', '1']], [], [0]],
  ] satisfies [string, [string, string | null, string | null][], string[], number[]][])('%s', (_name, links, doubled, broken) => {
    const checked = checkChain(links.map(([id, sum, prev]) => ({ id, sum, prev })));
    expect(checked.doubled).toEqual(doubled);
    expect(checked.broken.map((each) => each.index)).toEqual(broken);
    expect(checked.current.get('a')).toBe(links.findLastIndex(([id]) => id === 'a'));
  });
});

describe('the line for people', () => {
  const { steps } = read(body, info);
  test('as it should be', () => {
    const receipt = record();
    const line = printSummary(receipt, judgeReproduction(steps, [goodRun], {}).steps);
    expect(line).toBe(`*Recorded 2026-11-23T20:35Z · bbbbbbb clean · red ✗✓ green ✓ neg ✗✓ · 4.2 s · 2 runs, stable · receipt ${receipt.sum.slice(0, 6)}…*`);
    expect(isSummary(line)).toBe(true);
    expect(isSummary('*Recorded by hand*')).toBe(false);
  });

  test('when red passes', () => {
    const run = { ...goodRun, steps: [ran('{"v":"1"}\n'), ...goodRun.steps.slice(1)] };
    const receipt = record({ dirty: ['a.ts'], stable: false, runs: 1 }, run);
    expect(printSummary(receipt, judgeReproduction(steps, [run], {}).steps)).toContain('bbbbbbb dirty · red ✓✗ green ✓ neg ✗✓ · 4.2 s · 1 run, flaky · vacuous-red · receipt');
  });
});
