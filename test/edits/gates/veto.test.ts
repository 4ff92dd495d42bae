import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDesk, type Desk } from './desk.ts';

let desk: Desk;
beforeEach(() => {
  desk = openDesk();
});
afterEach(() => desk.repository.remove());

describe('veto', () => {
  beforeEach(() => {
    desk.write('STATUS-k9.md', '# STATUS — k9\n\n## Gate: M1 — CLAIMED\n\n## Gate: M2 — IN FLIGHT\n');
    desk.write('REVIEW-k9.md', '# REVIEW — k9\n');
    desk.commit('claim(k9-M1): it works');
  });

  test('of a phase and of one gate, lifted one by one', async () => {
    const whole = await desk.ask('veto', 'k9', '--reason', 'M1 and all others were never tried', '--date', '2026-06-13T13:00Z');
    const scoped = await desk.ask('veto', 'k9/M2', '--reason', 'the probe lies', '--date', '2026-06-13T14:00Z', '--body', 'See the log.');
    expect(whole.data['entry']).toMatchObject({ id: 'veto:k9/1', state: 'standing', scope: null });
    expect(scoped.data['entry']).toMatchObject({ id: 'veto:k9/2', state: 'standing', scope: 'M2', title: 'SCOPED VETO on M2: the probe lies', fields: { Raised: '2026-06-13T14:00Z by Adversary' } });
    expect((await desk.statusOf('k9')).gates.map(({ id, state }) => [id, state])).toEqual([['M1', 'vetoed'], ['M2', 'none']]);
    const lifted = await desk.ask('veto', 'lift', 'veto:k9/1', '--why', 'All VETOes apart, this VETO was withdrawn', '--date', '2026-06-13T15:00Z');
    expect([lifted.ok, lifted.diagnostics[0]?.rule]).toEqual([false, 'usage']);
    const plain = await desk.ask('veto', 'lift', 'k9/1', '--why', 'tried, all of it', '--date', '2026-06-13T15:00Z');
    expect(plain.data['entry']).toMatchObject({ id: 'veto:k9/1', state: 'cleared' });
    expect(desk.read('REVIEW-k9.md').endsWith('\n\n## VETO #1 lifted @2026-06-13T15:00Z\n\ntried, all of it\n')).toBe(true);
    expect((await desk.statusOf('k9')).vetoes.map(({ entry, state }) => [entry, state])).toEqual([['veto:k9/1', 'cleared'], ['veto:k9/2', 'standing']]);
    expect((await desk.ask('veto', 'lift', 'k9/1', '--why', 'again')).data['diff']).toBe('');
  });

  test('keeps a reason that sounds like a lifting, and refuses one that cannot be kept', async () => {
    expect((await desk.ask('veto', 'k9', '--reason', 'the check that was removed')).data['entry']).toMatchObject({ state: 'standing' });
    expect((await desk.ask('veto', 'k9', '--reason', 'a\n## VETO b')).diagnostics[0]).toMatchObject({ rule: 'usage' });
    expect((await desk.ask('veto', 'k9')).diagnostics[0]?.message).toContain('--reason');
    expect((await desk.ask('veto', 'lift', 'k9/7', '--why', 'x')).diagnostics[0]?.rule).toBe('usage');
  });
});
