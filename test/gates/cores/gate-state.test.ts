import { describe, expect, test } from 'vitest';
import type { Entry } from '../../../src/contract/schema/entry.ts';
import { collectGateEvents, compareMoments } from '../../../src/gates/gate-events.ts';
import type { CommitFact } from '../../../src/ledger/ledger.ts';
import { makeEntry } from '../../queries/ledger-fixture.ts';
import { at, claim, commit, commitAt, gateStatus, ledgerOf, verdict } from './status-fixture.ts';

const claims = (hour: number): CommitFact => commit(hour, { claims: ['H4'] });
const judges = (hour: number, result: CommitFact['verdicts'][number]['result']): CommitFact => commit(hour, { result });
const veto = makeEntry('veto:barge/1', { state: 'standing', title: 'the hull leaks' });
const short = (hour: number): string => commitAt(hour).slice(0, 12);
const day = 24 * 3600;

describe('the state of a gate, by commit time', () => {
  test.each<[string, Entry[], CommitFact[], string]>([
    ['nothing', [], [], 'none'],
    ['a veto alone', [veto], [], 'none'],
    ['a claim', [claim(9)], [], 'claimed'],
    ['a claim by subject alone', [], [claims(9)], 'claimed'],
    ['a claim that is not committed', [claim(null)], [], 'claimed'],
    ['a PASS after it', [claim(9), verdict(10, 'pass')], [], 'verified'],
    ['a FAIL after it', [claim(9), verdict(10, 'fail')], [], 'failed'],
    ['a CONDITIONAL after it', [claim(9), verdict(10, 'conditional')], [], 'conditional'],
    ['a PENDING after it', [claim(9), verdict(10, 'pending')], [], 'claimed'],
    ['a verdict that says nothing known', [claim(9), verdict(10, 'maybe')], [], 'claimed'],
    ['a PASS in the claim’s own commit', [claim(9), verdict(9, 'pass')], [], 'verified'],
    ['a PASS before it', [verdict(8, 'pass'), claim(9)], [], 'reclaimed'],
    ['a FAIL before it', [claim(7), verdict(8, 'fail'), claim(9, 2)], [], 'reclaimed'],
    ['a PASS, and claimed again without a commit', [claim(7), verdict(8, 'pass'), claim(null, 2)], [], 'reclaimed'],
    ['claimed and judged without a commit', [claim(null), verdict(null, 'pass')], [], 'verified'],
    ['a PASS without a claim', [verdict(8, 'pass')], [], 'verified'],
    ['a PASS that is not committed, without a claim', [verdict(null, 'pass')], [], 'verified'],
    ['a FAIL, then a PASS', [claim(7), verdict(8, 'fail'), verdict(9, 'pass', 2)], [], 'verified'],
    ['a PASS, then a FAIL, told in the other order', [verdict(9, 'fail', 2), verdict(8, 'pass'), claim(7)], [], 'failed'],
    ['a veto over a PASS', [claim(7), verdict(8, 'pass'), veto], [], 'vetoed'],
    ['a veto over a claim', [claim(7), veto], [], 'vetoed'],
    ['a PASS by subject alone', [claim(7)], [judges(8, 'pass')], 'verified'],
    ['a FAIL by subject alone', [claim(7), verdict(8, 'pass')], [judges(9, 'fail')], 'failed'],
    ['a PENDING by subject alone', [claim(7), verdict(8, 'pass')], [judges(9, 'pending')], 'verified'],
    ['a subject that is worse than its document', [claim(7), verdict(8, 'pass')], [judges(8, 'fail')], 'failed'],
    ['a subject that is better than its document', [claim(7), verdict(8, 'fail')], [judges(8, 'pass')], 'failed'],
    ['a CONDITIONAL that its subject calls PASS', [claim(7), verdict(8, 'conditional')], [judges(8, 'pass')], 'conditional'],
    ['a PASS that its subject calls CONDITIONAL', [claim(7), verdict(8, 'pass')], [judges(8, 'conditional')], 'conditional'],
    ['a FAIL that its subject calls CONDITIONAL', [claim(7), verdict(8, 'fail')], [judges(8, 'conditional')], 'failed'],
    ['claimed again by subject, after a PASS', [claim(7), verdict(8, 'pass')], [claims(9)], 'reclaimed'],
    ['a subject that repeats the PASS, and claimed again between', [claim(7), verdict(8, 'pass')], [claims(9), judges(10, 'pass')], 'verified'],
    ['a verdict of another gate', [claim(7), verdict(8, 'pass', 1, { gate: 'H5' })], [], 'claimed'],
    ['a verdict of no gate', [claim(7), makeEntry('verdict:barge/x', { state: 'pass', introduced: { commit: commitAt(8), at: at(8) } })], [], 'claimed'],
    ['a commit of no phase', [claim(7)], [commit(8, { result: 'pass', phase: null })], 'claimed'],
    ['a commit of another phase', [claim(7)], [commit(8, { result: 'pass', phase: 'tug' })], 'claimed'],
    ['a finding that names the gate', [makeEntry('finding:barge/A1', { gate: 'H4' })], [], 'none'],
  ])('%s', (_, entries, commits, state) => {
    expect(gateStatus(ledgerOf(entries, commits)).state).toBe(state);
  });

  test('of two commits of one second the order of history decides', () => {
    const [first, second] = [{ ...claims(9), commit: 'a'.repeat(40) }, { ...judges(9, 'pass'), commit: 'b'.repeat(40) }];
    expect(gateStatus(ledgerOf([], [first, second])).state).toBe('verified');
    expect(gateStatus(ledgerOf([], [second, first])).state).toBe('reclaimed');
    const [born, told] = [{ commit: 'a'.repeat(40), at: at(9) }, { commit: 'b'.repeat(40), at: at(9) }];
    const entries = [claim(9, 1, { introduced: born }), verdict(9, 'pass', 1, { introduced: told })];
    expect(gateStatus(ledgerOf(entries, [first, second])).state).toBe('verified');
    expect(gateStatus(ledgerOf(entries, [{ ...commit(9, {}), commit: told.commit }, { ...commit(9, {}), commit: born.commit }])).state).toBe('reclaimed');
    expect(gateStatus(ledgerOf([entries[0] ?? claim(9), verdict(9, 'pass', 1, { introduced: { commit: 'f'.repeat(40), at: at(9) } })], [first])).state).toBe('verified');
  });

  test('moments: earlier first, then the order; what is not committed comes last', () => {
    const [early, late, open] = [{ at: at(1), order: 9 }, { at: at(2), order: 1 }, { at: null, order: 0 }];
    expect([[early, late], [late, early], [open, late], [late, open], [early, { at: at(1), order: 10 }], [early, early], [open, open]].map(([a = early, b = early]) => Math.sign(compareMoments(a, b)))).toEqual([-1, 1, 1, -1, -1, 0, 0]);
  });
});

