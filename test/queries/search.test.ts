import { describe, expect, test } from 'vitest';
import { noFilter } from '../../src/queries/entry-filter.ts';
import { searchLedger } from '../../src/queries/search-ledger.ts';
import { readTerms } from '../../src/queries/search/search-terms.ts';
import { makeEntry, makeLedger } from './ledger-fixture.ts';

const bodies: Record<string, string> = {
  'journal:p/probe': '## Probe\n\nThe health gate asks the dashboard.\nNothing else.',
  'journal:p/gate-health': '## Gate\n\nThe gate is in good health.',
  'journal:p/long': `## Long\n\n${'Filler of no matter. '.repeat(200)}\nThe dashboard, once.`,
  'decision:p/dashboard': '## Dashboard\n\nIt is started last.',
  'finding:p/F1d-1': '### F1d-1 résumé of the wärm cache\n`runner/warm_reconcile.py` waits; 漢字の文書.',
  'note:p/unrelated': 'About something else.',
};
const ledger = makeLedger(Object.keys(bodies).map((id, at) => makeEntry(id, { title: id.split('/')[1] ?? '', date: `2026-06-1${at}`, place: { path: 'machine-docs/X.md', line: 10, endLine: 20, rev: null } })));
const search = (query: string, limit: number | null = null) => searchLedger(ledger, query, noFilter, { limit, cursor: null }, ({ id }) => bodies[id] ?? '').items;
const found = (query: string) => search(query).map(({ id }) => id.split('/')[1]);

describe('search', () => {
  test('the title counts most, and a short text more than a long one', () => expect(found('dashboard')).toEqual(['dashboard', 'probe', 'long']));
  test('an entry with all words comes first', () => expect(found('health dashboard')[0]).toBe('probe'));
  test('a phrase must be found, in its order', () => expect(found('"health gate"')).toEqual(['probe']));
  test('an open quotation mark runs to the end', () => expect(found('"health gate')).toEqual(['probe']));
  test.each([['RESUME'], ['Résumé'], ['warm cache'], ['WÄRM'], ['f1d-1'], ['F1d'], ['warm_reconcile.py'], ['reconcil'], ['文書'], ['字']])('%s finds the finding', (query) => expect(found(query)[0]).toBe('F1d-1'));
  test('a beginning of two letters is no prefix, unless it is said', () => {
    expect(found('da')).toEqual([]);
    expect(found('da*')).toContain('dashboard');
  });
  test('a whole word counts more than a beginning', () => {
    const two = makeLedger([makeEntry('note:p/a', { title: 'gateway' }), makeEntry('note:p/b', { title: 'gate' })]);
    expect(searchLedger(two, 'gate', noFilter, { limit: null, cursor: null }, () => '').items.map(({ title }) => title)).toEqual(['gate', 'gateway']);
  });
  test('line and snippet show where', () => {
    expect(search('dashboard').map(({ line, snippet }) => [line, snippet])).toEqual([[10, '## Dashboard'], [12, 'The health gate asks the dashboard.'], [13, 'The dashboard, once.']]);
  });
  test('a snippet of a long line has the word in it and stays short', () => {
    const long = makeLedger([makeEntry('note:p/x')]);
    const [hit] = searchLedger(long, 'needle', noFilter, { limit: 1, cursor: null }, () => `${'🙂 '.repeat(300)}needle ${'hay '.repeat(300)}`).items;
    expect(hit?.snippet).toContain('needle');
    expect([...(hit?.snippet ?? '')].length).toBeLessThanOrEqual(162);
  });
  test('scores fall and the order is stable', () => {
    const first = search('the gate');
    expect(first.map(({ score }) => score)).toEqual(first.map(({ score }) => score).toSorted((a, b) => b - a));
    expect(search('the gate')).toEqual(first);
  });
  test('pages have the true total', () => {
    const page = searchLedger(ledger, 'dashboard', noFilter, { limit: 1, cursor: null }, ({ id }) => bodies[id] ?? '');
    expect([page.items.length, page.total, page.truncated]).toEqual([1, 3, true]);
    const after = searchLedger(ledger, 'dashboard', noFilter, { limit: 1, cursor: page.cursor }, ({ id }) => bodies[id] ?? '');
    expect(after.items.map(({ id }) => id)).toEqual(['journal:p/probe']);
  });
  test.each(['', '  ', '"', '!!!', '""'])('"%s" has no word and is refused', (query) => expect(() => search(query)).toThrow(/at least one word/));
  test('other filters hold', () => expect(searchLedger(ledger, 'dashboard', { ...noFilter, kinds: ['decision'] }, { limit: null, cursor: null }, ({ id }) => bodies[id] ?? '').items.length).toBe(1));
});

test.each([
  ['a b', [['a'], ['b']]],
  ['"a b" c', [['a', 'b'], ['c']]],
  ['F1d-1', [['f1d', '1']]],
  ['漢字', [['漢', '字']]],
])('%s is read as %j', (query, words) => expect(readTerms(query).map((term) => term.words)).toEqual(words));
