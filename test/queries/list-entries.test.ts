import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noFilter, type EntryFilter } from '../../src/queries/entry-filter.ts';
import { listDocuments } from '../../src/queries/list-documents.ts';
import { listEntries } from '../../src/queries/list-entries.ts';
import { readMoment } from '../../src/queries/read-moment.ts';
import type { LedgerDocument } from '../../src/ledger/ledger.ts';
import { makeEntry, makeLedger, makeRef, noBody } from './ledger-fixture.ts';

const all = { limit: null, cursor: null };
const at = (path: string, rev: string | null = null) => ({ path, line: 3, endLine: 9, rev });
const entries = [
  makeEntry('journal:pxgate/2026-06-13-phase-start', { date: '2026-06-13', author: 'builder', place: at('machine-docs/JOURNAL-pxgate.md'), fields: { Next: 'commit + claim M1.' }, refs: [makeRef('gate', 'M1', 'gate:pxgate/M1')] }),
  makeEntry('journal:pxgate/2026-06-14T0700-later', { date: '2026-06-14', time: '07:00', timeEnd: '08:30', author: 'builder', place: at('machine-docs/JOURNAL-pxgate.md') }),
  makeEntry('journal:pvfix/2026-06-10-night', { date: '2026-06-10', dateEnd: '2026-06-12', place: at('machine-docs/JOURNAL-pvfix.md') }),
  makeEntry('gate:pxgate/M1', { state: 'claimed', place: at('machine-docs/STATUS-pxgate.md') }),
  makeEntry('claim:pxgate/M1#1', { gate: 'M1', author: 'builder', place: at('machine-docs/STATUS-pxgate.md', 'abc123') }),
  makeEntry('verdict:pvfix/M1#1', { gate: 'M1', state: 'pass', author: 'adversary', place: at('machine-docs/REVIEW-pvfix.md') }),
  makeEntry('deferred:2026-06-13-circular', { phase: 'pvfix', state: 'open', section: 'Open deferrals', place: at('machine-docs/DEFERRED.md') }),
  makeEntry('deferred:2026-06-12-sweep', { phase: 'pvfix', state: 'closed', section: 'Closed deferrals', introduced: { commit: 'c', at: '2026-06-12T09:10:12Z' }, place: at('machine-docs/DEFERRED.md') }),
];
const ledger = makeLedger(entries);
const ids = (filter: Partial<EntryFilter>, body: (id: string) => string = noBody) =>
  listEntries(ledger, { ...noFilter, ...filter }, all, (entry) => body(entry.id)).items.map(({ id }) => id.replace(/^[^:]+:/, ''));

