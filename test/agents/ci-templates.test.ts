import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { makeRepository, type Repository } from '../support/make-repository.ts';
import { askDocket, runDocket } from '../support/run-docket.ts';
import { makeCiStage, scriptsOf, useTemplates, zeros, type Build, type CiStage } from './ci-stage.ts';

const paths: Record<string, string> = {
  github: '.github/workflows/docket.yml', gitea: '.gitea/workflows/docket.yml', forgejo: '.forgejo/workflows/docket.yml', woodpecker: '.woodpecker/docket.yml', drone: '.drone.yml', gitlab: '.gitlab-ci.yml',
};
const systems = Object.keys(paths);
const isLong = process.env['DOCKET_LONG'] === '1';

let repository: Repository;
let stage: CiStage;
beforeAll(async () => {
  repository = makeRepository();
  await askDocket(['init', '--ci', systems.join(',')], repository.dir);
  useTemplates(new Map(systems.map((system) => [system, readFileSync(join(repository.dir, paths[system] ?? ''), 'utf8')])));
  stage = makeCiStage();
});
afterAll(() => {
  repository.remove();
  stage.remove();
});

describe('init --ci', () => {
  test.each(systems)('%s: a diff first, then the file, then nothing', async (system) => {
    const fresh = makeRepository();
    try {
      const path = paths[system] ?? '';
      const dry = await runDocket(['-C', fresh.dir, 'init', '--ci', system, '--dry-run']);
      expect([dry.exit, dry.stdout.includes(`+++ b/${path}`), existsSync(join(fresh.dir, path))]).toEqual([0, true, false]);
      const first = await askDocket(['init', '--ci', system], fresh.dir);
      expect(first.data['written']).toContain(path);
      expect(first.next[0]).toBe(`git add :/machine-docs :/${path}`);
      const text = readFileSync(join(fresh.dir, path), 'utf8');
      const second = await askDocket(['init', '--ci', system], fresh.dir);
      expect([second.data['written'], second.data['diff'], readFileSync(join(fresh.dir, path), 'utf8') === text]).toEqual([[], '', true]);
      fresh.write(path, `${text}# docket check, mine\n`);
      await askDocket(['init', '--ci', system], fresh.dir);
      expect(readFileSync(join(fresh.dir, path), 'utf8')).toBe(`${text}# docket check, mine\n`);
    } finally {
      fresh.remove();
    }
  });

  test.each<[string, string, string, RegExp]>([
    ['drone', '.drone.yml', '.drone.docket.yml', /cat \.drone\.docket\.yml >> \.drone\.yml/],
    ['gitlab', '.gitlab-ci.yml', '.gitlab/docket.gitlab-ci.yml', /include: \{local: '\/\.gitlab\/docket\.gitlab-ci\.yml'\}/],
  ])('%s: the pipelines of others stay, ours goes beside them', async (system, path, beside, how) => {
    const fresh = makeRepository();
    try {
      fresh.write(path, 'build: {script: [make]}\n');
      const { data } = await askDocket(['init', '--ci', system], fresh.dir);
      expect(data['written']).toContain(beside);
      expect(String(data['notes'])).toMatch(how);
      expect(readFileSync(join(fresh.dir, path), 'utf8')).toBe('build: {script: [make]}\n');
      expect((await askDocket(['init', '--ci', system], fresh.dir)).data['written']).toEqual([]);
    } finally {
      fresh.remove();
    }
  });

  test('what would no longer be read is said', async () => {
    repository.write('.woodpecker.yml', 'steps: []\n');
    const fresh = makeRepository();
    try {
      fresh.write('.github/workflows/ci.yml', 'on: push\n');
      expect(String((await askDocket(['init', '--ci', 'gitea'], fresh.dir)).data['notes'])).toContain('.github/workflows');
    } finally {
      fresh.remove();
    }
  });

  test('another system is a usage error', async () => {
    expect((await runDocket(['-C', repository.dir, 'init', '--ci', 'jenkins'])).exit).toBe(2);
  });
});