describe('a PASS grows old', () => {
  const passed = [claim(1), verdict(2, 'pass')];
  const judgedAt = Date.parse(at(2)) / 1000;
  test.each<[string, Parameters<typeof ledgerOf>, number | undefined, string]>([
    ['to the second', [passed], judgedAt + day, 'verified'],
    ['a second later', [passed], judgedAt + day + 1, 'expired'],
    ['not where its phase is done', [passed, [], { done: { marked: true, line: 1, path: 'x', why: null, commit: null, forced: null } }], judgedAt + 9 * day, 'verified'],
    ['not where it is not committed', [[claim(1), verdict(null, 'pass')]], judgedAt + 9 * day, 'verified'],
    ['by the newest commit, where no clock is given', [passed, [], {}, { revision: { source: 'commit', commit: null, at: '2026-05-05T02:00:01Z', shallow: false } }], undefined, 'expired'],
    ['by nothing, where there is no commit', [passed, [], {}, { revision: { source: 'worktree', commit: null, at: null, shallow: false } }], undefined, 'verified'],
    ['by the clock that is given, before the newest commit', [passed, [], {}, { revision: { source: 'commit', commit: null, at: '2026-05-09T02:00:01Z', shallow: false } }], judgedAt, 'verified'],
    ['not a FAIL', [[claim(1), verdict(2, 'fail')]], judgedAt + 9 * day, 'failed'],
  ])('%s', (_, given, clock, state) => {
    expect(gateStatus(ledgerOf(...given), clock).state).toBe(state);
  });
});

