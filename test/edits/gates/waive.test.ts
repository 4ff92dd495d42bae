import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDesk, type Desk } from './desk.ts';

let desk: Desk;
beforeEach(() => {
  desk = openDesk();
});
afterEach(() => desk.repository.remove());

describe('waive', () => {
  const args = ['--until', '2099-12-01', '--by', 'operator', '--why', 'the host is *away*, because of us', '--date', '2026-06-13'];
  beforeEach(() => {
    desk.write('STATUS-k9.md', '# STATUS — k9\n\n## Gate: M1 — CLAIMED\n');
    desk.write('DECISIONS.md', '# DECISIONS\n\n## 2026-06-01 — k9: first\n\nText.\n');
    desk.commit('claim(k9-M1): it works');
  });

  test.each([
    ['k9/M1', 'gate:k9/M1'],
    ['claim:k9/M1#1', 'claim:k9/M1#1'],
    ['machine-docs/STATUS-k9.md', 'machine-docs/STATUS-k9.md'],
  ])('%s: a decision of state exception that reads back', async (given, target) => {
    const { ok, data } = await desk.ask('waive', given, 'claim-without-evidence', ...args);
    expect(ok).toBe(true);
    expect(data['entry']).toMatchObject({
      kind: 'decision', state: 'exception', phase: 'k9', date: '2026-06-13',
      fields: { Waiver: `${target} claim-without-evidence until 2099-12-01 by operator because the host is *away*, because of us` },
    });
    expect(desk.read('DECISIONS.md')).toMatch(/^# DECISIONS\n\n## 2026-06-01 — k9: first\n\nText\.\n\n## 2026-06-13 — k9: exception: [^\n]*\n\n\*\*Waiver:\*\* /u);
  });

  test.each<[string, string[], RegExp]>([
    ['an unknown rule', ['k9/M1', 'claim-without-evidnce', ...args], /Did you mean claim-without-evidence/],
    ['an unknown target', ['nothing-like-it', 'unparsed', ...args], /Unknown id/],
    ['a day that has passed', ['k9/M1', 'unparsed', ...args, '--until', '2020-01-01'], /has passed/],
    ['no day', ['k9/M1', 'unparsed', ...args, '--until', 'soon'], /Unexpected date/],
    ['a who with a because', ['k9/M1', 'unparsed', ...args, '--by', 'me because'], /Unexpected "because"/],
    ['no reason', ['k9/M1', 'unparsed', '--until', '2099-01-01', '--by', 'x'], /Missing --why/],
  ])('refuses %s', async (_, words, message) => {
    const before = desk.read('DECISIONS.md');
    const { ok, diagnostics } = await desk.ask('waive', ...words);
    expect([ok, diagnostics[0]?.rule, desk.read('DECISIONS.md')]).toEqual([false, 'usage', before]);
    expect(diagnostics[0]?.message).toMatch(message);
  });
});
