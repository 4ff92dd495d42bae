import { describe, expect, test } from 'vitest';
import type { Entry, Recording } from '../../../src/contract/schema/entry.ts';
import { findEvidence } from '../../../src/gates/evidence/evidence-of-gate.ts';
import { makeEntry, makeRef } from '../../queries/ledger-fixture.ts';
import { proven, reproduction } from './evidence-fixture.ts';

const none = { level: 'none', verdict: 'none', reproductions: [] };
const id = 'reproduction:barge/weigh';
/** One that names no gate itself. */
const nameless = (more: Partial<Entry> = {}): Entry => {
  const { gate: _, ...entry } = reproduction('weigh', more);
  return entry;
};
const journal = (refs: Entry['refs'], place: Partial<Entry['place']> = {}): Entry => makeEntry('journal:barge/2026-04-01-weighed', { refs, place: { path: 'machine-docs/JOURNAL-barge.md', line: 5, endLine: 40, rev: null, ...place } });
const ofGate = makeRef('gate', 'H4', 'gate:barge/H4');
const cites = (target: string | null, more: Partial<Entry> = {}): Entry => makeEntry('claim:barge/H4#1', { gate: 'H4', refs: [makeRef('reproduction', 'weigh', target)], ...more });

function find(...entries: Entry[]) {
  return findEvidence(entries, 'barge', 'H4');
}

describe('what a gate rests on', () => {
  test.each<[string, Entry[]]>([
    ['one that names it', [reproduction()]],
    ['one that its claim cites', [cites(id), nameless()]],
    ['one in an entry that speaks of it', [journal([ofGate]), nameless()]],
    ['one in an entry that speaks of a gate nobody knows by that name', [journal([makeRef('gate', 'H4', null)]), nameless()]],
    ['one on the first and last line of its entry', [journal([ofGate], { line: 10, endLine: 30 }), nameless()]],
    ['one in an entry that speaks of several', [journal([makeRef('gate', 'H5', 'gate:barge/H5'), ofGate]), nameless()]],
  ])('%s', (_, entries) => {
    expect(find(...entries)).toEqual({ level: 'recorded', verdict: 'proven', reproductions: [id] });
  });

  test.each<[string, Entry[]]>([
    ['nothing', []],
    ['one that names another gate', [reproduction('weigh', { gate: 'H5' })]],
    ['one that names another gate, though the claim cites it', [cites(id), journal([ofGate]), reproduction('weigh', { gate: 'H5' })]],
    ['one that was recorded again', [reproduction('weigh', { recording: { ...proven, state: 'superseded' } })]],
    ['one that nobody speaks of', [journal([]), nameless()]],
    ['one that the claim of another gate cites', [cites(id, { gate: 'H5' }), nameless()]],
    ['one that something else than a claim cites', [cites(id, { kind: 'finding' }), nameless()]],
    ['one whose name stands for something else', [makeEntry('claim:barge/H4#1', { gate: 'H4', refs: [makeRef('task', 'weigh', id)] }), nameless()]],
    ['one in an entry that speaks of another gate', [journal([makeRef('gate', 'H5', 'gate:barge/H5'), makeRef('gate', 'H5', null)]), nameless()]],
    ['one in an entry that speaks of the gate of that name in another phase', [journal([makeRef('gate', 'H4', 'gate:tug/H4')]), nameless()]],
    ['one in an entry that speaks of a finding of that name', [journal([makeRef('finding', 'H4', null), makeRef('finding', 'H4', 'gate:barge/H4')]), nameless()]],
    ['one before the entry', [journal([ofGate], { line: 11 }), nameless()]],
    ['one that goes on behind the entry', [journal([ofGate], { endLine: 29 }), nameless()]],
    ['one of another file', [journal([ofGate], { path: 'machine-docs/JOURNAL-tug.md' }), nameless()]],
    ['one of another revision', [journal([ofGate], { rev: 'c'.repeat(40) }), nameless()]],
    ['one in what is no journal', [{ ...journal([ofGate]), kind: 'note' }, nameless()]],
    ['a finding that names it', [makeEntry('finding:barge/A1', { gate: 'H4' })]],
  ])('not %s', (_, entries) => {
    expect(find(...entries)).toEqual(none);
  });
});

describe('how well it is proven', () => {
  const recorded = (name: string, level: string | undefined, recording: Partial<Recording> | null): Entry => {
    const { level: _, recording: __, ...bare } = reproduction(name);
    return { ...bare, ...(level === undefined ? {} : { level }), ...(recording === null ? {} : { recording: { ...proven, ...recording } }) };
  };
  test.each<[string, Entry[], string, string]>([
    ['never recorded', [recorded('a', 'claimed', null)], 'claimed', 'unrecorded'],
    ['of no known level', [recorded('a', 'sworn', null), recorded('b', undefined, null)], 'claimed', 'unrecorded'],
    ['the best of several', [recorded('a', 'claimed', null), recorded('b', 'replayed', {}), recorded('c', 'recorded', { verdict: 'toothless' })], 'replayed', 'proven'],
    ['the best of several, in another order', [recorded('b', 'attested', { verdict: 'flaky' }), recorded('a', 'replayed', {})], 'attested', 'flaky'],
    ['of two of one level the proven one', [recorded('a', 'recorded', { verdict: 'toothless' }), recorded('b', 'recorded', {})], 'recorded', 'proven'],
    ['of two of one level the proven one, in another order', [recorded('b', 'recorded', {}), recorded('a', 'recorded', { verdict: 'toothless' })], 'recorded', 'proven'],
    ['of two that are not proven the first', [recorded('a', 'recorded', { verdict: 'toothless' }), recorded('b', 'recorded', { verdict: 'void' })], 'recorded', 'toothless'],
    ['what is wrong with its receipt', [recorded('a', 'claimed', { state: 'tampered' })], 'claimed', 'tampered'],
    ['one that is proven and tampered with is not', [recorded('a', 'claimed', { state: 'tampered' }), recorded('b', 'claimed', { dirty: ['x'] })], 'claimed', 'proven'],
    ['one that was recorded before one that was not', [recorded('a', 'claimed', null), recorded('b', 'claimed', { verdict: 'void' })], 'claimed', 'void'],
  ])('%s', (_, entries, level, verdict) => {
    expect(find(...entries)).toMatchObject({ level, verdict });
  });
});
