import { describe, expect, test } from 'vitest';
import type { Entry } from '../../../src/contract/schema/entry.ts';
import { findTriggered } from '../../../src/gates/triggers/find-triggered.ts';
import { readTrigger, type ReadTrigger } from '../../../src/gates/triggers/read-trigger.ts';
import type { Phase } from '../../../src/ledger/ledger.ts';
import { makeEntry } from '../../queries/ledger-fixture.ts';
import { at, claim, commit, commitAt, ledgerOf, phaseOf, verdict } from './status-fixture.ts';

const known = { isPhase: (id: string) => ['barge', 'tug', 'read', '2w'].includes(id), isGate: (id: string) => ['H4', 'Q3', 'Q3.1'].includes(id), isFinding: (id: string) => ['A1', 'A2', 'H4'].includes(id) };

describe('the words of a trigger', () => {
  const gate = (name: string, event = 'claimed', more: object = {}) => ({ type: 'gate', phase: null, gate: name, whatever: false, event, ...more });
  const finding = (id: string, phase: string | null = null) => ({ type: 'finding', phase, id });
  const phase = (id: string, event = 'start') => ({ type: 'phase', phase: id, event });
  test.each<[string, object[], Partial<ReadTrigger>?]>([
    ['when H4 is claimed', [gate('H4')]], ['before any Q3 gate claim', [gate('Q3', 'claimed', { whatever: true })], { before: true }], ['H4', [gate('H4')]], ['H4 passes', [gate('H4', 'pass')]], ['once H4 has its PASS', [gate('H4', 'pass')]], ['after `H4` is *verified*', [gate('H4', 'pass')]],
    ['H4 accepted', [gate('H4', 'pass')]], ['H4 done', [gate('H4', 'pass')]], ['H4 closed', [gate('H4', 'pass')]], ['H4 green', [gate('H4', 'pass')]], ['H4 passed', [gate('H4', 'pass')]], ['H4 PASSED', [gate('H4', 'pass')]], ['H4 bypass', [gate('H4')]], ['H4 fails', [gate('H4', 'fail')]],
    ['H4 failed', [gate('H4', 'fail')]], ['H4 FAIL', [gate('H4', 'fail')]], ['H4 failure', [gate('H4')]], ['H4 claimed or PASS', [gate('H4')]], ['H4 PASS, not FAIL', [gate('H4', 'fail')]], ['the Claim of H4', [gate('H4')]],
    ['every Q3 gate', [gate('Q3', 'claimed', { whatever: true })]], ['each Q3', [gate('Q3', 'claimed', { whatever: true })]], ['next Q3', [gate('Q3', 'claimed', { whatever: true })]], ['the first Q3', [gate('Q3', 'claimed', { whatever: true })]], ['anything of Q3', [gate('Q3')]],
    ['Z9 is claimed', [gate('Z9')]],
    ['A1 is closed', [finding('A1')]], ['A1 (tug) closed', [finding('A1', 'tug')]], ['A1 and A2', [finding('A1'), finding('A2')], { needs: 'all' }], ['both A1, A2', [finding('A1'), finding('A2')], { needs: 'all' }], ['all of A1, A2', [finding('A1'), finding('A2')], { needs: 'all' }],
    ['A1 or A2', [finding('A1'), finding('A2')]], ['A1 and A2 or H4', [gate('H4'), finding('A1'), finding('A2')]], ['any: A1 and A2', [finding('A1'), finding('A2')]], ['either A1 and A2', [finding('A1'), finding('A2')]], ['band A1 A2', [finding('A1'), finding('A2')]],
    ['phase tug starts', [phase('tug')]], ['once tug is done', [phase('tug', 'done')]], ['tug completes', [phase('tug', 'done')]], ['tug ends', [phase('tug', 'done')]], ['tug finishes', [phase('tug', 'done')]], ['tug is over', [phase('tug', 'done')]], ['tug closes', [phase('tug', 'done')]],
    ['completion of tug', [phase('tug', 'done')]], ['tug ended', [phase('tug', 'done')]], ['tug closed', [phase('tug', 'done')]], ['tug completed', [phase('tug', 'done')]], ['tug finish', [phase('tug', 'done')]], ['the undone tug', [phase('tug')]], ['prior to tug', [phase('tug')], { before: true }],
    ['ahead of tug', [phase('tug')], { before: true }], ['by the time of tug', [], { before: true }], ['by the time of phase tug', [phase('tug')], { before: true }], ['beforehand tug', [phase('tug')]],
    ['a target for the cold read of it', []], ['when the phase of that read begins', [phase('read')]], ['the work on read begins some day', [phase('read')]], ['the read is opened by somebody some day', [phase('read')]], ['whatever comes of 2w some day', [phase('2w')]],
    ['the long cold read begins', [phase('read')]], ['the long read of it begins', []], ['it begins the long cold read', []], ['it soon begins to read', [phase('read')]], ['it begins soon to read', []], ['once tug-work is there', [phase('tug')]], ['the operator says so', []], ['', []],
    ['phase dredge starts', [phase('dredge')]], ['M1 of dredge', [gate('M1', 'claimed', { phase: 'dredge' })]], ['M1 in dredge', [gate('M1', 'claimed', { phase: 'dredge' })]], ['M1 of tug', [gate('M1', 'claimed', { phase: 'tug' })]], ['H4 of phase tug', [gate('H4', 'claimed', { phase: 'tug' })]],
  ])('%j', (text, conditions, more = {}) => {
    expect(readTrigger(text, known)).toEqual({ conditions, needs: 'one', before: false, ...more });
  });
});

