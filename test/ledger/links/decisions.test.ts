import { describe, expect, test } from 'vitest';
import { openDocket } from '../../../src/index.ts';
import { findInForce, findSupersessionFaults } from '../../../src/ledger/links/supersession.ts';
import type { Entry } from '../../../src/index.ts';
import { buildRepo } from '../../git/build-repo.ts';

async function decisionsOf(...sections: string[]): Promise<Entry[]> {
  const repo = await buildRepo();
  repo.write('machine-docs/DECISIONS.md', `# DECISIONS\n\n${sections.map((section) => (section.includes('\n') ? section : `${section}\n\nBecause it is so.\n`)).join('\n')}`);
  const { ledger } = await openDocket(repo.dir);
  return ledger.entries.filter(({ kind }) => kind === 'decision');
}

const states = (decisions: Entry[]): (string | null)[] => decisions.map(({ state }) => state);
const ids = (decisions: Entry[]): string[] => decisions.map(({ id }) => id);

describe('what is in force', () => {
  test('a chain: the last one; each is superseded by its immediate successor, whose word is enough', async () => {
    const decisions = await decisionsOf('## 2026-01-01 — k1: retry by hand', '## 2026-01-02 — k1: retry at night (supersedes "retry by hand")', '## 2026-01-03 — k2: retry at once (supersedes "retry at night")');
    const [hand = '', night = '', once = ''] = ids(decisions);
    expect(states(decisions)).toEqual(['superseded', 'superseded', 'settled']);
    expect(decisions.map(({ supersededBy }) => supersededBy?.map(({ target }) => target))).toEqual([[night], [once], undefined]);
    for (const id of [hand, night, once]) expect(findInForce(decisions, id)).toEqual([once]);
    expect(findSupersessionFaults(decisions)).toEqual([]);
  });

  test('a proposal retires nothing yet', async () => {
    const decisions = await decisionsOf('## 2026-01-01 — retry by hand', '## 2026-01-02 — retry at night (supersedes "retry by hand")\n\n**Status:** proposed\n');
    expect(states(decisions)).toEqual(['settled', 'proposed']);
    expect(findInForce(decisions, ids(decisions)[0] ?? '')).toEqual([ids(decisions)[0]]);
  });

  test('one may replace several', async () => {
    const decisions = await decisionsOf('## 2026-01-01 — retry by hand', '## 2026-01-02 — alert by mail', '## 2026-01-03 — retry and alert at once (supersedes "retry by hand" and "alert by mail")');
    expect(states(decisions)).toEqual(['superseded', 'superseded', 'settled']);
    expect(findSupersessionFaults(decisions)).toEqual([]);
  });

  test('a retired one that is cited says so', async () => {
    const repo = await buildRepo();
    repo.write('machine-docs/DECISIONS.md', '# DECISIONS\n\n## 2026-01-01 — retry by hand\n\nSo.\n\n## 2026-01-02 — retry at night (supersedes "retry by hand")\n\nSo.\n');
    repo.write('machine-docs/JOURNAL-k2.md', '# JOURNAL\n\n## 2026-01-03 — on\n\nAs in DECISIONS 2026-01-01, and DECISIONS 2026-01-02; decision:-/retry-by-hand too.\n');
    const { ledger } = await openDocket(repo.dir);
    const refs = ledger.entries.find(({ kind }) => kind === 'journal')?.refs.map(({ status, target }) => [status, target?.split('/')[1]]);
    expect(refs).toEqual([['retired', 'retry-by-hand'], ['resolved', 'retry-at-night-supersedes-retry-by-hand'], ['retired', 'retry-by-hand']]);
  });
});

describe('what is wrong', () => {
  test('a circle leaves none in force', async () => {
    const decisions = await decisionsOf('## retry at night (supersedes "alert by mail")', '## alert by mail (supersedes "wake the operator")', '## wake the operator (supersedes "retry at night")');
    expect(states(decisions)).toEqual(['superseded', 'superseded', 'superseded']);
    expect(findInForce(decisions, ids(decisions)[0] ?? '')).toEqual([]);
    const [fault, ...others] = findSupersessionFaults(decisions);
    expect(others).toEqual([]);
    expect(fault).toMatchObject({ kind: 'cycle' });
  });

  test('two successors, unless one of them replaces the other', async () => {
    const old = '## 2026-01-01 — retry by hand';
    const first = '## 2026-01-02 — retry at night (supersedes "retry by hand")';
    const two = await decisionsOf(old, first, '## 2026-01-03 — retry at once (supersedes "retry by hand")');
    expect(findSupersessionFaults(two)).toEqual([{ kind: 'several-successors', decision: ids(two)[0], successors: ids(two).slice(1) }]);
    expect(findInForce(two, ids(two)[0] ?? '')).toEqual(ids(two).slice(1));
    const one = await decisionsOf(old, first, '## 2026-01-03 — retry at once (supersedes "retry by hand", "retry at night")');
    expect(findSupersessionFaults(one)).toEqual([]);
  });

  test('a successor, or one to retire, that is not there; one that does not know', async () => {
    const decisions = await decisionsOf('## 2026-01-01 — retry by hand — superseded by "the great plan"', '## 2026-01-02 — retry at night (supersedes the ping workaround)', '## 2026-01-03 — alert by mail — superseded by "retry at night"');
    const [hand = '', night = '', mail = ''] = ids(decisions);
    expect(states(decisions)).toEqual(['superseded', 'settled', 'superseded']);
    expect(findInForce(decisions, hand)).toEqual([]);
    expect(findInForce(decisions, mail)).toEqual([night]);
    expect(findSupersessionFaults(decisions)).toEqual([
      { kind: 'unknown', decision: hand, words: '"the great plan"', side: 'superseded-by' },
      { kind: 'unknown', decision: night, words: 'the ping workaround', side: 'supersedes' },
      { kind: 'one-sided', decision: mail, successor: night },
    ]);
  });
});
