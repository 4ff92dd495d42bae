import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Entry } from '../../../src/contract/schema/entry.ts';
import type { PhaseStatus } from '../../../src/contract/schema/status.ts';
import { judgeVerdicts, standingClaim, type VerdictFault } from '../../../src/gates/judge-verdicts.ts';
import { openRepository, type Repository as OpenedRepository } from '../../../src/git/open-repository.ts';
import type { CommitFact, Phase } from '../../../src/ledger/ledger.ts';
import type { Docket } from '../../../src/ledger/open-docket.ts';
import { makeEntry } from '../../queries/ledger-fixture.ts';
import { makeRepository, type Repository } from '../../support/make-repository.ts';
import { claim, commit, ledgerOf, verdict } from './status-fixture.ts';

const claimText = '# STATUS\n\n## Gate: H4 — CLAIMED, awaiting Adversary\n\n### WHAT\nIt  holds\nwater.\n\n### HOW\n`./weigh.sh`\n\n### EXPECTED\n`./weigh.sh` exits 0\n';
const fields = { WHAT: 'It holds water.', HOW: '`./weigh.sh`', EXPECTED: '`./weigh.sh` exits 0' };
/** Commits in their order, then one that is no part of that history. */
const order = ['start', 'claimed', 'passed', 'after', 'later', 'aside'] as const;
type Name = (typeof order)[number];

let repo: Repository;
let repository: OpenedRepository;
const ids = new Map<Name, string>();
const at = (hour: number): string => `2026-05-04T${String(hour).padStart(2, '0')}:00:00Z`;
const id = (name: Name): string => ids.get(name) ?? '';
const event = (name: Name, hour = order.indexOf(name)) => ({ commit: id(name), at: at(hour) });

beforeAll(async () => {
  repo = makeRepository();
  for (const [hour, name] of order.entries()) {
    if (name === 'claimed') repo.write('machine-docs/STATUS-barge.md', claimText);
    if (name === 'aside') repo.git('checkout', '-q', '-b', 'aside', id('start'));
    ids.set(name, repo.commit(name, at(hour)));
  }
  repository = await openRepository(repo.dir);
});
afterAll(() => repo.remove());

interface Asked {
  entries?: Entry[];
  commits?: CommitFact[];
  done?: Partial<Phase['done']>;
  gate?: Partial<PhaseStatus['gates'][number]>;
  verdict?: Partial<NonNullable<PhaseStatus['gates'][number]['verdict']>>;
  now?: string;
  freshness?: number;
}

async function judge({ entries = standing(), commits = [], done = {}, gate = {}, verdict: given = {}, now = at(9), freshness }: Asked = {}): Promise<VerdictFault[]> {
  const none = { marked: false, line: null, path: null, why: null, commit: null, forced: null };
  const ledger = ledgerOf(entries, commits, { done: { ...none, ...done } });
  if (freshness !== undefined) ledger.config = { ...ledger.config, freshness };
  const status: PhaseStatus['gates'][number] = {
    id: 'H4', state: 'verified', claim: null, verdict: { entry: 'verdict:barge/H4#1', result: 'pass', ...event('passed'), writtenTime: null, ...given }, evidence: { level: 'none', verdict: 'none', reproductions: [] }, disagreements: [], ...gate,
  };
  return judgeVerdicts({ ledger, repository } as Docket, { id: 'barge', gates: [status] }, new Date(now));
}

/** The claim and its PASS, as they should be. */
function standing(more: Partial<Entry> = {}): Entry[] {
  return [claim(1, 1, { introduced: event('claimed'), changed: event('claimed'), fields, ...more }), verdict(2, 'pass', 1, { introduced: event('passed'), place: { path: 'machine-docs/REVIEW-barge.md', line: 3, endLine: 4, rev: null } })];
}

const fault = (rule: VerdictFault['rule'], message: string) => ({ gate: 'H4', rule, message, place: { path: 'machine-docs/REVIEW-barge.md', line: 3, rev: null }, entry: 'verdict:barge/H4#1', next: 'docket verdict barge/H4 pass' });