describe('what has happened', () => {
  const item = (trigger: string, more: Partial<Entry> = {}): Entry =>
    makeEntry('deferred:2026-05-01-paint', { state: 'open', phase: 'barge', date: '2026-05-01', introduced: { commit: commitAt(2), at: at(2) }, fields: { What: 'paint', 'Re-entry trigger': trigger }, ...more });
  const finding = (id: string, state = 'closed', phase = 'barge'): Entry => makeEntry(`finding:${phase}/${id}`, { state, closed: { commit: commitAt(6), route: null, at: at(6), by: null } });
  const phases = (tug: Partial<Phase> = {}): { phases: Phase[] } => ({ phases: [phaseOf({ gates: ['H4', 'Q3', 'Q3.1', 'Q3(a)'] }), phaseOf({ id: 'tug', order: 2, gates: ['H4', 'K1'], ...tug })] });
  const done = (more: Partial<Phase['done']> = {}): Partial<Phase> => ({ done: { marked: true, line: 1, path: 'x', why: null, commit: commitAt(8), forced: null, ...more } });
  const short = (hour: number): string => commitAt(hour).slice(0, 12);

  function triggered(entries: Entry[], commits: Parameters<typeof ledgerOf>[1] = [], tug: Partial<Phase> = {}): string[] {
    return findTriggered(ledgerOf(entries, commits, {}, phases(tug))).map(({ entry, why, commit: by }) => `${entry.replace('deferred:2026-05-01-', '')}: ${why} (${by?.slice(0, 3) ?? null})`);
  }

  const claimed = [`paint: gate barge/H4 was claimed in ${short(5)} (c05)`];
  test.each<[string, Entry[], Parameters<typeof ledgerOf>[1], string[]]>([
    ['a gate is claimed', [item('when H4 is claimed'), claim(5)], [], claimed],
    ['a gate is claimed again: the last one', [item('when H4 is claimed'), claim(4), claim(5, 2)], [], claimed],
    ['a gate is claimed by subject', [item('when H4 is claimed')], [commit(5, { claims: ['H4'] })], claimed],
    ['a gate is claimed and not committed', [item('when H4 is claimed'), claim(null)], [], ['paint: gate barge/H4 was claimed in the working tree (null)']],
    ['nothing', [item('when H4 is claimed')], [], []],
    ['a claim does not pass', [item('once H4 passes'), claim(5), verdict(6, 'fail')], [], []],
    ['a PASS', [item('once H4 passes'), claim(5), verdict(6, 'pass'), verdict(7, 'fail', 2)], [], [`paint: gate barge/H4 has its PASS since ${short(6)} (c06)`]],
    ['a FAIL that is not committed', [item('once H4 fails'), claim(5), verdict(null, 'fail')], [], ['paint: gate barge/H4 has its FAIL since the working tree (null)']],
    ['that of another phase is none', [item('when H4 of phase tug is claimed'), claim(5)], [], []],
    ['that of the item’s phase is the one', [item('when H4 is claimed', { phase: 'tug' }), claim(5)], [], []],
    ['of any phase, where the item has none', [item('when H4 is claimed', { phase: '-' }), claim(5)], [], claimed],
    ['another gate of its name', [item('when K1 is claimed'), claim(5)], [], []],
    ['a sub-gate is not the gate', [item('when Q3 is claimed')], [commit(5, { claims: ['Q3.1'] })], []],
    ['a sub-gate is one of any', [item('before any Q3 gate claim')], [commit(5, { claims: ['Q3.1'] })], [`paint: gate barge/Q3.1 was claimed in ${short(5)} (c05)`]],
    ['a bracketed one too', [item('before any Q3 gate claim')], [commit(5, { claims: ['Q3(a)'] })], [`paint: gate barge/Q3(a) was claimed in ${short(5)} (c05)`]],
    ['one that only begins so is not', [item('before any H4 gate claim')], [commit(5, { claims: ['H42', 'H4x'] })], []],
    ['what happened before the item was filed does not count where it says before', [item('before any Q3 gate claim')], [commit(1, { claims: ['Q3'] })], []],
    ['in the same commit it counts', [item('before H4 is claimed'), claim(2)], [], [`paint: gate barge/H4 was claimed in ${short(2)} (c02)`]],
    ['without "before" it counts', [item('when H4 is claimed'), claim(1)], [], [`paint: gate barge/H4 was claimed in ${short(1)} (c01)`]],
    ['to an item that is not committed everything was before', [item('before H4 is claimed', { introduced: null }), claim(5)], [], []],
    ['what is not committed comes after', [item('before H4 is claimed', { introduced: null }), claim(null)], [], ['paint: gate barge/H4 was claimed in the working tree (null)']],
    ['a finding is closed', [item('once A1 is closed'), finding('A1')], [], ['paint: finding:barge/A1 is closed (c06)']],
    ['a finding is open', [item('once A1 is closed'), finding('A1', 'open')], [], []],
    ['a finding of the item’s phase before one of another', [item('once A1 is closed'), finding('A1', 'closed', 'tug'), finding('A1', 'open')], [], []],
    ['the only one of that name, wherever it is', [item('once A1 is closed'), finding('A1', 'closed', 'tug')], [], ['paint: finding:tug/A1 is closed (c06)']],
    ['two of that name elsewhere', [item('once A1 is closed', { phase: 'quay' }), finding('A1', 'closed', 'tug'), finding('A1')], [], []],
    ['one of the phase that is named', [item('once A1 (tug) is closed'), finding('A1', 'closed', 'tug'), finding('A1', 'open')], [], ['paint: finding:tug/A1 is closed (c06)']],
    ['a closed finding without a closing', [item('once A1 is closed'), { ...finding('A1'), closed: null }], [], ['paint: finding:barge/A1 is closed (null)']],
    ['a task of that name is no finding', [item('once A1 is closed'), finding('A1', 'open'), makeEntry('task:barge/A1', { state: 'closed' })], [], []],
    ['one finding whose name ends so', [item('once A1 is closed'), finding('A1', 'open'), finding('BA1')], [], []],
    ['both, and only one has happened', [item('once A1 and A2 are closed'), finding('A1'), finding('A2', 'open')], [], []],
    ['both have happened', [item('once A1 and A2 are closed'), finding('A1'), finding('A2')], [], ['paint: finding:barge/A1 is closed (c06)']],
    ['one of two has happened', [item('once A1 or A2 is closed'), finding('A1', 'open'), finding('A2')], [], ['paint: finding:barge/A2 is closed (c06)']],
    ['a finding that was closed before it was filed', [item('before A1 is closed'), { ...finding('A1'), closed: { commit: commitAt(1), route: null, at: at(1), by: null } }], [], []],
    ['another item is closed', [item('when 2026-05-01 varnish is closed'), makeEntry('deferred:2026-05-01-varnish', { title: 'varnish', date: '2026-05-01', state: 'closed', closed: { commit: commitAt(7), route: null, at: null, by: null } })], [], ['paint: deferred:2026-05-01-varnish is closed (c07)']],
    ['another item is closed, nobody knows by what', [item('when 2026-05-01 varnish is closed'), makeEntry('deferred:2026-05-01-varnish', { title: 'varnish', date: '2026-05-01', state: 'closed' })], [], ['paint: deferred:2026-05-01-varnish is closed (null)']],
    ['another item is open, whatever else is named', [item('when 2026-05-01 varnish of H4 is closed'), makeEntry('deferred:2026-05-01-varnish', { title: 'varnish', date: '2026-05-01', state: 'open' }), claim(5)], [], []],
    ['the item itself is none of the others', [item('since 2026-05-01: when H4 is claimed'), claim(5)], [], claimed],
    ['nobody can see it', [item('when the operator says so'), claim(5)], [], []],
    ['a closed item waits for nothing', [item('when H4 is claimed', { state: 'closed' }), claim(5)], [], []],
    ['a reopened one does', [item('when H4 is claimed', { state: 'reopened' }), claim(5)], [], claimed],
    ['a task is no item', [item('when H4 is claimed', { kind: 'task' }), claim(5)], [], []],
    ['an item without a trigger', [item('', { fields: { What: 'when H4 is claimed' } }), claim(5)], [], []],
  ])('%s', (_, entries, commits, expected) => {
    expect(triggered(entries, commits)).toEqual(expected);
  });

  test.each<[string, string, Partial<Phase>, string[]]>([
    ['a phase has started', 'when tug starts', { firstCommit: commitAt(7) }, [`paint: phase tug has files since ${short(7)} (c07)`]],
    ['a phase has files that are not committed', 'when tug starts', {}, ['paint: phase tug has files that are not committed yet (null)']],
    ['a phase is done', 'when tug is done', done(), ['paint: phase tug is done (c08)']],
    ['a phase is not done', 'when tug is done', { firstCommit: commitAt(7) }, []],
    ['a phase that nobody has seen', 'when phase dredge starts', {}, []],
  ])('%s', (_, trigger, tug, expected) => {
    expect(triggered([item(trigger)], [], tug)).toEqual(expected);
  });

  test.each(['Re-entry trigger', 'Trigger', 'Reentry', 're-entry', 'Revisit', 'Bring back', 'bring-back', 'Bringback', 'Reopen when', 're-open when', 'Pick up', 'pickup', 'Resume'])('the field %s says what brings it back', (name) => {
    expect(triggered([item('', { fields: { What: 'paint', [name]: 'H4 claimed' } }), claim(5)])).toEqual(claimed);
  });
});
