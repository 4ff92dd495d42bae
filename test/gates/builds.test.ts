import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../src/contract/schema/envelope.ts';
import { openDesk, type Desk } from '../edits/gates/desk.ts';
import { buildExample, type Example } from '../example/build-example.ts';
import { gitea, notFound, startForge, type FakeForge, type GivenStatus } from '../forge/fake-forge.ts';
import { askDocket, runDocket } from '../support/run-docket.ts';

let forge: FakeForge;
beforeAll(async () => {
  forge = await startForge();
});
afterAll(() => forge.close());

/** Has docket ask the forge for a commit. */
async function learn(dir: string, commit: string, ...statuses: GivenStatus[]): Promise<void> {
  forge.serve(gitea('team/proxy', { [commit]: statuses }));
  expect((await askDocket(['ci', 'status', commit], dir)).data['state']).not.toBeNull();
  // From now on whoever asks is found out.
  forge.serve(notFound);
}

describe('the story of the seed: its fix stands under "Some checks failed"', () => {
  let example: Example;
  let fix: string;
  beforeAll(() => {
    example = buildExample();
    writeFileSync(join(example.dir, 'machine-docs/docket.yaml'), `ci: {forge: gitea, url: '${forge.url}/team/proxy'}\n`);
  });
  afterAll(() => example.remove());
  const findings = async (...args: string[]): Promise<Diagnostic[]> => (await askDocket(['check', ...args], example.dir)).diagnostics.filter(({ rule }) => rule === 'claim-ci-failing');

  test('nothing is said while nobody has asked', async () => {
    fix = execFileSync('git', ['-C', example.dir, 'log', '--format=%H', '--grep=^fix(pxgate)', 'main'], { encoding: 'utf8' }).trim();
    expect(fix).toMatch(/^[0-9a-f]{40}$/);
    expect(await findings()).toEqual([]);
  });

  test('the claim of the fix is found out, and no other', async () => {
    await learn(example.dir, fix, { context: 'continuous-integration/drone/push', state: 'failure', description: 'Build is failing' });
    const found = await findings();
    expect(found).toMatchObject([{ level: 'warning', entry: 'claim:pxgate/M1#1', commit: fix, next: `docket ci status ${fix.slice(0, 12)}`, place: { path: 'machine-docs/STATUS-pxgate.md' } }]);
    expect(found[0]?.message).toContain('continuous-integration/drone/push (failure)');
    expect(await findings('--no-cache')).toEqual(found);
    expect(forge.asked).toEqual([]);
  });

  test('a build that was repeated and passes ends it', async () => {
    await learn(example.dir, fix, { context: 'continuous-integration/drone/push', state: 'success', id: 2, at: '2026-06-13T20:00:00Z' }, { context: 'continuous-integration/drone/push', state: 'failure', id: 1 });
    expect(await findings()).toEqual([]);
  });
});

