import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noCache, openCache } from '../../../src/git/cache-store.ts';
import type { History } from '../../../src/git/history/history.ts';
import { openHistory, type HistoryRequest } from '../../../src/git/history/open-history.ts';
import { openRepository } from '../../../src/git/open-repository.ts';
import type { TestRepo } from '../build-repo.ts';
import { buildHistories, historySteps } from './random-history.ts';

const request: HistoryRequest = { pathspecs: { folders: ['machine-docs'], rootNames: [] }, matters: () => false, mattersName: 'none' };
const numRuns = process.env['DOCKET_LONG'] ? 150 : 6;

/** For each line the commit that git blame names. */
function blame(repo: TestRepo, rev: string, path: string): string[] {
  const output = repo.run(['blame', '--porcelain', '-M0', rev, '--', path]).toString('latin1');
  return [...output.matchAll(/^([0-9a-f]{40}) \d+ \d+(?: \d+)?$/gm)].map((found) => found[1] ?? '');
}

function changedIn(history: History, path: string): string[] {
  return [...(history.lines(path)?.changed ?? [])].map((ordinal) => history.commit(ordinal).commit);
}

/** Everything that a history says, to compare two. */
function everything(history: History): unknown {
  const ids = (ordinals: Int32Array | undefined): string[] => [...(ordinals ?? [])].map((ordinal) => history.commit(ordinal).commit);
  return {
    commits: history.ordinals().map((ordinal) => history.commit(ordinal).commit).sort(),
    files: history.paths().toSorted().map((path) => ({
      path,
      blob: history.blob(path),
      born: ids(history.lines(path)?.born),
      changed: ids(history.lines(path)?.changed),
      boxes: history.boxChanges(path),
      versions: history.versions(path).map((version) => [version.commit, version.blob]).sort(),
    })),
  };
}

const histories = fc.array(fc.record({ steps: historySteps, split: fc.nat(24) }), { minLength: 10, maxLength: 10 });

describe('the origin of lines', () => {
  it('is what git blame says, in histories with merges, renames, deletions and odd bytes', { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (all) => {
        const { repo, built } = await buildHistories(all);
        const repository = await openRepository(repo.dir);
        for (const { tips, paths } of built) {
          const tip = tips[0] ?? '';
          const history = await openHistory(repository, tip, request, noCache);
          for (const path of paths) expect([path, changedIn(history, path)]).toEqual([path, blame(repo, tip, path)]);
          expect(history.paths().filter((path) => history.blob(path) !== null).toSorted()).toEqual(paths.toSorted());
        }
      }),
      { numRuns },
    );
  });

  it('is the same whether history is learnt at once, piece by piece, from the cache, or without one', { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (all) => {
        const { repo, built } = await buildHistories(all);
        const repository = await openRepository(repo.dir);
        const cache = openCache(repository);
        for (const { tips, early } of built) {
          // What is asked for first is what later answers build upon.
          await openHistory(repository, early, request, cache);
          for (const tip of new Set([...tips.toReversed(), early])) {
            const cold = everything(await openHistory(repository, tip, request, noCache));
            expect(everything(await openHistory(repository, tip, request, cache))).toEqual(cold);
            expect(everything(await openHistory(repository, tip, request, openCache(repository)))).toEqual(cold);
          }
        }
      }),
      { numRuns: Math.ceil(numRuns / 3) },
    );
  });
});
