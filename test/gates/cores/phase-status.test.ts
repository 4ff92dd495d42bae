import { describe, expect, test } from 'vitest';
import type { Entry } from '../../../src/contract/schema/entry.ts';
import { gateOfLack } from '../../../src/gates/done-of-phase.ts';
import { getStatus } from '../../../src/gates/get-status.ts';
import { makeEntry, makeLedger } from '../../queries/ledger-fixture.ts';
import { at, claim, gateStatus, ledgerOf, phaseOf, phaseStatus, verdict } from './status-fixture.ts';

const passed = [claim(3), verdict(4, 'pass')];
const marked = (forced: string | null) => ({ done: { marked: true, line: 9, path: 'machine-docs/STATUS-barge.md', why: null, commit: null, forced } });

describe('DONE', () => {
  test.each<[string, Entry[], string[]]>([
    ['with a PASS it is allowed', passed, []],
    ['no PASS', [], ['gate H4 has no PASS']],
    ['claimed only', [claim(3)], ['gate H4 has no PASS']],
    ['a FAIL', [claim(3), verdict(4, 'fail')], ['gate H4 has a FAIL']],
    ['a CONDITIONAL', [claim(3), verdict(4, 'conditional')], ['gate H4 has a CONDITIONAL only']],
    ['claimed again', [...passed, claim(5, 2)], ['gate H4 was claimed again and has no PASS since']],
    ['an open finding', [...passed, makeEntry('finding:barge/A1-2', { state: 'open' })], ['finding A1-2 is open']],
    ['a reopened finding', [...passed, makeEntry('finding:barge/A1', { state: 'reopened' })], ['finding A1 is open']],
    ['a closed finding', [...passed, makeEntry('finding:barge/A1', { state: 'closed' })], []],
    ['a finding of another phase', [...passed, makeEntry('finding:tug/A1', { state: 'open' })], []],
    ['an open task', [...passed, makeEntry('task:barge/paint', { state: 'open' })], []],
    ['a veto', [...passed, makeEntry('veto:barge/1', { state: 'standing', title: 'VETO it leaks' })], ['veto veto:barge/1 stands: VETO it leaks']],
    ['a veto of another gate', [...passed, makeEntry('veto:barge/1', { state: 'standing', title: 'it leaks', scope: 'H9' })], ['veto veto:barge/1 stands: it leaks']],
    ['a veto that was cleared', [...passed, makeEntry('veto:barge/1', { state: 'cleared', title: 'it leaks' })], []],
    ['all of it, in this order', [makeEntry('veto:barge/1', { title: 'v' }), makeEntry('finding:barge/A1', { state: 'open' })], ['gate H4 has no PASS', 'finding A1 is open', 'veto veto:barge/1 stands: v']],
  ])('%s', (_, entries, missing) => {
    expect(phaseStatus(ledgerOf(entries)).done).toEqual({ marked: false, allowed: missing.length === 0, missing });
  });

  test('a PASS that is too old', () => {
    expect(phaseStatus(ledgerOf(passed), Date.parse(at(4)) / 1000 + 24 * 3600 + 1).done.missing).toEqual(['the PASS of gate H4 is too old']);
  });

  test('a phase without a gate has nothing to rest on', () => {
    expect(phaseStatus(ledgerOf([], [], { gates: [] })).done).toEqual({ marked: false, allowed: false, missing: ['phase barge names no gate'] });
  });

  test('marked by force says so, as long as something is missing', () => {
    expect(phaseStatus(ledgerOf([claim(3)], [], marked('no time'))).done).toEqual({ marked: true, allowed: false, missing: ['gate H4 has no PASS', 'DONE was marked by force: no time'] });
    expect(phaseStatus(ledgerOf(passed, [], marked('no time'))).done).toEqual({ marked: true, allowed: true, missing: [] });
    expect(phaseStatus(ledgerOf([claim(3)], [], marked(null))).done.missing).toEqual(['gate H4 has no PASS']);
  });

  test.each<[string, string | null]>([
    ['gate H4 has no PASS', 'H4'], ['gate H4 has a FAIL', 'H4'], ['the PASS of gate M2(c) is too old', 'M2(c)'], ['gate W0.1 was claimed again and has no PASS since', 'W0.1'],
    ['finding gate is open', null], ['finding A1 is open', null], ['veto veto:barge/1 stands: gate H4 has no PASS', null], ['phase barge names no gate', null], ['the gate H4 has no PASS', null], ['gate H4', null], ['gate H4 hasty', null],
  ])('the gate of %j', (sentence, gate) => {
    expect(gateOfLack(sentence)).toBe(gate);
  });
});

