import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkDocket } from '../../src/rules/check/check-docket.ts';
import type { CheckScope } from '../../src/rules/check/check-result.ts';
import { makeRepository } from '../support/make-repository.ts';
import type { Repository } from '../support/make-repository.ts';

// What commits did to documents that only grow: restorations, and what merges themselves change.

let repo: Repository;
beforeEach(() => {
  repo = makeRepository();
});
afterEach(() => repo.remove());

const path = 'machine-docs/JOURNAL-dock2.md';
const entry = (day: number, title: string, body: string): string => `## 2026-03-0${day}T09:00Z — ${title}\n\n${body}\n\n`;
const head = '# JOURNAL — dock2\n\n';
const wall = entry(2, 'Wall measured', 'The wall is 14 m long.\n\nTwo people held the tape.');
const crane = entry(3, 'Crane ordered', 'Two cranes.');
let hour = 0;
function commit(text: string, message: string): void {
  repo.write(path, text);
  repo.commit(message, `2026-03-05T${String((hour = (hour + 1) % 24)).padStart(2, '0')}:00:00Z`);
}
async function errors(scope: CheckScope): Promise<string[]> {
  const { findings } = await checkDocket(repo.dir, { scope, cache: false, clock: Date.UTC(2026, 3, 1) / 1000 });
  return findings.filter(({ level }) => level === 'error').map(({ rule, commit: at }) => `${rule} ${at === null ? 'now' : repo.git('log', '-1', '--format=%s', at)}`);
}
const last: CheckScope = { kind: 'range', range: { from: 'HEAD~1', to: 'HEAD' } };

describe('an old text that comes back', () => {
  test('is no second offence, whatever was written since', async () => {
    commit(head + wall, 'journal: wall');
    commit(head + wall.replace('14 m', '41 m'), 'journal: edited');
    commit(head + wall.replace('14 m', '41 m') + crane, 'journal: crane');
    commit(head + wall + crane, 'journal: restored');
    expect(await errors(last)).toEqual([]);
    expect(await errors({ kind: 'all' })).toEqual(['append-only journal: edited']);
  });
  test('may take away what had taken its place', async () => {
    commit(head + wall + crane, 'journal: both');
    commit(head + entry(2, 'Something else altogether', 'Nothing of this was said.') + crane, 'journal: replaced');
    commit(head + wall + crane, 'journal: restored');
    expect(await errors(last)).toEqual([]);
  });
  test('is judged the same before it is committed', async () => {
    commit(head + wall + crane, 'journal: both');
    commit(head + wall.replace('14 m', '41 m') + crane, 'journal: edited');
    repo.write(path, head + wall + crane);
    expect(await errors({ kind: 'state' })).toEqual([]);
    repo.git('add', '-A');
    expect(await errors({ kind: 'staged' })).toEqual([]);
  });
  test('the last entry taken away is none, although an older version had it so', async () => {
    commit(head + wall, 'journal: wall');
    commit(head + wall + crane, 'journal: crane');
    commit(head + wall, 'journal: gone');
    expect(await errors(last)).toEqual(['append-only journal: gone']);
  });
  test('nor does a restoration hide that another entry goes', async () => {
    commit(head + wall, 'journal: wall');
    commit(head + wall.replace('14 m', '41 m'), 'journal: edited');
    commit(head + wall.replace('14 m', '41 m') + crane, 'journal: crane');
    commit(head + wall, 'journal: all of it restored');
    expect(await errors(last)).toEqual(['append-only journal: all of it restored']);
  });
  test('a third text is a second offence', async () => {
    commit(head + wall, 'journal: wall');
    commit(head + wall.replace('14 m', '41 m'), 'journal: edited');
    commit(head + wall.replace('14 m', '44 m'), 'journal: edited again');
    expect(await errors(last)).toEqual(['append-only journal: edited again']);
  });
  test('a verdict given back stands; one given anew in its place does not', async () => {
    const review = (result: string): string => `# REVIEW — dock2\n\n## M1 — the wall: ${result} @2026-03-05T09:00Z\n\nSeen.\n`;
    const say = (result: string, message: string): void => {
      repo.write('machine-docs/REVIEW-dock2.md', review(result));
      repo.commit(message, `2026-03-06T${String((hour = (hour + 1) % 24)).padStart(2, '0')}:00:00Z`);
    };
    say('PASS', 'review(dock2-M1): M1 PASS');
    say('FAIL', 'review(dock2): reworded');
    say('PASS', 'review(dock2): as it was');
    expect(await errors(last)).toEqual([]);
    say('CONDITIONAL', 'review(dock2): anew');
    expect(await errors(last)).toEqual(['verdict-rewritten review(dock2): anew']);
  });
});

