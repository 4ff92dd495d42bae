import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rangeOfBuild } from '../../src/agents/ci/range-of-build.ts';
import { openRepository } from '../../src/git/open-repository.ts';
import { makeRepository, type Repository } from '../support/make-repository.ts';

const zeros = '0'.repeat(40);
const gone = 'e'.repeat(40);
let repository: Repository;
let folder: string;
const shas: Record<string, string> = {};
beforeAll(() => {
  repository = makeRepository();
  folder = mkdtempSync(join(tmpdir(), 'docket-event-'));
  for (const name of ['one', 'two', 'three']) shas[name] = repository.commit(name, '2026-03-02T10:00:00Z');
  repository.git('update-ref', 'refs/remotes/origin/main', shas['two'] ?? '');
});
afterAll(() => {
  repository.remove();
  rmSync(folder, { recursive: true, force: true });
});

async function fromOf(environment: NodeJS.ProcessEnv, payload: unknown = null): Promise<string | null> {
  const file = join(folder, 'event.json');
  if (payload !== null) writeFileSync(file, typeof payload === 'string' ? payload : JSON.stringify(payload));
  const { from, to } = await rangeOfBuild(await openRepository(repository.dir), { ...environment, ...(payload === null ? {} : { GITHUB_EVENT_PATH: file }) });
  expect(to).toBe('HEAD');
  return Object.entries(shas).find(([, sha]) => sha === from)?.[0] ?? from;
}

const actions = { GITHUB_ACTIONS: 'true', GITHUB_EVENT_NAME: 'push', GITHUB_REF_NAME: 'main' };
const onMain = { repository: { default_branch: 'main' } };

test('a push to the default branch begins where that stood', async () => {
  expect(await fromOf(actions, { ...onMain, before: shas['one'] })).toBe('one');
  expect(await fromOf({ GITLAB_CI: 'true', CI_DEFAULT_BRANCH: 'main', CI_COMMIT_BRANCH: 'main', CI_COMMIT_BEFORE_SHA: shas['one'] })).toBe('one');
  expect(await fromOf({ DRONE: 'true', DRONE_BUILD_EVENT: 'push', DRONE_REPO_BRANCH: 'main', DRONE_BRANCH: 'main', DRONE_COMMIT_BEFORE: shas['one'] })).toBe('one');
  expect(await fromOf({ CI: 'woodpecker', CI_PIPELINE_EVENT: 'push', CI_REPO_DEFAULT_BRANCH: 'main', CI_COMMIT_BRANCH: 'main', CI_PREV_COMMIT_SHA: shas['one'] })).toBe('one');
});

test('what cannot be told is everything: a first push, an end that is gone, a run once more, an event that says nothing', async () => {
  for (const before of [zeros, gone, shas['three'], '', null, '--output=x', 7]) expect(await fromOf(actions, { ...onMain, before })).toBeNull();
  for (const payload of ['{', '[]', 'null', '']) expect(await fromOf(actions, payload)).toBeNull();
  expect(await fromOf({ ...actions, GITHUB_EVENT_PATH: '/nonexistent/event.json' })).toBeNull();
});

test('any other branch, and a tag, begins where the default branch stands, whatever was pushed before', async () => {
  for (const before of [zeros, gone, shas['one']]) {
    expect(await fromOf({ ...actions, GITHUB_REF_NAME: 'topic' }, { ...onMain, before })).toBe('two');
    expect(await fromOf({ ...actions, GITHUB_REF_NAME: 'v1', GITHUB_REF: 'refs/tags/v1' }, { ...onMain, before })).toBe('two');
  }
  expect(await fromOf({ ...actions, GITHUB_REF_NAME: 'topic' }, { repository: { default_branch: 'trunk' }, before: shas['one'] })).toBe('one');
});

test('a pull request begins at its base, else where its target stands; a queue of merges at its own', async () => {
  const pull = { ...actions, GITHUB_EVENT_NAME: 'pull_request', GITHUB_BASE_REF: 'main', GITHUB_REF_NAME: '3/merge' };
  expect(await fromOf(pull, { pull_request: { base: { sha: shas['one'], ref: 'main' } } })).toBe('one');
  expect(await fromOf(pull, { pull_request: { base: { sha: gone, ref: 'main' } } })).toBe('two');
  expect(await fromOf(pull)).toBe('two');
  expect(await fromOf({ ...actions, GITHUB_EVENT_NAME: 'merge_group', GITHUB_REF_NAME: 'gh-readonly-queue/main/pr-3' }, { merge_group: { base_sha: shas['one'], base_ref: 'refs/heads/main' } })).toBe('one');
  expect(await fromOf({ GITLAB_CI: 'true', CI_DEFAULT_BRANCH: 'main', CI_COMMIT_BEFORE_SHA: zeros, CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main', CI_MERGE_REQUEST_DIFF_BASE_SHA: shas['one'] })).toBe('one');
  expect(await fromOf({ DRONE: 'true', DRONE_BUILD_EVENT: 'pull_request', DRONE_BRANCH: 'main', DRONE_TARGET_BRANCH: 'main' })).toBe('two');
});

test('outside of a build, and in a clone that is cut off, it is refused', async () => {
  await expect(fromOf({})).rejects.toThrow(/outside of a build/);
  const opened = await openRepository(repository.dir);
  await expect(rangeOfBuild({ ...opened, shallow: true }, { GITHUB_ACTIONS: 'true' })).rejects.toThrow(/cut off/);
});