describe('what is shown of claim and verdict', () => {
  test('the last of each, with its commit', () => {
    const status = gateStatus(ledgerOf([claim(6), verdict(7, 'fail'), claim(8, 2), verdict(9, 'pass', 2, { date: '2026-05-04', time: '09:30', zone: true })], [claims(8)]));
    expect(status).toMatchObject({ id: 'H4', claim: { entry: 'claim:barge/H4#2', commit: commitAt(8), at: at(8) }, verdict: { entry: 'verdict:barge/H4#2', result: 'pass', commit: commitAt(9), at: at(9), writtenTime: '2026-05-04T09:30Z' }, disagreements: [] });
  });

  test('nothing where nothing happened; not committed is null', () => {
    expect(gateStatus(ledgerOf([]))).toEqual({ id: 'H4', state: 'none', claim: null, verdict: null, evidence: { level: 'none', verdict: 'none', reproductions: [] }, disagreements: [] });
    expect(gateStatus(ledgerOf([claim(null)])).claim).toEqual({ entry: 'claim:barge/H4#1', commit: null, at: null });
    expect(gateStatus(ledgerOf([claim(1, 1, { introduced: undefined })])).claim).toMatchObject({ commit: null, at: null });
  });

  test.each<[Partial<Entry>, string | null]>([
    [{}, null], [{ date: '2026-05-04' }, '2026-05-04'], [{ date: '2026-05-04', time: '09:30' }, '2026-05-04T09:30Z'], [{ date: '2026-05-04', time: '09:30', zone: false }, '2026-05-04T09:30'], [{ time: '09:30' }, '2026-05-04T09:30Z'],
    [{ time: '09:30', introduced: null }, '09:30Z'],
  ])('the time that was written: %j', (written, shown) => {
    expect(gateStatus(ledgerOf([verdict(9, 'pass', 1, written)])).verdict?.writtenTime).toBe(shown);
  });

  test('the last PENDING only where nothing judges', () => {
    const pending = [verdict(8, 'pending', 2), verdict(9, 'pending', 1), verdict(7, 'pending', 3)];
    expect(gateStatus(ledgerOf(pending)).verdict).toMatchObject({ entry: 'verdict:barge/H4#1', result: 'pending' });
    expect(gateStatus(ledgerOf([...pending, verdict(9, 'pending', 4)])).verdict?.entry).toBe('verdict:barge/H4#4');
    expect(gateStatus(ledgerOf([...pending, verdict(6, 'fail', 5)])).verdict).toMatchObject({ entry: 'verdict:barge/H4#5', result: 'fail' });
  });

  test('a verdict by subject has no entry and no written time', () => {
    expect(gateStatus(ledgerOf([], [judges(9, 'pass')])).verdict).toEqual({ entry: null, result: 'pass', commit: commitAt(9), at: at(9), writtenTime: null });
  });
});

