import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alignColumns, cutToWidth, widthOf } from '../../src/reports/columns.ts';
import { escapeControls, makeSafe, toSafeJson } from '../../src/reports/safe-text.ts';
import { renderEntries } from '../../src/reports/entries-text.ts';
import { renderStatus } from '../../src/reports/status-text.ts';
import { markState } from '../../src/reports/state-mark.ts';
import { paintWithColour, plainView } from '../../src/reports/view.ts';
import { knownKinds } from '../../src/queries/known-kinds.ts';
import { makeEntry } from '../queries/ledger-fixture.ts';

// oxlint-disable-next-line no-control-regex
const unsafe = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

describe('nothing that drives a terminal comes through', () => {
  test.each([
    ['\u001b[2Jgone', '\\x1b[2Jgone'],
    ['a\rb', 'a\\x0db'],
    ['a\r\nb\tc', 'a\nb\tc'],
    ['\u202Etxt.exe', '\\u{202e}txt.exe'],
    ['\u0085\u009b31m', '\\x85\\x9b31m'],
    ['\u{E0041}', '\\u{e0041}'],
    ['née 漢字 👍🏽 ✓', 'née 漢字 👍🏽 ✓'],
  ])('%j is shown as %j', (text, shown) => expect(escapeControls(text)).toBe(shown));

  test('whatever the text, deep in a value, keys too', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(unsafe.test(JSON.stringify(makeSafe({ [text]: [{ deep: text }] })).replaceAll('\\n', '').replaceAll('\\t', ''))).toBe(false);
      }),
    );
  });

  test('JSON is safe to print and means the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const json = toSafeJson({ text });
        expect(unsafe.test(json)).toBe(false);
        expect(JSON.parse(json)).toEqual({ text });
      }),
    );
  });
});

describe('columns', () => {
  test('wide characters, marks and emoji keep the columns in line', () => {
    const lines = alignColumns([['漢字', 'x'], ['ab', 'x'], ['e\u0301', 'x'], ['👍🏽', 'x']], [{}, {}], null);
    expect(new Set(lines.map((line) => widthOf(line))).size).toBe(1);
  });
  test('elastic cells give way and nothing else is cut', () => {
    const [line = ''] = alignColumns([['finding:pvfix/A1', 'a very long title that goes on and on', 'machine-docs/BACKLOG.md:12']], [{}, { elastic: true }, {}], 60);
    expect(line).toMatch(/^finding:pvfix\/A1 {2}a very long.*… {2}machine-docs\/BACKLOG\.md:12$/);
    expect(widthOf(line)).toBeLessThanOrEqual(60);
  });
  test('a cut text is never wider than asked for', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 30 }), (text, width) => {
      expect(widthOf(cutToWidth(text, width))).toBeLessThanOrEqual(width);
    }));
  });
});

describe('states', () => {
  const states = Object.values(knownKinds).flatMap((kind) => kind.states);
  test.each([...new Set(states)].map((state) => [state]))('%s is shown with a mark and its name', (state) => expect(markState(state)).toMatch(new RegExp(`^\\S ${state}$`, 'u')));
  test('within a kind no two states share a mark', () => {
    for (const [kind, { states: own }] of Object.entries(knownKinds)) expect(new Set(own.map((state) => markState(state).slice(0, 2))).size, kind).toBe(own.length);
  });
});

test('entries: state, id, title, place, aligned; the revision where only history has it', () => {
  const text = renderEntries(
    [
      makeEntry('finding:pvfix/A1', { state: 'open', title: 'waits for the dashboard', place: { path: 'machine-docs/BACKLOG-pvfix.md', line: 10, endLine: 12, rev: null } }),
      makeEntry('inbox:builder/2026-06-13-x', { state: 'consumed', title: 'x', place: { path: 'machine-docs/BUILDER-INBOX.md', line: 1, endLine: 2, rev: '7904dae4e9769d18365225b6ed365bef85c49d81' } }),
    ],
    [],
    plainView,
  );
  expect(text).toBe(
    '○ open      finding:pvfix/A1            waits for the dashboard  machine-docs/BACKLOG-pvfix.md:10\n' +
      '● consumed  inbox:builder/2026-06-13-x  x                        7904dae4e976:machine-docs/BUILDER-INBOX.md:1\n',
  );
});