describe('a merge', () => {
  function part(): void {
    commit(head + wall, 'journal: wall');
    repo.git('checkout', '-q', '-b', 'side');
    commit(head + wall + crane, 'journal: crane');
    repo.git('checkout', '-q', 'main');
    repo.write('src/quay.txt', 'stone\n');
    repo.commit('feat: quay', '2026-03-06T09:00:00Z');
    repo.git('merge', '-q', '--no-ff', '--no-commit', 'side');
  }
  test('that joins both sides is fine', async () => {
    part();
    repo.commit('merge: side', '2026-03-06T10:00:00Z');
    expect(await errors({ kind: 'all' })).toEqual([]);
    expect(await errors({ kind: 'range', range: { from: null, to: 'HEAD' } })).toEqual([]);
  });
  test.each(['all', 'range'] as const)('that edits what both sides have is found by %s', async (kind) => {
    part();
    repo.write(path, head + wall.replace('14 m', '41 m') + crane);
    repo.commit('merge: side', '2026-03-06T10:00:00Z');
    repo.write('src/quay.txt', 'granite\n');
    repo.commit('feat: granite', '2026-03-06T11:00:00Z');
    expect(await errors(kind === 'all' ? { kind } : { kind, range: { from: null, to: 'HEAD' } })).toEqual(['append-only merge: side']);
  });
  test.each(['all', 'range'] as const)('that loses what one side wrote is found by %s', async (kind) => {
    part();
    repo.write(path, head + wall);
    repo.commit('merge: side', '2026-03-06T10:00:00Z');
    expect(await errors(kind === 'all' ? { kind } : { kind, range: { from: null, to: 'HEAD' } })).toEqual(['append-only merge: side']);
  });
  test.each(['all', 'range'] as const)('that keeps one side of two that both wrote is found by %s', async (kind) => {
    commit(head + wall, 'journal: wall');
    repo.git('checkout', '-q', '-b', 'side');
    commit(head + wall + crane, 'journal: crane');
    repo.git('checkout', '-q', 'main');
    commit(head + wall + entry(4, 'Nails bought', 'Many.'), 'journal: nails');
    repo.git('merge', '-q', '-s', 'ours', '--no-ff', '-m', 'merge: ours', 'side');
    expect(await errors(kind === 'all' ? { kind } : { kind, range: { from: null, to: 'HEAD' } })).toEqual(['append-only merge: ours']);
  });
  test('that takes over what a side had edited is not at fault a second time', async () => {
    commit(head + wall, 'journal: wall');
    repo.git('checkout', '-q', '-b', 'side');
    commit(head + wall.replace('14 m', '41 m'), 'journal: edited');
    repo.git('checkout', '-q', 'main');
    repo.write('src/quay.txt', 'stone\n');
    repo.commit('feat: quay', '2026-03-06T09:00:00Z');
    repo.git('merge', '-q', '--no-ff', '--no-commit', 'side');
    repo.commit('merge: side', '2026-03-06T10:00:00Z');
    expect(await errors({ kind: 'all' })).toEqual(['append-only journal: edited']);
  });
});

describe('claim-dirty-tree', () => {
  const status = '# STATUS — dock2\n\n## Gate: M1 — CLAIMED, awaiting Adversary\n\n### WHAT is claimed\n\nThe wall stands.\n';
  const found = async (scope: CheckScope): Promise<string[]> => {
    const { findings } = await checkDocket(repo.dir, { scope, cache: false });
    return findings.filter(({ rule }) => rule === 'claim-dirty-tree').map(({ message }) => message);
  };
  beforeEach(() => {
    repo.write('src/quay.txt', 'stone\n');
    repo.commit('feat: quay', '2026-03-06T09:00:00Z');
    repo.write('machine-docs/STATUS-dock2.md', status);
  });
  test('a claim beside code that is in no commit', async () => {
    repo.write('src/quay.txt', 'granite\n');
    expect(await found({ kind: 'state' })).toEqual(['Unexpected claim of dock2/M1 beside uncommitted src/quay.txt, expected the code that it speaks of in a commit']);
    repo.git('add', 'machine-docs');
    expect(await found({ kind: 'staged' })).toHaveLength(1);
  });
  test('a claim beside a clean tree, and one that is committed already', async () => {
    expect(await found({ kind: 'state' })).toEqual([]);
    repo.commit('claim(dock2-M1): the wall', '2026-03-06T10:00:00Z');
    repo.write('src/quay.txt', 'granite\n');
    expect(await found({ kind: 'state' })).toEqual([]);
  });
});
