import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDesk, type Desk } from './desk.ts';

let desk: Desk;
beforeEach(() => {
  desk = openDesk();
});
afterEach(() => desk.repository.remove());

describe('verdict', () => {
  const review = '# REVIEW — k9\n\nAppend-only.\n';
  let claim: string;
  beforeEach(() => {
    desk.write('STATUS-k9.md', '# STATUS — k9\n\n## Gate: M1 — CLAIMED, awaiting Adversary\n\n### WHAT\nIt works.\n');
    desk.write('REVIEW-k9.md', review);
    claim = desk.commit('claim(k9-M1): it works');
  });

  test('is appended, on the commit of the claim', async () => {
    const { data, next } = await desk.ask('verdict', 'k9/M1', 'pass', '--date', '2026-06-13T13:00Z', '--body', 'Ran it cold.\n\n### Log\n\nfine');
    expect(desk.read('REVIEW-k9.md')).toBe(`${review}\n## M1 — PASS @2026-06-13T13:00Z — claim \`${claim.slice(0, 12)}\`\n\nRan it cold.\n\n### Log\n\nfine\n`);
    expect(data['entry']).toMatchObject({ id: 'verdict:k9/M1#1', gate: 'M1', state: 'pass', claimCommit: claim.slice(0, 12), date: '2026-06-13', time: '13:00' });
    expect(next[0]).toContain("git commit -m 'review(k9-M1): M1 PASS'");
    desk.commit('review(k9-M1): M1 PASS');
    expect((await desk.statusOf('k9')).gates).toMatchObject([{ id: 'M1', state: 'verified', disagreements: [] }]);
  });

  test.each([
    ['## M1 — foundations\n\n### PENDING — waits for the host\n', '## M1 — foundations\n\n### FAIL @2026-06-13T13:00Z — claim `CLAIM`\n\nNo.\n'],
    ['## M1 — **PENDING** (waits)\n\nTo be run: all of it.\n\n## 2026-06-12 — orientation\n\nx\n', '## M1 — FAIL @2026-06-13T13:00Z — claim `CLAIM`\n\nTo be run: all of it.\n\nNo.\n\n## 2026-06-12 — orientation\n\nx\n'],
    ['## M1 — PENDING\n\n(none yet)\n', '## M1 — FAIL @2026-06-13T13:00Z — claim `CLAIM`\n\nNo.\n'],
    ['## M2 — PENDING\n', '## M2 — PENDING\n\n## M1 — FAIL @2026-06-13T13:00Z — claim `CLAIM`\n\nNo.\n'],
  ])('takes the place of a PENDING of its gate: %j', async (before, after) => {
    desk.write('REVIEW-k9.md', `${review}\n${before}`);
    const { data } = await desk.ask('verdict', 'k9/M1', 'fail', '--date', '2026-06-13T13:00Z', '--body', 'No.');
    expect(desk.read('REVIEW-k9.md')).toBe(`${review}\n${after.replace('CLAIM', claim.slice(0, 12))}`);
    expect(data['entry']).toMatchObject({ gate: 'M1', state: 'fail' });
  });

  test('names another commit when told, warns of what it does not judge, refuses what is not there', async () => {
    const other = desk.commit('feat: else');
    const { data, diagnostics } = await desk.ask('verdict', 'k9/M1', 'conditional', '--claim', 'HEAD');
    expect(data['entry']).toMatchObject({ state: 'conditional', claimCommit: other.slice(0, 12) });
    expect(diagnostics.map(({ rule }) => rule)).toContain('verdict-stale');
    expect((await desk.ask('verdict', 'k9/M1', 'pass', '--claim', 'deadbeef')).diagnostics[0]).toMatchObject({ rule: 'usage', message: expect.stringContaining('is not there') });
    expect((await desk.ask('verdict', 'k9/M7', 'pass')).diagnostics.map(({ rule }) => rule)).toEqual(['verdict-without-claim']);
    expect((await desk.ask('verdict', 'k9/M1', 'maybe')).diagnostics[0]?.message).toContain('pass, fail, conditional');
    expect((await desk.ask('--role', 'builder', 'verdict', 'k9/M1', 'pass')).diagnostics.map(({ rule }) => rule)).toContain('not-owner');
  });

  test('begins a review that is not there', async () => {
    const { ok } = await desk.ask('verdict', 'new/M1', 'pass', '--date', '2026-06-13');
    expect([ok, desk.read('REVIEW-new.md')]).toEqual([true, expect.stringMatching(/^# REVIEW — phase new[^]*\n## M1 — PASS @2026-06-13\n$/u)]);
  });
});
