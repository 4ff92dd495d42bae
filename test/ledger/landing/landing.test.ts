import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { buildRepo, openRepo, temporaryFolder, type TestRepo } from '../../git/build-repo.ts';

const docket = join(import.meta.dirname, '../../../dist/bin/docket.js');
const item = 'deferred:2026-03-02-retry-the-upload';
const trailer = 'Closes-Deferred: 2026-03-02-retry-the-upload';

const deferred = `# DEFERRED

## Open deferrals

### 2026-03-02 — retry the upload
- [ ] **What:** \`src/upload.sh\` gives up at the first error.
- **Filed by:** Builder, phase k2
- **Re-entry trigger:** two red nights

## Closed deferrals

(none yet)
`;

interface Answer {
  closed: { entry: string; commit: string; route: string }[];
  reopened: { entry: string; commit: string }[];
  refused: { entry: string; commit: string; why: string }[];
  pending: { entry: string; commit: string; why: string }[];
}

function sync(repo: TestRepo, ...args: string[]): Answer {
  const out = execFileSync('node', [docket, '-C', repo.dir, 'sync', '--json', ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  return JSON.parse(out).data;
}

async function start(): Promise<TestRepo> {
  const repo = await buildRepo();
  repo.write('machine-docs/DEFERRED.md', deferred);
  repo.write('src/upload.sh', '#!/bin/sh\n\ncurl -T file https://example.org\n\necho done\n');
  repo.write('src/other.sh', 'echo other\n');
  repo.commit('chore: start');
  return repo;
}

function fix(repo: TestRepo, message = `fix(upload): try three times\n\nOne error is no error.\n\n${trailer}\n`): string {
  repo.write('src/upload.sh', '#!/bin/sh\n\nfor n in 1 2 3; do curl -T file https://example.org && break; done\n\necho done\n');
  return repo.commit(message);
}

const withoutTrailer = 'fix(upload): try three times\n\nOne error is no error.\n';

describe('a fix closes its item when it has landed, by the strongest route', () => {
  test('on the landing branch itself, and only once', async () => {
    const repo = await start();
    const commit = fix(repo);
    expect(sync(repo, '--dry-run').closed).toEqual([expect.objectContaining({ entry: item, commit, route: 'ancestor' })]);
    expect(readFileSync(join(repo.dir, 'machine-docs/DEFERRED.md'), 'utf8')).toBe(deferred);
    sync(repo);
    const after = readFileSync(join(repo.dir, 'machine-docs/DEFERRED.md'), 'utf8');
    const line = `- **Closed:** ${repo.git('log', '-1', '--format=%cs', commit)} by ${commit.slice(0, 12)} ("fix(upload): try three times") · landed by ancestor\n`;
    expect(after).toBe(deferred.replace('- [ ] **What', '- [x] **What').replace('two red nights\n', `two red nights\n${line}`));
    expect(sync(repo)).toMatchObject({ closed: [], reopened: [], refused: [], pending: [] });
    expect(readFileSync(join(repo.dir, 'machine-docs/DEFERRED.md'), 'utf8')).toBe(after);
  });

  test('merged, fast-forwarded, and with three parents', async () => {
    for (const how of ['merge', 'ff', 'octopus']) {
      const repo = await start();
      repo.git('checkout', '-q', '-b', 'fix/up');
      const commit = fix(repo);
      repo.git('checkout', '-q', '-b', 'side', 'main');
      repo.write('src/side.sh', 'echo side\n');
      repo.commit('feat: side');
      repo.git('checkout', '-q', 'main');
      if (how !== 'ff') {
        repo.write('src/other.sh', 'echo changed\n');
        repo.commit('feat: other');
      }
      expect(sync(repo)).toMatchObject({ closed: [], pending: [{ entry: item, commit, why: 'declared on fix/up, which is not merged' }] });
      if (how === 'octopus') repo.git('merge', '-q', '--no-ff', '-m', 'merge both', 'fix/up', 'side');
      else repo.git('merge', '-q', how === 'ff' ? '--ff-only' : '--no-ff', ...(how === 'ff' ? [] : ['-m', 'merge']), 'fix/up');
      expect(sync(repo).closed).toEqual([expect.objectContaining({ entry: item, commit, route: 'ancestor' })]);
    }
  });

  test('rebased or cherry-picked, the message kept: the new commit declares it itself', async () => {
    const repo = await start();
    repo.git('checkout', '-q', '-b', 'fix/up');
    const old = fix(repo);
    repo.git('checkout', '-q', 'main');
    repo.write('src/other.sh', 'echo changed\n');
    repo.commit('feat: other');
    repo.git('cherry-pick', 'fix/up');
    const commit = repo.git('rev-parse', 'HEAD');
    expect(commit).not.toBe(old);
    expect(sync(repo).closed).toEqual([expect.objectContaining({ entry: item, commit, route: 'ancestor' })]);
  });

  test('cherry-picked, the trailer lost: by patch-id', async () => {
    const repo = await start();
    repo.git('checkout', '-q', '-b', 'fix/up');
    fix(repo);
    repo.git('checkout', '-q', 'main');
    repo.write('src/other.sh', 'echo changed\n');
    repo.commit('feat: other');
    repo.git('cherry-pick', '--no-commit', 'fix/up');
    const commit = repo.commit('fix: upload again');
    expect(sync(repo).closed).toEqual([expect.objectContaining({ entry: item, commit, route: 'patch-id' })]);
  });

  test.each([
    { what: 'the trailer kept: the new commit declares it itself', message: null, route: 'ancestor' },
    { what: 'the trailer lost: nothing ties what landed to the item', message: 'fix: upload again', route: null },
  ])('rebased over a conflict, $what', async ({ message, route }) => {
    const repo = await start();
    repo.git('checkout', '-q', '-b', 'fix/up');
    const declared = fix(repo);
    repo.git('checkout', '-q', 'main');
    repo.write('src/upload.sh', '#!/bin/sh\n\ncurl --fail -T file https://example.org\n\necho done\n');
    repo.commit('feat: fail on errors');
    expect(() => repo.git('cherry-pick', 'fix/up')).toThrow();
    repo.write('src/upload.sh', '#!/bin/sh\n\nfor n in 1 2 3; do curl --fail -T file https://example.org && break; done\n\necho done\n');
    repo.git('add', '-A');
    repo.git('commit', '-q', '--no-edit', ...(message === null ? [] : ['-m', message]));
    const commit = repo.git('rev-parse', 'HEAD');
    const answer = sync(repo);
    expect(answer.closed).toEqual(route === null ? [] : [expect.objectContaining({ entry: item, commit, route })]);
    expect(answer.pending).toEqual(route === null ? [expect.objectContaining({ entry: item, commit: declared })] : []);
  });

  test('squashed with other work, the subject cited as forges do: by squash', async () => {
    const repo = await start();
    repo.git('checkout', '-q', '-b', 'fix/up');
    fix(repo);
    repo.write('src/more.sh', 'echo more\n');
    repo.commit('feat: more');
    repo.git('checkout', '-q', 'main');
    repo.write('src/other.sh', 'echo changed\n');
    repo.commit('feat: other');
    repo.git('merge', '-q', '--squash', 'fix/up');
    const commit = repo.commit('Better uploads (#12)\n\n* fix(upload): try three times\n\n* feat: more\n');
    expect(sync(repo).closed).toEqual([expect.objectContaining({ entry: item, commit, route: 'squash' })]);
  });

  test('squashed with nothing said of it: the squash has the patch of the whole branch', async () => {
    const repo = await start();
    repo.git('checkout', '-q', '-b', 'fix/up');
    fix(repo);
    repo.write('src/more.sh', 'echo more\n');
    repo.commit('feat: more');
    repo.git('checkout', '-q', 'main');
    repo.git('merge', '-q', '--squash', 'fix/up');
    const commit = repo.commit('Uploads\n');
    expect(sync(repo).closed).toEqual([expect.objectContaining({ entry: item, commit, route: 'squash' })]);
  });

  test('a commit that cites the fix without holding its hunks lands nothing', async () => {
    const repo = await start();
    repo.git('checkout', '-q', '-b', 'fix/up');
    const commit = fix(repo);
    repo.git('checkout', '-q', 'main');
    repo.write('src/upload.sh', '#!/bin/sh\n\ncurl -T file https://example.org # not yet\n\necho done\n');
    repo.commit(`wip: will take over ${commit.slice(0, 10)} later\n`);
    expect(sync(repo)).toMatchObject({ closed: [], pending: [{ commit }] });
  });

  test('amended and force-pushed: only the last one is declared on a branch', async () => {
    const repo = await start();
    repo.git('checkout', '-q', '-b', 'fix/up');
    const old = fix(repo);
    repo.git('commit', '-q', '--amend', '-m', `fix(upload): three times, amended\n\n${trailer}\n`);
    const amended = repo.git('rev-parse', 'HEAD');
    repo.git('checkout', '-q', 'main');
    repo.git('merge', '-q', '--ff-only', 'fix/up');
    const { closed } = sync(repo);
    expect(closed).toEqual([expect.objectContaining({ commit: amended, route: 'ancestor' })]);
    expect(amended).not.toBe(old);
  });
});

describe('what was landed and undone', () => {
  test('a revert reopens, the revert of the revert closes again, older lines stay', async () => {
    const repo = await start();
    const commit = fix(repo);
    sync(repo);
    repo.commit('deferred: close what has landed');
    repo.git('revert', '--no-edit', commit);
    const revert = repo.git('rev-parse', 'HEAD');
    expect(sync(repo).reopened).toEqual([expect.objectContaining({ entry: item, commit: revert })]);
    expect(readFileSync(join(repo.dir, 'machine-docs/DEFERRED.md'), 'utf8')).toMatch(/- \[ \] \*\*What[^]*- \*\*Closed:\*\*[^]*- \*\*Reopened:\*\* .* by [0-9a-f]{12}/);
    expect(sync(repo)).toMatchObject({ closed: [], reopened: [] });
    repo.commit('deferred: reopened');
    repo.git('revert', '--no-edit', revert);
    expect(sync(repo).closed).toEqual([expect.objectContaining({ entry: item, route: 'ancestor' })]);
    expect(sync(repo)).toMatchObject({ closed: [], reopened: [] });
  });

  test('a fix that landed and was reverted before anybody closed the item stays pending', async () => {
    const repo = await start();
    const commit = fix(repo);
    repo.git('revert', '--no-edit', commit);
    expect(sync(repo)).toMatchObject({ closed: [], pending: [{ commit, why: expect.stringContaining('undone by') }] });
  });
});

describe('a commit that does not touch what it closes is refused', () => {
  test('another file, only documents, nothing at all', async () => {
    const repo = await start();
    repo.write('src/other.sh', 'echo 2\n');
    const other = repo.commit(`fix: other\n\n${trailer}\n`);
    repo.write('machine-docs/JOURNAL-k2.md', '# JOURNAL\n\n## 2026-03-03 — wrote\n');
    const documents = repo.commit(`journal(k2): wrote\n\n${trailer}\n`);
    const empty = repo.commit(`chore: nothing\n\n${trailer}\n`);
    const { closed, refused } = sync(repo);
    expect(closed).toEqual([]);
    expect(new Map(refused.map(({ commit, why }) => [commit, why]))).toEqual(
      new Map([
        [other, 'changes src/other.sh only, the item names src/upload.sh'],
        [documents, 'changes only docket documents (machine-docs/JOURNAL-k2.md)'],
        [empty, 'changes no file'],
      ]),
    );
  });

  test('a file that was renamed since still counts', async () => {
    const repo = await start();
    repo.git('mv', 'src/upload.sh', 'src/send.sh');
    repo.commit('refactor: rename');
    repo.write('src/send.sh', '#!/bin/sh\n\nfor n in 1 2 3; do curl -T file https://example.org && break; done\n\necho done\n');
    const commit = repo.commit(`fix: three times\n\n${trailer}\n`);
    expect(sync(repo).closed).toEqual([expect.objectContaining({ entry: item, commit, route: 'ancestor' })]);
  });
});

describe('how it is declared', () => {
  test('a hidden trailer closes; words alone wait until they are accepted', async () => {
    const repo = await start();
    const hidden = fix(repo, `fix: three times\n\n${trailer}\n\nCo-Authored-By: A <a@example.org>\n`);
    expect(sync(repo, '--dry-run').closed).toEqual([expect.objectContaining({ commit: hidden })]);
    const other = await start();
    const words = fix(other, `${withoutTrailer}\n- DEFERRED.md: 2026-03-02 upload entry closed.\n`);
    expect(sync(other)).toMatchObject({ closed: [], pending: [{ commit: words, why: 'declared in words only' }] });
    expect(sync(other, '--accept-words', '--dry-run').closed).toEqual([expect.objectContaining({ commit: words, route: 'ancestor' })]);
  });

  test('on a remote-tracking branch, against the default branch of the remote', async () => {
    const origin = await start();
    const dir = join(temporaryFolder(), 'clone');
    execFileSync('git', ['clone', '-q', origin.dir, dir], { stdio: 'ignore' });
    const clone = openRepo(dir);
    clone.git('checkout', '-q', '-b', 'fix/up');
    const commit = fix(clone);
    expect(sync(clone)).toMatchObject({ closed: [], pending: [{ commit }] });
    clone.git('push', '-q', 'origin', 'fix/up:main-next');
    origin.git('merge', '-q', '--ff-only', 'main-next');
    clone.git('fetch', '-q');
    expect(sync(clone).closed).toEqual([expect.objectContaining({ commit, route: 'ancestor' })]);
  });

  test.each([
    { what: 'what it changed can be seen', depth: 2, closed: true },
    { what: 'at the edge of what is here nobody can see what it changed', depth: 1, closed: false },
  ])('in a shallow clone: $what', async ({ depth, closed }) => {
    const origin = await start();
    origin.write('src/other.sh', 'echo changed\n');
    origin.commit('feat: other');
    const commit = fix(origin);
    const dir = join(temporaryFolder(), 'shallow');
    execFileSync('git', ['clone', '-q', `--depth=${depth}`, `file://${origin.dir}`, dir], { stdio: 'ignore' });
    const answer = sync(openRepo(dir));
    expect(answer.closed).toEqual(closed ? [expect.objectContaining({ entry: item, commit, route: 'ancestor' })] : []);
    expect(answer.refused).toEqual([]);
    if (!closed) expect(answer.pending).toEqual([expect.objectContaining({ entry: item, commit, why: expect.stringContaining('shallow') })]);
  });

  test('on an unborn branch there is nothing to land on', async () => {
    const repo = await buildRepo();
    repo.write('machine-docs/DEFERRED.md', deferred);
    expect(sync(repo)).toMatchObject({ closed: [], pending: [], refused: [] });
  });
});