describe.each(systems)('the pipeline of %s', (system) => {
  const read = (): string => readFileSync(join(repository.dir, paths[system] ?? ''), 'utf8');
  test('is YAML, clones all of the history, judges a range and attests', () => {
    expect(parseAllDocuments(read()).flatMap(({ errors }) => errors)).toEqual([]);
    expect(JSON.stringify(parse(read()))).toMatch(/"(?:fetch-depth|depth)":0|"GIT_DEPTH":"0"/);
    expect(scriptsOf(system)).toMatch(/docket check --range ci[\s\S]*docket attest --consent "\$DOCKET_CONSENT"/);
    // These two put values in place of ${…} themselves.
    if (system === 'woodpecker' || system === 'drone') expect(read().replace(/^#.*$/gmu, '')).not.toContain('${');
  });
});

type Case = 'push' | 'new branch' | 'forced push' | 'pull request';

/** What each system says of a build. `before` is what the branch stood on, `base` the tip of main. */
function saysOf(system: string, what: Case, branch: string, { before, base, head }: Record<'before' | 'base' | 'head', string>): Build {
  const isMerge = what === 'pull request';
  switch (system) {
    case 'gitlab':
      return { branch, environment: { CI: 'true', GITLAB_CI: 'true', CI_DEFAULT_BRANCH: 'main', CI_COMMIT_SHA: head, CI_COMMIT_REF_NAME: branch, CI_COMMIT_BEFORE_SHA: isMerge ? zeros : before, ...(isMerge ? { CI_MERGE_REQUEST_DIFF_BASE_SHA: base, CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main' } : { CI_COMMIT_BRANCH: branch, CI_MERGE_REQUEST_TARGET_BRANCH_NAME: '' }) } };
    case 'woodpecker':
      return { branch, environment: { CI: 'woodpecker', CI_REPO_DEFAULT_BRANCH: 'main', CI_COMMIT_SHA: head, CI_PIPELINE_EVENT: isMerge ? 'pull_request' : 'push', CI_COMMIT_BRANCH: isMerge ? 'main' : branch, CI_COMMIT_TARGET_BRANCH: isMerge ? 'main' : '', CI_PREV_COMMIT_SHA: before === zeros ? '' : before } };
    case 'drone':
      return { branch, environment: { CI: 'true', DRONE: 'true', DRONE_REPO_BRANCH: 'main', DRONE_COMMIT: head, DRONE_BUILD_EVENT: isMerge ? 'pull_request' : 'push', DRONE_BRANCH: isMerge ? 'main' : branch, DRONE_TARGET_BRANCH: isMerge ? 'main' : branch, DRONE_COMMIT_BEFORE: isMerge ? '' : before } };
    default: {
      const own = system === 'github' ? {} : system === 'gitea' ? { GITEA_ACTIONS: 'true' } : { FORGEJO_ACTIONS: 'true', GITEA_ACTIONS: 'true' };
      const environment = { CI: 'true', GITHUB_ACTIONS: 'true', ...own, GITHUB_SHA: head, GITHUB_EVENT_NAME: isMerge ? 'pull_request' : 'push', GITHUB_REF_NAME: isMerge ? '5/merge' : branch, GITHUB_REF: isMerge ? 'refs/pull/5/merge' : `refs/heads/${branch}`, GITHUB_BASE_REF: isMerge ? 'main' : '' };
      return { branch, environment, payload: { repository: { default_branch: 'main' }, ...(isMerge ? { pull_request: { base: { sha: base, ref: 'main' } } } : { before, after: head }) } };
    }
  }
}

/** What the branch of a case stood on before, as the system says. */
const befores: Record<Case, string> = { push: '', 'new branch': zeros, 'forced push': 'd'.repeat(40), 'pull request': zeros };
const found = /append-only/;

function build(system: string, what: Case, branch: string, before = befores[what]) {
  const base = stage.git('rev-parse', 'main');
  return stage.build(system, saysOf(system, what, branch, { before, base, head: stage.push(branch) }));
}

/** A branch on which a commit was made that no hook has judged; what is new on it before that is clean. */
function judgeBranch(system: string, what: Case, also: 'clean too' | 'bad only'): void {
  const branch = `${system}-${what.replace(' ', '-')}`;
  stage.git('checkout', '-q', '-B', branch, 'main');
  stage.good();
  if (also === 'clean too') expect([what, build(system, what, branch).exit]).toEqual([what, 0]);
  stage.bad();
  const { exit, said } = build(system, what, branch);
  expect([what, exit, said]).toEqual([what, 1, expect.stringMatching(found)]);
  stage.git('checkout', '-q', 'main');
}

const thorough = isLong ? systems : ['github'];

describe.each(thorough)('%s, in a real clone', (system) => {
  test('a push to main: what is new is judged, each commit, and nothing else', () => {
    stage.git('checkout', '-q', 'main');
    const before = stage.git('rev-parse', 'HEAD');
    stage.good();
    const clean = build(system, 'push', 'main', before);
    expect([clean.exit, clean.said]).toEqual([0, expect.stringContaining('nothing to attest')]);
    const then = stage.git('rev-parse', 'HEAD');
    stage.bad();
    const { exit, said } = build(system, 'push', 'main', then);
    expect([exit, said]).toEqual([1, expect.stringMatching(found)]);
  });

  test('a new branch, a forced push, a pull request', () => {
    for (const what of ['new branch', 'forced push', 'pull request'] as const) judgeBranch(system, what, isLong ? 'clean too' : 'bad only');
  });

  test('a forced push to main whose old end is gone is judged whole', () => {
    stage.git('checkout', '-q', 'main');
    stage.good();
    expect(build(system, 'forced push', 'main')).toMatchObject({ exit: 1, said: expect.stringMatching(found) });
  });
});

test.each(systems.filter((system) => !thorough.includes(system)))('%s, in a real clone: a pull request, clean and not', (system) => judgeBranch(system, 'pull request', 'clean too'));