describe('DONE and the builds that the configuration requires', () => {
  let desk: Desk;
  let claim: string;
  let code: string;
  beforeEach(() => {
    desk = openDesk();
    desk.repository.write('code.txt', 'one\n');
    desk.write('DECISIONS.md', '# DECISIONS\n\n## 2026-06-13 — k9: exception: no evidence\n\n**Waiver:** k9/M1 claim-without-evidence until 2999-12-31 by operator because it is shown elsewhere\n');
    code = desk.commit('feat(k9): one');
    desk.write('STATUS-k9.md', '# STATUS — k9\n\n## Gate: M1 — CLAIMED, awaiting Adversary\n\n### WHAT\nIt works.\n');
    claim = desk.commit('claim(k9-M1): it works');
    desk.write('REVIEW-k9.md', '# REVIEW — k9\n\n## M1 — PASS @2026-06-13\n');
    desk.commit('review(k9-M1): M1 PASS');
  });
  afterEach(() => desk.repository.remove());
  const demand = (required: string): void => desk.write('docket.yaml', `freshness: 36500d\nci: {forge: gitea, url: '${forge.url}/team/proxy', required: ${required}}\n`);
  const gate = async () => {
    const { stdout, exit } = await runDocket(['-C', desk.repository.dir, 'gate', 'k9', '--for', 'done', '--json']);
    const { data, next } = JSON.parse(stdout);
    return { exit, missing: data.missing as string[], next: next as string[] };
  };

  test('nothing is required unless the configuration says so', async () => {
    demand('false');
    expect(await gate()).toMatchObject({ exit: 0, missing: [] });
  });

  test.each([['true'], ['[build]']])('what is not known is refused: %s', async (required) => {
    demand(required);
    const head = desk.repository.git('rev-parse', 'HEAD');
    expect(await gate()).toMatchObject({ exit: 1, missing: [expect.stringContaining('is not known')], next: [`docket ci status ${head}`] });
    expect((await desk.ask('done', 'k9')).data['missing']).toEqual([expect.stringContaining('is not known')]);
  });

  test('a forge that is not named is refused, too', async () => {
    desk.write('docket.yaml', 'freshness: 36500d\nci: {required: true}\n');
    expect(await gate()).toMatchObject({ exit: 1, missing: [expect.stringContaining('names no forge')] });
  });

  test('a failing build is refused by name, an unfinished one as well; a green one is enough', async () => {
    demand('true');
    const head = desk.repository.git('rev-parse', 'HEAD');
    await learn(desk.repository.dir, head, { context: 'build', state: 'success' }, { context: 'deploy', state: 'error' });
    expect(await gate()).toMatchObject({ exit: 1, missing: [expect.stringContaining('the build deploy is failing (error)')], next: [`docket ci status ${head}`] });
    await learn(desk.repository.dir, head, { context: 'build', state: 'pending' });
    expect(await gate()).toMatchObject({ exit: 1, missing: [expect.stringContaining('the build build is not finished')] });
    await learn(desk.repository.dir, head);
    expect(await gate()).toMatchObject({ exit: 1, missing: [expect.stringContaining('has no build of it')] });
    await learn(desk.repository.dir, head, { context: 'build', state: 'success' });
    expect(await gate()).toMatchObject({ exit: 0 });
  });

  test('only the builds that are named have to be green, and all of them have to be there', async () => {
    demand('[build, lint]');
    const head = desk.repository.git('rev-parse', 'HEAD');
    await learn(desk.repository.dir, head, { context: 'build', state: 'success' }, { context: 'deploy', state: 'failure' });
    expect(await gate()).toMatchObject({ exit: 1, missing: [expect.stringContaining('no build lint of it')] });
    await learn(desk.repository.dir, head, { context: 'build', state: 'success' }, { context: 'deploy', state: 'failure' }, { context: 'lint', state: 'skipped' });
    expect(await gate()).toMatchObject({ exit: 0 });
  });

  test('the same code counts, whatever was written into the record since; other code does not', async () => {
    demand('true');
    desk.commit('docs: the configuration');
    await learn(desk.repository.dir, code, { context: 'build', state: 'success' });
    expect(await gate()).toMatchObject({ exit: 0 });
    await learn(desk.repository.dir, claim, { context: 'build', state: 'failure' });
    expect(await gate()).toMatchObject({ exit: 1, next: [`docket ci status ${claim}`] });
    await learn(desk.repository.dir, claim, { context: 'build', state: 'success' });
    desk.repository.write('code.txt', 'two\n');
    desk.commit('feat(k9): two');
    expect(await gate()).toMatchObject({ exit: 1, missing: [expect.stringContaining('is not known')] });
  });

  test('what another forge said does not count, and nobody is asked', async () => {
    demand('true');
    await learn(desk.repository.dir, desk.repository.git('rev-parse', 'HEAD'), { context: 'build', state: 'success' });
    expect(await gate()).toMatchObject({ exit: 0 });
    expect(forge.asked).toEqual([]);
    desk.write('docket.yaml', "freshness: 36500d\nci: {forge: gitea, url: 'https://other.example.org/team/proxy', required: true}\n");
    expect(await gate()).toMatchObject({ exit: 1 });
  });
});
