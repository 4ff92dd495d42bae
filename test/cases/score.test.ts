import { beforeAll, describe, expect, it } from 'vitest';
import type { Entry } from '../../src/contract/schema/entry.ts';
import type { Picture } from '../support/run-docket.ts';
import type { Expectation, Miss } from './expectation.ts';
import { readCase } from './read-case.ts';
import { missesOf, scoreForms, tellMiss } from './score.ts';

const expectation: Expectation = {
  files: {
    'STATUS-q1.md': {
      document: { kind: 'status', phase: 'q1' },
      entries: [
        { form: 1, kind: 'claim', line: 3, gate: 'M1', date: '2026-01-02', fields: ['WHAT', 'HOW'], claimCommit: 'abc1234', commits: ['abc1234'], closedBy: 'abc1234', supersedes: { words: 'old one', target: 'The old one' } },
      ],
      notEntries: [{ form: 2, line: 9, why: 'a quotation' }],
      counts: { open: 0 },
      done: { marked: true },
      gatesNamedWithoutClaim: ['M2'],
      frontMatter: { phase: 'q1' },
      formOf: { done: 3, counts: 3, gatesNamedWithoutClaim: 3, frontMatter: 3 },
    },
  },
};

const entry = (change: Partial<Entry> = {}): Entry => ({
  id: 'claim:q1/M1#1', kind: 'claim', phase: 'q1', title: 'M1', date: '2026-01-02', time: null, author: null, state: null, gate: 'M1', fields: { WHAT: 'a', HOW: 'b' },
  claimCommit: 'abc12345ff', closedBy: { date: null, commit: 'abc12345ff' }, supersedes: [{ words: 'the old one', target: 'decision:-/old' }],
  refs: [{ type: 'commit', value: 'abc12345ff', target: null, status: 'resolved', line: 3 }],
  place: { path: 'machine-docs/STATUS-q1.md', line: 3, endLine: 4, rev: null },
  ...change,
});
const old = entry({ id: 'decision:-/old', kind: 'decision', title: 'The old one', place: { path: 'machine-docs/DECISIONS.md', line: 1, endLine: 1, rev: null } });

function picture(entries: Entry[], status: { marked?: boolean; gates?: string[] } = {}): Picture {
  const none = { level: 'none' as const, verdict: '', reproductions: [] };
  return {
    entries,
    documents: [{ path: 'machine-docs/STATUS-q1.md', kind: 'status', phase: 'q1', owner: null, bytes: 1, lines: 1, entries: [], unparsed: [], spans: [], frontMatter: { phase: 'q1' } }],
    status: {
      phases: [{
        id: 'q1', order: 1, findings: { open: [], closed: [] }, vetoes: [], done: { marked: status.marked ?? true, allowed: true, missing: [] },
        gates: (status.gates ?? ['M2']).map((id) => ({ id, state: 'none' as const, claim: null, verdict: null, evidence: none, disagreements: [] })),
      }],
      deferred: { open: [], closed: [], triggered: [] }, inbox: { builder: [], adversary: [] }, alerts: [],
    },
  };
}

const formsMissed = (one: Picture): number[] => scoreForms([expectation], missesOf(expectation, one)).missed;

describe('the score of a reading', () => {
  it('is full when everything that is asserted holds', () => {
    const misses = missesOf(expectation, picture([entry(), old]));
    expect(misses.map(tellMiss)).toEqual([]);
    expect(scoreForms([expectation], misses)).toEqual({ read: 3, of: 3, missed: [] });
  });

  it.each<[string, Picture, number[]]>([
    ['an entry is missing', picture([old]), [1]],
    ['an entry is of another kind', picture([entry({ kind: 'verdict' }), old]), [1]],
    ['a field is missing', picture([entry({ fields: { WHAT: 'a' } }), old]), [1]],
    ['the fields stand in another order', picture([entry({ fields: { HOW: 'b', WHAT: 'a' } }), old]), [1]],
    ['a date is null', picture([entry({ date: null }), old]), [1]],
    ['a commit is not cited', picture([entry({ refs: [] }), old]), [1]],
    ['another commit closed it', picture([entry({ closedBy: { date: null, commit: 'fff' } }), old]), [1]],
    ['another claim was judged', picture([entry({ claimCommit: 'fff' }), old]), [1]],
    ['nothing is superseded', picture([entry({ supersedes: [] }), old]), [1]],
    ['the superseded entry is unknown', picture([entry(), { ...old, id: 'decision:-/other' }]), [1]],
    ['an entry starts where none may', picture([entry(), old, entry({ kind: 'note', place: { path: 'machine-docs/STATUS-q1.md', line: 9, endLine: 9, rev: null } })]), [2]],
    ['something is open', picture([entry({ state: 'open' }), old]), [3]],
    ['DONE is not marked', picture([entry(), old], { marked: false }), [3]],
    ['a gate is not named', picture([entry(), old], { gates: [] }), [3]],
  ])('loses a form when %s', (_, one, missed) => {
    expect(formsMissed(one)).toEqual(missed);
  });

  it('passes over entries that only history has', () => {
    const past = entry({ place: { path: 'machine-docs/STATUS-q1.md', line: 9, endLine: 9, rev: 'abc' } });
    expect(formsMissed(picture([entry(), old, past]))).toEqual([]);
  });
});

describe.each<[string, string[]]>([
  ['invented', ['quarry', 'lantern', 'tideway', 'mill']],
  ['blind2', ['heron', 'saltworks', 'signalbox']],
])('the forms of the set %s', (set, projects) => {
  const expectations: Expectation[] = [];
  const misses: Miss[] = [];
  beforeAll(async () => {
    for (const project of projects) {
      const { expectation, picture } = await readCase(`${set}/${project}`);
      expectations.push(expectation);
      for (const miss of missesOf(expectation, picture)) misses.push({ ...miss, file: `${project}/${miss.file}` });
    }
  });

  it('are all read', () => {
    const score = scoreForms(expectations, misses);
    console.log(`forms of ${set} read: ${score.read} of ${score.of}`);
    expect(misses.map(tellMiss)).toEqual([]);
    expect(score).toEqual({ read: 60, of: 60, missed: [] });
  });
});