test('a PASS as it should be', async () => {
  expect(await judge()).toEqual([]);
});

test('only a PASS that stands is looked behind', async () => {
  for (const state of ['reclaimed', 'failed', 'vetoed', 'expired'] as const) expect(await judge({ gate: { state }, verdict: { commit: null } })).toEqual([]);
  expect(await judge({ gate: { verdict: null } })).toEqual([]);
});

test('not committed', async () => {
  const told = [fault('verdict-stale', 'the PASS of gate H4 is not committed, so that nobody can say whose it is and when it was given')];
  expect(await judge({ verdict: { commit: null, at: null } })).toEqual(told);
  expect(await judge({ verdict: { commit: null } })).toEqual(told);
  expect(await judge({ verdict: { at: null } })).toEqual(told);
});

test('by subject alone it stands in no file', async () => {
  expect((await judge({ verdict: { entry: null, commit: null } }))[0]).toMatchObject({ place: null, entry: 'gate:barge/H4' });
});

describe('whose it is', () => {
  const by = (more: Partial<CommitFact>): CommitFact[] => [{ ...commit(1, {}), commit: id('claimed'), role: 'builder' }, { ...commit(2, {}), commit: id('passed'), ...more }];
  test('the Builder’s', async () => {
    expect(await judge({ commits: by({ role: 'builder' }) })).toEqual([fault('not-owner', `the PASS of gate H4 was committed by the Builder (${id('passed').slice(0, 12)}), expected one of the Adversary`)]);
    expect(await judge({ commits: by({ role: 'builder', replaces: [] }) })).toHaveLength(1);
  });
  test.each<[string, Partial<CommitFact>]>([['the Adversary’s', { role: 'adversary' }], ['the operator’s', { role: 'operator' }], ['nobody knows whose', { role: null }], ['of both, squashed', { role: 'builder', replaces: ['a'.repeat(40)] }]])('%s', async (_, more) => {
    expect(await judge({ commits: by(more) })).toEqual([]);
  });
});

describe('when it was given', () => {
  test('a day and more ahead is a time that has not come', async () => {
    expect(await judge({ verdict: { at: '2026-05-10T00:00:01Z' }, now: '2026-05-09T00:00:00Z' })).toEqual([fault('future-time', 'the PASS of gate H4 says that it was committed at 2026-05-10T00:00:01Z, which has not come yet')]);
    expect(await judge({ verdict: { at: '2026-05-10T00:00:00Z' }, now: '2026-05-09T00:00:00Z' })).toEqual([]);
  });

  const old = fault('verdict-stale', 'the PASS of gate H4 was too old when the phase was marked as done');
  test.each<[string, Asked, boolean]>([
    ['too old when the phase was marked', { done: { marked: true, commit: 'd'.repeat(40) }, commits: [{ ...commit(2, {}), at: '2026-05-04T02:01:01Z', commit: 'd'.repeat(40) }], freshness: 60 }, true],
    ['just young enough', { done: { marked: true, commit: 'd'.repeat(40) }, commits: [{ ...commit(2, {}), at: '2026-05-04T02:01:00Z', commit: 'd'.repeat(40) }], freshness: 60 }, false],
    ['too old now, where the mark is not committed', { done: { marked: true }, now: '2026-05-04T02:01:01Z', freshness: 60 }, true],
    ['young enough now', { done: { marked: true }, now: '2026-05-04T02:01:00Z', freshness: 60 }, false],
    ['not where it is not marked', { done: { commit: 'd'.repeat(40) }, now: '2026-06-04T02:01:01Z', freshness: 60 }, false],
  ])('%s', async (_, asked, isOld) => {
    expect(await judge(asked)).toEqual(isOld ? [old] : []);
  });

  test('the mark of another phase is none', async () => {
    const ledger = ledgerOf(standing());
    const marked = { ...ledger, phases: [] };
    const [gate] = [{ id: 'H4', state: 'verified' as const, claim: null, verdict: { entry: null, result: 'pass' as const, ...event('passed'), writtenTime: null }, evidence: { level: 'none' as const, verdict: 'none', reproductions: [] }, disagreements: [] }];
    expect(await judgeVerdicts({ ledger: marked, repository } as unknown as Docket, { id: 'barge', gates: [gate] }, new Date('2026-06-04T02:01:01Z'))).toEqual([]);
  });
});

