import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Failure } from '../../src/contract/failure.ts';
import { askObjects } from '../../src/git/ask-objects.ts';
import { openRepository } from '../../src/git/open-repository.ts';
import { makeRepository, type Repository } from '../support/make-repository.ts';

let repo: Repository;
beforeEach(() => {
  repo = makeRepository();
});
afterEach(() => repo.remove());

/** Commits so many files, and spoils the objects of those that `isSpoilt` picks; gives names that all blobs have to be opened for. */
function spoil(count: number, isSpoilt: (index: number) => boolean): string[] {
  const paths = Array.from({ length: count }, (_, index) => `f${index}`);
  for (const path of paths) repo.write(path, `of ${path}\n`);
  repo.commit('all', '2026-02-03T10:00:00Z');
  const ids = paths.map((path) => repo.git('rev-parse', `HEAD:${path}`));
  ids.filter((_, index) => isSpoilt(index)).forEach((id) => {
    const file = join(repo.dir, '.git/objects', id.slice(0, 2), id.slice(2));
    chmodSync(file, 0o644);
    writeFileSync(file, 'no object');
  });
  // git ends where it has to open one to say what it is.
  return ids.map((id) => `${id}^{blob}`);
}

test('a corrupt object hides none of the others', async () => {
  const ids = spoil(5, (index) => index === 0 || index === 3);
  const answers = await askObjects(await openRepository(repo.dir), ids);
  expect(answers.map((answer) => answer.split(' ')[1] ?? '')).toEqual(['', 'blob', 'blob', '', 'blob']);
});

test('where there is no end of corrupt ones, that is said', async () => {
  const ids = spoil(110, () => true);
  const repository = await openRepository(repo.dir);
  await expect(askObjects(repository, ids)).rejects.toMatchObject({ kind: 'unreadable', next: 'git fsck' });
});

test('a git that cannot answer at all is asked once', async () => {
  const ids = spoil(3, () => false);
  const repository = await openRepository(repo.dir);
  repo.write('.git/config', '[core\n');
  const failed = await askObjects(repository, ids).catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(Failure);
  expect((failed as Failure).kind).not.toBe('unreadable');
});
