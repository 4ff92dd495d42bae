import { describe, expect, test } from 'vitest';
import { openDocket, type Entry } from '../../../src/index.ts';
import { buildRepo, type TestRepo } from '../../git/build-repo.ts';

const path = 'machine-docs/DEFERRED.md';
const item = (box: string, ...more: string[]): string => `# DEFERRED\n\n## Open deferrals\n\n### 2026-01-01 — five tries\n- [${box}] **What:** \`src/up.ts\` gives up too early.\n- **Filed by:** Builder, phase k2\n${more.map((line) => `- ${line}\n`).join('')}`;

async function closingOf(repo: TestRepo): Promise<Pick<Entry, 'state' | 'closed'> & { history: string[] }> {
  const [kept, anew] = await Promise.all([true, false].map(async (cache) => (await openDocket(repo.dir, { cache })).ledger.entries.find(({ kind }) => kind === 'deferred')));
  expect(anew).toEqual(kept);
  if (!kept) throw new Error('no deferred item');
  return { state: kept.state, closed: kept.closed, history: (kept.history ?? []).map(({ what, commit }) => `${what} ${commit}`) };
}

describe('the commits that filed, closed and reopened an item', () => {
  test('through ticking, unticking and dropping', async () => {
    const repo = await buildRepo();
    repo.write(path, item(' '));
    const filed = repo.commit('deferred(k2): filed');
    repo.write(path, item('x', '**Closed:** 2026-01-02 with this fix commit'));
    repo.write('src/up.ts', 'x\n');
    const closed = repo.commit('fix(k2): five tries');
    expect(await closingOf(repo)).toMatchObject({ state: 'closed', closed: { commit: closed, route: 'ancestor' }, history: [`filed ${filed}`, `closed ${closed}`] });
    repo.write(path, item(' ', '**Closed:** 2026-01-02 with this fix commit', '**Reopened:** 2026-01-03, it gives up again'));
    const reopened = repo.commit('deferred(k2): again');
    expect((await closingOf(repo)).history).toEqual([`filed ${filed}`, `closed ${closed}`, `reopened ${reopened}`]);
    repo.write(path, item('-', '**Closed:** 2026-01-02 with this fix commit', '**Reopened:** 2026-01-03, it gives up again'));
    const dropped = repo.commit('deferred(k2): dropped');
    expect(await closingOf(repo)).toMatchObject({ state: 'closed', history: [`filed ${filed}`, `closed ${closed}`, `reopened ${reopened}`, `closed ${dropped}`] });
  });

  test('while the item moves, is reworded and the file is renamed', async () => {
    const repo = await buildRepo();
    repo.write('DEFERRED.md', item(' '));
    const filed = repo.commit('deferred(k2): filed');
    repo.git('mv', 'DEFERRED.md', 'x.md');
    repo.write(path, item(' ').replace('## Open deferrals\n', '## Open deferrals\n\n### 2026-01-01 — another one\n- [ ] **What:** something else entirely.\n'));
    repo.remove('x.md');
    repo.commit('chore: where it belongs');
    repo.write(path, item('x', '**Closed:** by hand').replace('five tries', 'five tries, at least'));
    const closed = repo.commit('deferred(k2): closed');
    expect(await closingOf(repo)).toMatchObject({ state: 'closed', history: [`filed ${filed}`, `closed ${closed}`] });
  });

  test('a closing that cites a commit is that commit as it landed; one that cites nothing is who ticked', async () => {
    const repo = await buildRepo();
    repo.write(path, item(' '));
    repo.commit('deferred(k2): filed');
    repo.git('checkout', '-q', '-b', 'work');
    repo.write('src/up.ts', 'x\n');
    const fix = repo.commit('fix(k2): five tries');
    repo.git('checkout', '-q', 'main');
    repo.commit('chore: on');
    repo.git('cherry-pick', 'work');
    const landed = repo.git('rev-parse', 'HEAD');
    repo.write(path, item('x', `**Closed:** 2026-01-02 by ${fix.slice(0, 12)}`));
    repo.commit('deferred(k2): closed');
    expect(await closingOf(repo)).toMatchObject({ closed: { commit: landed, route: 'patch-id' } });
    repo.write(path, item('x', '**Closed:** 2026-01-02, the operator said so'));
    const ticked = repo.git('rev-parse', 'HEAD');
    expect((await closingOf(repo)).closed?.commit).toBe(ticked);
  });
});