describe('a claim by subject', () => {
  const gone = (hour: number) => ({ history: [{ what: 'grown', commit: commitAt(4), at: at(4) }, { what: 'gone', commit: commitAt(hour), at: at(hour) }], place: { path: 'machine-docs/STATUS-barge.md', line: 5, endLine: 9, rev: commitAt(hour) } });
  const eventsOf = (entries: Entry[], commits: CommitFact[]) => collectGateEvents(ledgerOf(entries, commits)).get('barge/H4')?.claims;

  test('is the one of its own commit', () => {
    expect(eventsOf([claim(5)], [claims(5)])).toEqual([{ entry: 'claim:barge/H4#1', commit: commitAt(5), at: at(5), order: 0, documented: true, declared: true }]);
    expect(eventsOf([claim(5)], [commit(6, {})])).toEqual([{ entry: 'claim:barge/H4#1', commit: commitAt(5), at: at(5), order: Number.MAX_SAFE_INTEGER, documented: true, declared: false }]);
  });

  test.each<[string, Entry[], string | null]>([
    ['stands behind one that a document has', [claim(5)], 'claim:barge/H4#1'],
    ['not behind one that comes later', [claim(9)], null],
    ['not behind one that is not committed', [claim(null)], null],
    ['not behind one that was gone', [claim(5, 1, gone(6))], null],
    ['not behind one that went with it', [claim(5, 1, gone(7))], null],
    ['behind one that went later', [claim(5, 1, gone(8))], 'claim:barge/H4#1'],
    ['not behind one of history that nobody saw go', [claim(5, 1, { place: { path: 'x', line: 1, endLine: 1, rev: commitAt(6) } })], null],
    ['behind the last of several', [claim(4), claim(5, 2)], 'claim:barge/H4#2'],
    ['behind the first, where the second came later', [claim(4), claim(9, 2)], 'claim:barge/H4#1'],
  ])('%s', (_, entries, entry) => {
    const found = eventsOf(entries, [claims(7)])?.find(({ commit: own }) => own === commitAt(7));
    expect(found).toMatchObject({ entry, documented: entry !== null, declared: true, at: at(7), order: 0 });
  });

  test('every gate of its phase is there, with those that only commits name', () => {
    const events = collectGateEvents(ledgerOf([], [commit(3, { claims: ['H5', 'H6'] }), commit(4, { result: 'pass', gate: 'H7' })], { gates: ['H4', 'H5'] }));
    expect([...events].map(([key, { phase, gate }]) => [key, phase, gate])).toEqual(['H4', 'H5', 'H6', 'H7'].map((gate) => [`barge/${gate}`, 'barge', gate]));
  });
});

describe('a subject that repeats the verdict', () => {
  const verdictsOf = (entries: Entry[], commits: CommitFact[]) => collectGateEvents(ledgerOf(entries, commits)).get('barge/H4')?.verdicts.map(({ commit: own, result }) => `${own?.slice(0, 3)} ${result}`);
  test.each<[string, Entry[], CommitFact[], string[]]>([
    ['is none', [claim(1), verdict(2, 'pass')], [judges(3, 'pass')], ['c02 pass']],
    ['of another subject too', [claim(1)], [judges(2, 'pass'), judges(3, 'pass')], ['c02 pass']],
    ['is one where it says something else', [claim(1), verdict(2, 'pass')], [judges(3, 'fail'), judges(4, 'pass')], ['c02 pass', 'c03 fail', 'c04 pass']],
    ['is one where a document says so', [claim(1), verdict(2, 'pass'), verdict(3, 'pass', 2)], [], ['c02 pass', 'c03 pass']],
    ['is one where it was claimed again', [claim(1), verdict(2, 'pass'), claim(3, 2)], [judges(4, 'pass')], ['c02 pass', 'c04 pass']],
    ['is one where it was claimed again in the same commit', [claim(1), verdict(2, 'pass'), claim(4, 2)], [judges(4, 'pass')], ['c02 pass', 'c04 pass']],
    ['is none where it was claimed in the commit of the first', [claim(2), verdict(2, 'pass')], [judges(4, 'pass')], ['c02 pass']],
    ['is none where it was claimed later', [claim(1), verdict(2, 'pass'), claim(5, 2)], [judges(4, 'pass')], ['c02 pass']],
  ])('%s', (_, entries, commits, verdicts) => {
    expect(verdictsOf(entries, commits)).toEqual(verdicts);
  });
});