describe('vetoes', () => {
  const standing = (more: Partial<Entry>): Entry => makeEntry('veto:barge/1', { state: 'standing', ...more });
  test.each<[string, Partial<Entry>, string]>([
    ['without a scope touches all', { title: 'the hull leaks' }, 'vetoed'],
    ['whose title names a gate somewhere touches all', { title: 'the hull of H9 leaks' }, 'vetoed'],
    ['with a scope touches those it names', { title: 'x', scope: 'H4 and H9' }, 'vetoed'],
    ['with a scope of others does not touch it', { title: 'x', scope: 'H5, H9' }, 'verified'],
    ['with a scope that names no gate touches none', { title: 'x', scope: 'the paint' }, 'verified'],
    ['with an empty scope touches all', { title: 'x', scope: '' }, 'vetoed'],
    ['whose heading opens with another gate does not touch it', { title: 'VETO H9: it leaks' }, 'verified'],
    ['whose heading opens with the gate', { title: 'VETO on gate H4: it leaks' }, 'vetoed'],
    ['SCOPED VETO on', { title: 'SCOPED VETO on gates H8, H9: leaks' }, 'verified'],
    ['VETO —', { title: 'VETO — H9 leaks' }, 'verified'],
    ['VETO:', { title: 'VETO: H9 leaks' }, 'verified'],
    ['VETO for', { title: '## VETO for H9' }, 'verified'],
    ['VETO of', { title: 'VETO of H9' }, 'verified'],
    ['VETO at once', { title: 'VETO H8, H9' }, 'verified'],
    ['VETO of something', { title: 'VETO the paint of H9 peels' }, 'vetoed'],
    ['a title that opens with a gate and says no VETO', { title: 'H9 leaks' }, 'vetoed'],
    ['a title whose VETO stands later', { title: 'I VETO H9' }, 'vetoed'],
    ['that was cleared touches none', { state: 'cleared', title: 'the hull leaks' }, 'verified'],
    ['in no known state stands', { state: null, title: 'the hull leaks' }, 'vetoed'],
  ])('%s', (_, more, state) => {
    expect(gateStatus(ledgerOf([...passed, standing(more)])).state).toBe(state);
  });

  test('are listed with their scope, standing or not; other entries are none', () => {
    const entries = [standing({ title: 'one', scope: 'H4' }), makeEntry('veto:barge/2', { state: 'cleared', title: 'two' }), makeEntry('finding:barge/A1', { state: 'open' })];
    expect(phaseStatus(ledgerOf(entries)).vetoes).toEqual([{ entry: 'veto:barge/1', state: 'standing', scope: 'H4', reason: 'one' }, { entry: 'veto:barge/2', state: 'cleared', scope: null, reason: 'two' }]);
  });
});

describe('the whole status', () => {
  const entries = [
    makeEntry('deferred:2026-05-01-a', { state: 'open' }), makeEntry('deferred:2026-05-01-b', { state: 'reopened' }), makeEntry('deferred:2026-05-01-c', { state: 'closed' }),
    makeEntry('inbox:builder/2026-05-01-x', { state: 'unread' }), makeEntry('inbox:adversary/2026-05-01-y', { state: 'unread' }), makeEntry('inbox:builder/2026-05-01-z', { state: 'consumed' }), makeEntry('task:barge/u', { state: 'unread' }),
    makeEntry('alert:20260501T000000Z-app-down', { state: 'open' }), makeEntry('alert:20260502T000000Z-app-down', { state: 'closed' }), makeEntry('task:barge/t', { state: 'open' }),
    makeEntry('finding:barge/A1', { state: 'open' }), makeEntry('finding:barge/A2', { state: 'closed' }), makeEntry('finding:barge/A3', { state: 'reopened' }),
  ];

  test('lists what is open by kind and state', () => {
    const status = getStatus(ledgerOf(entries));
    expect(status.deferred).toEqual({ open: ['deferred:2026-05-01-a', 'deferred:2026-05-01-b'], closed: ['deferred:2026-05-01-c'], triggered: [] });
    expect(status.inbox).toEqual({ builder: ['inbox:builder/2026-05-01-x'], adversary: ['inbox:adversary/2026-05-01-y'] });
    expect(status.alerts).toEqual(['alert:20260501T000000Z-app-down']);
    expect(status.phases[0]?.findings).toEqual({ open: ['finding:barge/A1', 'finding:barge/A3'], closed: ['finding:barge/A2'] });
  });

  test('of one phase, or of all in their order; a gate that nobody wrote of is there', () => {
    const ledger = makeLedger([], { phases: [phaseOf({ gates: ['H4', 'H5'] }), phaseOf({ id: 'tug', order: 2, gates: [] })] });
    expect(getStatus(ledger).phases.map(({ id, order, gates }) => [id, order, gates.map((gate) => [gate.id, gate.state])])).toEqual([['barge', 1, [['H4', 'none'], ['H5', 'none']]], ['tug', 2, []]]);
    expect(getStatus(ledger, { phase: 'tug' }).phases.map(({ id }) => id)).toEqual(['tug']);
    expect(getStatus(ledger, { phase: 'none' }).phases).toEqual([]);
  });
});