describe('the board', () => {
  const status = {
    phases: [
      { id: 'pvfix', order: 1, gates: [{ id: 'M1', state: 'verified' as const, claim: null, verdict: null, evidence: { level: 'none' as const, verdict: 'none', reproductions: [] }, disagreements: [] }], done: { marked: true, allowed: true, missing: [] }, findings: { open: [], closed: ['finding:pvfix/A1'] }, vetoes: [] },
      {
        id: 'pxgate', order: 2,
        gates: [
          { id: 'M1', state: 'claimed' as const, claim: { entry: 'claim:pxgate/M1#1', commit: '6d19a2c69de7f82bfc161ddc110b1a5bd57f3658', at: '2026-06-13T12:34:15Z' }, verdict: null, evidence: { level: 'claimed' as const, verdict: 'reasoned', reproductions: ['reproduction:pxgate/x'] }, disagreements: ['STATUS says PASS without a verdict'] },
          { id: 'M2', state: 'none' as const, claim: null, verdict: null, evidence: { level: 'none' as const, verdict: 'none', reproductions: [] }, disagreements: [] },
        ],
        done: { marked: false, allowed: false, missing: ['gate M2 has no PASS'] },
        findings: { open: ['finding:pxgate/P2'], closed: [] },
        vetoes: [{ entry: 'veto:pxgate/1', state: 'standing' as const, scope: 'M2', reason: 'the rollback was never tried' }],
      },
    ],
    deferred: { open: ['deferred:a', 'deferred:b'], closed: ['deferred:c'], triggered: ['deferred:b'] },
    inbox: { builder: [], adversary: ['inbox:adversary/x'] },
    alerts: ['alert:y'],
  };
  test('shows every part, a finished phase on one line', () => expect(renderStatus(status, plainView)).toMatchSnapshot());
  test('in colour says the same', () => {
    // oxlint-disable-next-line no-control-regex
    expect(renderStatus(status, { ...plainView, paint: paintWithColour }).replace(/\u001b\[\d+m/g, '')).toBe(renderStatus(status, plainView));
  });
  test('on a terminal gates take rows that fit, and lose nothing', () => {
    const [wide, narrow] = [renderStatus(status, plainView), renderStatus(status, { ...plainView, columns: 60 })];
    for (const line of narrow.split('\n').filter((each) => /claimed|PASS |evidence/u.test(each) && !each.includes('missing'))) expect(widthOf(line), line).toBeLessThanOrEqual(60);
    const words = (text: string): string[] => text.split(/\s+/u).toSorted();
    expect(words(narrow)).toEqual(words(wide));
  });
  test('on a terminal phases that are over stand side by side, and a long list ends with how to see the rest', () => {
    const over = status.phases.find(({ done }) => done.marked && done.allowed);
    const many = { ...status, phases: Array.from({ length: 20 }, (_, index) => ({ ...over, id: `p${index}` }) as (typeof status.phases)[number]), deferred: { open: Array.from({ length: 30 }, (_, index) => `deferred:d${index}`), closed: [], triggered: ['deferred:d29'] } };
    const shown = renderStatus(many, { ...plainView, columns: 100 });
    const lines = shown.split('\n').filter((line) => line.includes('● DONE'));
    expect(lines.length).toBeLessThan(10);
    expect(lines.join(' ').match(/● DONE/gu)?.length).toBe(20);
    for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(100);
    expect(shown).toMatch(/deferred:d29 {2}! triggered\n[\s\S]*… and 20 more: docket list deferred --state open\n/u);
    expect(renderStatus(many, plainView).match(/deferred:d\d/gu)?.length).toBe(30);
  });
  test('fits a narrow terminal as far as ids allow', () => {
    for (const line of renderStatus(status, { ...plainView, columns: 80 }).split('\n')) expect(widthOf(line), line).toBeLessThanOrEqual(100);
  });
});
