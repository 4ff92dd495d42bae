import { describe, expect, test } from 'vitest';
import { openDocket } from '../../../src/index.ts';
import { buildRepo } from '../build-repo.ts';

const status = '# STATUS\n\n## Gate: M1 — CLAIMED, awaiting Adversary\n\nWHAT: it works, as anybody can see.\n\nHOW: look at it for a while.\n';

/** What history says of claims, whether or not it is remembered. */
async function claimsOf(dir: string): Promise<unknown[]> {
  const { ledger } = await openDocket(dir, { cache: false });
  return ledger.entries.filter(({ kind }) => kind === 'claim').map(({ id, introduced, place }) => [id, introduced?.commit, place.path, place.rev]);
}

describe('documents at the root of the repository', () => {
  test('that are there, moved away since, or are gone', async () => {
    const repo = await buildRepo();
    repo.write('STATUS-k1.md', status);
    const first = repo.commit('claim(k1-M1): it works');
    repo.write('STATUS-k2.md', status.replace('M1', 'M2'));
    const second = repo.commit('claim(k2-M2): it works');
    repo.write('machine-docs/STATUS-k1.md', status);
    repo.remove('STATUS-k1.md');
    repo.commit('chore: where it belongs');
    repo.remove('STATUS-k2.md');
    const before = repo.git('rev-parse', 'HEAD');
    repo.commit('chore: k2 is done');
    repo.write('JOURNAL-k3.md', '# JOURNAL\n');
    repo.commit('journal(k3): begun');
    expect(await claimsOf(repo.dir)).toEqual([
      ['claim:k1/M1#1', first, 'machine-docs/STATUS-k1.md', null],
      ['claim:k2/M2#1', second, 'STATUS-k2.md', before],
    ]);
  });

  test('with names that could be patterns, and folders with the name of a document', async () => {
    const repo = await buildRepo();
    repo.write('STATUS-k1.md', status);
    const first = repo.commit('claim(k1-M1): it works');
    repo.write('STATUS-[k].md', 'x\n');
    repo.write('JOURNAL-a*b.md', 'x\n');
    repo.write('REVIEW-x.md/STATUS-k9.md', status);
    repo.commit('chore: odd names');
    repo.remove('STATUS-k1.md');
    const before = repo.git('rev-parse', 'HEAD');
    repo.commit('chore: gone');
    expect(await claimsOf(repo.dir)).toEqual([['claim:k1/M1#1', first, 'STATUS-k1.md', before]]);
  });
});