describe('where documents and commits tell different stories', () => {
  const said = (result: CommitFact['verdicts'][number]['result'], gate = 'H4') => ({ said: [{ gate, result, path: 'machine-docs/STATUS-barge.md', line: 3 }] });
  const noCommit = 'STATUS says that H4 is CLAIMED, but there is no claim commit';
  test.each<[string, Parameters<typeof ledgerOf>, string[]]>([
    ['a claim that its commit declares', [[claim(3)], [claims(3)]], []],
    ['a claim without a commit', [[claim(3)]], [noCommit]],
    ['a claim in another file', [[claim(3, 1, { place: { path: 'machine-docs/BACKLOG-barge.md', line: 1, endLine: 1, rev: null } })]], ['machine-docs/BACKLOG-barge.md says that H4 is CLAIMED, but there is no claim commit']],
    ['a claim in a renamed status', [[claim(3, 1, { place: { path: 'docs/status.md', line: 1, endLine: 1, rev: null } })]], [noCommit]],
    ['a claim that an earlier subject declares', [[claim(4)], [claims(3)]], []],
    ['a claim that was declared before the last verdict only', [[claim(3), verdict(4, 'fail'), claim(5, 2)], [claims(3)]], [noCommit]],
    ['a claim that was declared after the last verdict', [[claim(3), verdict(4, 'fail'), claim(6, 2)], [claims(3), claims(5)]], []],
    ['a claim that no document has', [[], [claims(3)]], [`commit ${short(3)} claims H4, but no document does`]],
    ['a claim by force', [[claim(3, 1, { fields: { Forced: 'no time' } })], [claims(3)]], ['H4 was claimed by force: no time']],
    ['a claim by force, without a commit', [[claim(3, 1, { fields: { Forced: 'no time' } })]], ['H4 was claimed by force: no time', noCommit]],
    ['one that was by force, and another since', [[claim(3, 1, { fields: { Forced: 'no time' } }), claim(4, 2)], [claims(4)]], []],
    ['a PASS without a claim', [[verdict(4, 'pass')]], ['H4 has a PASS, but it was never claimed']],
    ['a FAIL without a claim', [[verdict(4, 'fail')]], []],
    ['a PASS older than its claim', [[claim(2), verdict(3, 'pass'), claim(4, 2)], [claims(4)]], [`the PASS of H4 (${short(3)}) is older than its claim (${short(4)})`]],
    ['a PASS older than a claim that is not committed', [[verdict(3, 'pass'), claim(null)], []], [noCommit, `the PASS of H4 (${short(3)}) is older than its claim (not committed yet)`]],
    ['a CONDITIONAL older than its claim', [[verdict(3, 'conditional'), claim(4)], [claims(4)]], [`the CONDITIONAL of H4 (${short(3)}) is older than its claim (${short(4)})`]],
    ['a FAIL older than its claim', [[verdict(3, 'fail'), claim(4)], [claims(4)]], []],
    ['a document and a subject that differ', [[claim(2), verdict(3, 'pass')], [claims(2), judges(3, 'fail')]], [`REVIEW says PASS of H4, but commit ${short(3)} says FAIL`]],
    ['a document and a subject that agree', [[claim(2), verdict(3, 'pass')], [claims(2), judges(3, 'pass')]], []],
    ['a subject alone', [[claim(2)], [claims(2), judges(3, 'pass')]], [`REVIEW has no verdict of H4, but commit ${short(3)} says PASS`]],
    ['a subject after another document', [[claim(2), verdict(3, 'conditional')], [claims(2), judges(4, 'pass')]], [`REVIEW says CONDITIONAL of H4, but commit ${short(4)} says PASS`]],
    ['STATUS says PASS, and nobody else', [[claim(2)], [claims(2)], said('pass')], ['STATUS says PASS of H4, but there is no such verdict']],
    ['STATUS says PASS, and the last verdict is a FAIL', [[claim(2), verdict(3, 'pass'), verdict(4, 'fail', 2)], [claims(2)], said('pass')], ['STATUS says PASS of H4, but its last verdict is FAIL']],
    ['STATUS says PASS, and so does the verdict', [[claim(2), verdict(3, 'fail'), verdict(4, 'pass', 2)], [claims(2)], said('pass')], []],
    ['STATUS says FAIL', [[claim(2)], [claims(2)], said('fail')], []],
    ['STATUS says PASS of another gate', [[claim(2)], [claims(2)], said('pass', 'H5')], []],
    ['STATUS says PASS, and FAIL below', [[claim(2)], [claims(2)], { said: [...said('pass').said, ...said('fail').said] }], []],
  ])('%s', (_, given, sentences) => {
    expect(gateStatus(ledgerOf(...given)).disagreements).toEqual(sentences);
  });
});
