import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findByTail, resolveId } from '../../src/queries/resolve-id.ts';
import { makeEntry, makeLedger } from './ledger-fixture.ts';

const ids = [
  'finding:pvfix/A1', 'finding:conc/CONC-A1', 'finding:pvfix/A2', 'finding:pxgate/A2', 'finding:pxgate/P1-neg', 'gate:pvfix/M1', 'gate:pxgate/M1', 'gate:pxgate/M2', 'claim:pxgate/M1#1',
  'claim:pxgate/M1#2', 'verdict:pxgate/M1#1', 'deferred:2026-06-13-circular-dependency', 'deferred:2026-06-13-circular-logic', 'journal:pxgate/2026-06-13T1930-phase-start',
  'journal:pxgate/2026-06-13T1930-phase-start~2', 'decision:-/wildcard-tls', 'plan:pxgate', 'inbox:builder/2026-06-13-heads-up',
];
const ledger = makeLedger(ids.map((id) => makeEntry(id)));

describe('an id may be given whole or as any unique tail', () => {
  test.each([
    ['finding:pvfix/A1', 'finding:pvfix/A1'],
    ['pvfix/A1', 'finding:pvfix/A1'],
    ['A1', 'finding:pvfix/A1'],
    ['a1', 'finding:pvfix/A1'],
    ['CONC-A1', 'finding:conc/CONC-A1'],
    ['neg', 'finding:pxgate/P1-neg'],
    ['M2', 'gate:pxgate/M2'],
    ['gate:M2', 'gate:pxgate/M2'],
    ['gates:M2', 'gate:pxgate/M2'],
    ['pxgate/M1', 'gate:pxgate/M1'],
    ['claim:M1#2', 'claim:pxgate/M1#2'],
    ['M1#2', 'claim:pxgate/M1#2'],
    ['circular-logic', 'deferred:2026-06-13-circular-logic'],
    ['logic', 'deferred:2026-06-13-circular-logic'],
    ['2026-06-13-circular-dependency', 'deferred:2026-06-13-circular-dependency'],
    ['phase-start', 'journal:pxgate/2026-06-13T1930-phase-start'],
    ['phase-start~2', 'journal:pxgate/2026-06-13T1930-phase-start~2'],
    ['plan:pxgate', 'plan:pxgate'],
    ['wildcard', 'decision:-/wildcard-tls'],
    ['builder/2026-06-13', 'inbox:builder/2026-06-13-heads-up'],
    [' pvfix/A1 ', 'finding:pvfix/A1'],
  ])('%s is %s', (text, id) => expect(resolveId(ledger, text).id).toBe(id));

  test.each([
    ['A2', /finding:pvfix\/A2, finding:pxgate\/A2/],
    ['M1', /gate:pvfix\/M1, gate:pxgate\/M1/],
    ['M1#1', /claim:pxgate\/M1#1, verdict:pxgate\/M1#1/],
    ['2026-06-13-circular', /circular-dependency, deferred:2026-06-13-circular-logic/],
  ])('%s is ambiguous and its candidates are listed', (text, message) => {
    expect(() => resolveId(ledger, text)).toThrow(message);
    expect(() => resolveId(ledger, text)).toThrow(/Ambiguous/);
  });

  test.each([
    ['pvfx/A1', /Did you mean finding:pvfix\/A1/],
    ['A9', /Did you mean .*finding:pvfix\/A1/],
    ['circular-dependncy', /deferred:2026-06-13-circular-dependency/],
    ['gate:pxgate/M3', /gate:pxgate\/M[12]/],
  ])('%s is unknown and the nearest are named', (text, message) => expect(() => resolveId(ledger, text)).toThrow(message));

  test('half a word, or nothing, names nothing', () => {
    for (const text of ['irt', 'xgate/M1', 'M', '', ' ', '1', '/M1', '-neg']) expect(findByTail(ledger.entries, text.trim()).length, text).not.toBe(1);
  });

  test('an empty docket says how to begin', () => expect(() => resolveId(makeLedger([]), 'A1')).toThrow(expect.objectContaining({ kind: 'usage', next: 'docket init' })));

  test('what stands now is meant before what only history has', () => {
    const old = makeEntry('claim:p/M1#1', { place: { path: 'a', line: 1, endLine: 1, rev: 'abc' } });
    const now = makeEntry('claim:p/M1#1', { title: 'now' });
    expect(resolveId(makeLedger([old, now]), 'M1#1').title).toBe('now');
  });
});

test('every whole id names its entry, whatever else there is', () => {
  const word = fc.stringMatching(/^[A-Za-z0-9]{1,4}(-[a-z0-9]{1,3}){0,2}$/);
  const id = fc.tuple(fc.constantFrom('finding', 'gate', 'task', 'decision'), word, word).map(([kind, phase, name]) => `${kind}:${phase}/${name}`);
  fc.assert(
    fc.property(fc.uniqueArray(id, { minLength: 1, maxLength: 12 }), (all) => {
      const entries = all.map((one) => makeEntry(one));
      for (const one of all) expect(findByTail(entries, one).map((entry) => entry.id)).toEqual([one]);
    }),
  );
});