describe('filters', () => {
  test.each<[string, Partial<EntryFilter>, string[]]>([
    ['kind', { kinds: ['gate', 'verdict'] }, ['pxgate/M1', 'pvfix/M1#1']],
    ['phase', { phases: ['pvfix'] }, ['pvfix/2026-06-10-night', 'pvfix/M1#1', '2026-06-13-circular', '2026-06-12-sweep']],
    ['state', { states: ['open', 'pass'] }, ['pvfix/M1#1', '2026-06-13-circular']],
    ['author', { authors: ['adversary'] }, ['pvfix/M1#1']],
    ['since a day, inclusive', { since: readMoment('2026-06-13', 'since') }, ['pxgate/2026-06-13-phase-start', 'pxgate/2026-06-14T0700-later']],
    ['until a day, inclusive; a span counts from its first day', { until: readMoment('2026-06-12', 'until') }, ['pvfix/2026-06-10-night', '2026-06-12-sweep']],
    ['a span counts to its last day; without a date the commit counts', { since: readMoment('2026-06-12', 'since'), until: readMoment('2026-06-12', 'until') }, ['pvfix/2026-06-10-night', '2026-06-12-sweep']],
    ['a time within a range', { since: readMoment('2026-06-14T08:00Z', 'since') }, ['pxgate/2026-06-14T0700-later']],
    ['after a range', { since: readMoment('2026-06-14T08:31Z', 'since') }, []],
    ['before a time; a day without a time may be any of its moments', { since: readMoment('2026-06-13T23:00', 'since'), until: readMoment('2026-06-14T06:59', 'until') }, ['pxgate/2026-06-13-phase-start']],
    ['gate of any phase, its own and mentions', { gate: 'M1' }, ['pxgate/2026-06-13-phase-start', 'pxgate/M1', 'pxgate/M1#1', 'pvfix/M1#1']],
    ['gate of a phase', { gate: 'pxgate/m1' }, ['pxgate/2026-06-13-phase-start', 'pxgate/M1', 'pxgate/M1#1']],
    ['section', { section: 'closed' }, ['2026-06-12-sweep']],
    ['path, by file', { path: 'DEFERRED.md' }, ['2026-06-13-circular', '2026-06-12-sweep']],
    ['path, by whole segments only', { path: 'FERRED.md' }, []],
    ['path, by folder', { path: './machine-docs/', kinds: ['gate'] }, ['pxgate/M1']],
    ['history only', { history: 'only' }, ['pxgate/M1#1']],
    ['without history', { history: 'without', kinds: ['claim'] }, []],
    ['text in a field, case and order ignored', { text: 'CLAIM commit' }, ['pxgate/2026-06-13-phase-start']],
    ['text, all words needed', { text: 'claim nonsense' }, []],
    ['everything together', { phases: ['pvfix'], states: ['open'], section: 'open', text: 'circular' }, ['2026-06-13-circular']],
  ])('%s', (_, filter, expected) => expect(ids(filter)).toEqual(expected));

  test('text in the body, diacritics ignored', () => expect(ids({ text: 'resume' }, (id) => (id.includes('sweep') ? 'Le résumé.' : ''))).toEqual(['2026-06-12-sweep']));

  test('the body is asked for only where the rest passes', () => {
    const asked: string[] = [];
    listEntries(ledger, { ...noFilter, kinds: ['gate'], text: 'x' }, all, ({ id }) => (asked.push(id), ''));
    expect(asked).toEqual(['gate:pxgate/M1']);
  });

  test('an unknown phase is an error with the nearest; an empty docket knows any', () => {
    expect(() => listEntries(ledger, { ...noFilter, phases: ['pxgat'] }, all, noBody)).toThrow(/Unknown phase "pxgat".*Did you mean pxgate\?/s);
    expect(listEntries(makeLedger([]), { ...noFilter, phases: ['x'] }, all, noBody)).toEqual({ items: [], total: 0, truncated: false, cursor: null });
  });

  test.each(['2026-13-01', '2026-02-30', 'yesterday', '2026-06-13T25:00', '06/13/2026', ''])('%s is no date', (text) => expect(() => readMoment(text, 'since')).toThrow(/YYYY-MM-DD/));
});

describe('paging', () => {
  test('pages put together are the whole list, for any limit, also when entries come in between', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.nat({ max: 7 }), (limit, insertAt) => {
        const seen: string[] = [];
        let cursor: string | null = null;
        let current = ledger;
        do {
          const page = listEntries(current, noFilter, { limit, cursor }, noBody);
          expect(page.truncated).toBe(page.cursor !== null);
          expect(page.total).toBe(current.entries.length);
          seen.push(...page.items.map(({ id }) => id));
          cursor = page.cursor;
          current = makeLedger(entries.toSpliced(insertAt, 0, makeEntry('note:pxgate/new')));
        } while (cursor !== null);
        expect(seen.filter((id) => !id.startsWith('note:'))).toEqual(entries.map(({ id }) => id));
      }),
    );
  });

  test.each(['', 'x', 'a!!', 'aGVsbG8', '12'])('the cursor "%s" of no list is refused', (cursor) => {
    expect(() => listEntries(ledger, noFilter, { limit: 2, cursor }, noBody)).toThrow(expect.objectContaining({ kind: 'usage' }));
  });
});

test('documents have the keys of the contract and no others', () => {
  const document: LedgerDocument = { path: 'machine-docs/DEFERRED.md', kind: 'deferred', phase: '-', owner: null, bytes: 1, lines: 1, entries: [], unparsed: [], spans: [], blob: 'b', frontMatter: null };
  const page = listDocuments(makeLedger(entries, { documents: [document] }), { phases: [], path: 'DEFERRED.md' }, all);
  expect(page.items.map((item) => Object.keys(item))).toEqual([['path', 'kind', 'phase', 'owner', 'bytes', 'lines', 'entries', 'unparsed', 'spans']]);
});