describe('claimed since', () => {
  const again = (name: Name, hour: number): Entry => claim(hour, 2, { introduced: event(name, hour), changed: event(name, hour), fields, place: { path: 'x', line: 1, endLine: 1, rev: id(name) } });
  const told = (name: Name): VerdictFault => fault('verdict-stale', `gate H4 was claimed again by ${id(name).slice(0, 12)}, which comes after its PASS, whatever time it says`);
  test.each<[string, () => Entry[], Name | null]>([
    ['by a commit that says it was before', () => [again('after', 0)], 'after'],
    ['by several: the last by its time', () => [again('after', 0), { ...again('later', 1), id: 'claim:barge/H4#3' }], 'later'],
    ['before', () => [again('start', 0)], null],
    ['elsewhere', () => [again('aside', 0)], null],
    ['in the commit of the PASS', () => [again('passed', 2)], null],
    ['by nobody’s commit', () => [{ ...again('after', 0), introduced: null, changed: null }], null],
    ['of another gate', () => [{ ...again('after', 0), gate: 'H5' }], null],
    ['of another phase', () => [{ ...again('after', 0), phase: 'tug' }], null],
  ])('%s', async (_, more, by) => {
    expect(await judge({ entries: [...more(), ...standing()] })).toEqual(by === null ? [] : [told(by)]);
  });
});

describe('rewritten since', () => {
  const told = (part: string): VerdictFault => fault('verdict-stale', `the ${part} of gate H4 was rewritten after its PASS, so that nobody has judged what stands there now`);
  test.each<[string, () => Partial<Entry>, string | null]>([
    ['in other words', () => ({ changed: event('after'), fields: { ...fields, WHAT: 'It floats.' } }), 'WHAT'],
    ['and not committed', () => ({ changed: null, fields: { ...fields, HOW: '`./other.sh`' } }), 'HOW'],
    ['nobody knows when', () => ({ changed: undefined, fields: { ...fields, EXPECTED: 'nothing' } }), 'EXPECTED'],
    ['with a part that is gone', () => ({ changed: event('after'), fields: { WHAT: fields.WHAT, HOW: fields.HOW } }), 'EXPECTED'],
    ['with other blanks only', () => ({ changed: event('after'), fields: { ...fields, WHAT: ' It holds\n water. ' } }), null],
    ['with a part more', () => ({ changed: event('after'), fields: { ...fields, WHERE: 'here' } }), null],
    ['before the PASS', () => ({ changed: event('claimed'), fields: { ...fields, WHAT: 'It floats.' } }), null],
    ['in the commit of the PASS', () => ({ changed: event('passed'), fields: { ...fields, WHAT: 'It floats.' } }), null],
    ['where no claim stands any more', () => ({ changed: event('after'), fields: {}, place: { path: 'x', line: 1, endLine: 1, rev: id('after') } }), null],
  ])('%s', async (_, more, part) => {
    expect(await judge({ entries: standing(more()) })).toEqual(part === null ? [] : [told(part)]);
  });

  test('a claim that was not there when it was judged', async () => {
    expect(await judge({ entries: standing({ changed: event('after'), fields: { WHAT: 'new' } }), verdict: { commit: id('start') } })).toEqual([expect.objectContaining({ message: expect.stringContaining('claimed again') })]);
  });
});

test('the claim that stands is the last of its gate in a document', () => {
  const entries = [claim(1), claim(2, 2), claim(3, 3, { place: { path: 'x', line: 1, endLine: 1, rev: 'c'.repeat(40) } }), claim(4, 4, { gate: 'H5' }), claim(5, 5, { phase: 'tug' }), makeEntry('verdict:barge/H4#9', { gate: 'H4' })];
  expect(standingClaim(entries, 'barge', 'H4')?.id).toBe('claim:barge/H4#2');
  expect(standingClaim([], 'barge', 'H4')).toBeUndefined();
});
