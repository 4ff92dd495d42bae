import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { buildRepo, temporaryFolder, type TestRepo } from '../../git/build-repo.ts';

const docket = join(import.meta.dirname, '../../../dist/bin/docket.js');
const path = 'machine-docs/DEFERRED.md';

interface Answer {
  closed: { entry: string; commit: string; route: string }[];
  reopened: { entry: string; commit: string }[];
  refused: { entry: string; commit: string; why: string }[];
  pending: { entry: string; commit: string; why: string }[];
}

function sync(repo: TestRepo, args: string[] = [], env: NodeJS.ProcessEnv = process.env): Answer {
  return JSON.parse(execFileSync('node', [docket, '-C', repo.dir, 'sync', '--json', ...args], { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'pipe'] })).data;
}

const entryOf = (title: string): string => `deferred:2026-04-01-${title}`;
const itemOf = (title: string, what: string): string => `### 2026-04-01 — ${title}\n- [ ] **What:** ${what}\n- **Filed by:** Builder, phase q7\n- **Reason for deferral:** later\n\n`;
const close = (...titles: string[]): string => titles.map((title) => `Closes-Deferred: 2026-04-01-${title}\n`).join('');
const lines = (count: number, from = 1): string => Array.from({ length: count }, (_, index) => `line ${from + index}\n`).join('');

/** A repository whose items name one file each, `lib/TITLE.txt`, unless told otherwise. */
async function start(items: Record<string, string>): Promise<TestRepo> {
  const repo = await buildRepo();
  const text = Object.entries(items).map(([title, what]) => itemOf(title, what)).join('');
  repo.write(path, `# DEFERRED\n\n## Open deferrals\n\n${text}## Closed deferrals\n\n(none yet)\n`);
  for (const title of Object.keys(items)) repo.write(`lib/${title}.txt`, lines(20));
  repo.write('lib/plain.txt', lines(20));
  repo.commit('chore: start');
  return repo;
}

function change(repo: TestRepo, file: string, message: string): string {
  repo.write(file, `${lines(9)}changed for ${message.split('\n')[0]}\n${lines(10, 11)}`);
  return repo.commit(message);
}

describe('undone by more than its own revert', () => {
  test('the revert of the merge that brought it reopens, and the revert of that closes again', async () => {
    const repo = await start({ alpha: '`lib/alpha.txt` is wrong' });
    repo.git('checkout', '-q', '-b', 'topic');
    const fix = change(repo, 'lib/alpha.txt', `fix: alpha\n\n${close('alpha')}`);
    change(repo, 'lib/plain.txt', 'feat: plain');
    repo.git('checkout', '-q', 'main');
    repo.git('merge', '-q', '--no-ff', '-m', "Merge branch 'topic'", 'topic');
    expect(sync(repo).closed).toEqual([expect.objectContaining({ commit: fix, route: 'ancestor' })]);
    repo.commit('deferred: closed');
    repo.git('revert', '--no-edit', '-m', '1', 'HEAD~1');
    const revert = repo.git('rev-parse', 'HEAD');
    expect(sync(repo).reopened).toEqual([expect.objectContaining({ entry: entryOf('alpha'), commit: revert })]);
    repo.commit('deferred: reopened');
    repo.git('revert', '--no-edit', revert);
    expect(sync(repo).closed).toEqual([expect.objectContaining({ entry: entryOf('alpha'), commit: fix })]);
  });

  test('a revert of a merge says nothing of what its mainline had before', async () => {
    const repo = await start({ alpha: '`lib/alpha.txt` is wrong' });
    repo.git('checkout', '-q', '-b', 'topic');
    change(repo, 'lib/plain.txt', 'feat: plain');
    repo.git('checkout', '-q', 'main');
    const fix = change(repo, 'lib/alpha.txt', `fix: alpha\n\n${close('alpha')}`);
    repo.git('merge', '-q', '--no-ff', '-m', "Merge branch 'topic'", 'topic');
    repo.git('revert', '--no-edit', '-m', '1', 'HEAD');
    expect(sync(repo)).toMatchObject({ closed: [{ commit: fix, route: 'ancestor' }], reopened: [] });
  });

  test('a squash of two fixes, cited by their shas; its revert, which a merge brings, reopens both', async () => {
    const repo = await start({ alpha: '`lib/alpha.txt`', beta: '`lib/beta.txt`' });
    repo.git('checkout', '-q', '-b', 'topic');
    const fixes = ['alpha', 'beta'].map((title) => change(repo, `lib/${title}.txt`, `fix: the ${title}\n\n${close(title)}`));
    repo.git('checkout', '-q', 'main');
    change(repo, 'lib/plain.txt', 'feat: plain');
    repo.git('merge', '-q', '--squash', 'topic');
    const squash = repo.commit(`Everything at once (#4)\n\nWas ${fixes.map((fix) => fix.slice(0, 9)).join(' and ')}.\n`);
    expect(sync(repo).closed.map(({ entry, commit, route }) => [entry, commit, route])).toEqual(['alpha', 'beta'].map((title) => [entryOf(title), squash, 'squash']));
    repo.commit('deferred: closed');
    repo.git('checkout', '-q', '-b', 'undo');
    repo.git('revert', '--no-edit', squash);
    const revert = repo.git('rev-parse', 'HEAD');
    repo.git('checkout', '-q', 'main');
    expect(sync(repo).reopened).toEqual([]);
    repo.git('merge', '-q', '--no-ff', '-m', "Merge branch 'undo'", 'undo');
    expect(sync(repo).reopened.map(({ entry, commit }) => [entry, commit])).toEqual(['alpha', 'beta'].map((title) => [entryOf(title), revert]));
  });

  test('in a repository of sha256 too', async () => {
    const repo = await buildRepo({ objectFormat: 'sha256' });
    repo.write(path, `# DEFERRED\n\n## Open deferrals\n\n${itemOf('alpha', '`lib/alpha.txt`')}`);
    repo.write('lib/alpha.txt', lines(20));
    repo.commit('chore: start');
    const fix = change(repo, 'lib/alpha.txt', `fix: alpha\n\n${close('alpha')}`);
    repo.git('revert', '--no-edit', fix);
    expect(sync(repo)).toMatchObject({ closed: [], pending: [{ commit: fix, why: expect.stringContaining('undone by') }] });
  });
});

describe('where it landed', () => {
  test('picked to two branches without its trailer: the one that lands counts, whichever remote has the other', async () => {
    const repo = await start({ alpha: '`lib/alpha.txt`' });
    repo.git('checkout', '-q', '-b', 'topic');
    const fix = change(repo, 'lib/alpha.txt', `fix: alpha\n\n${close('alpha')}`);
    repo.git('update-ref', 'refs/remotes/fork/topic', fix);
    repo.git('update-ref', 'refs/remotes/origin/release', fix);
    repo.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
    repo.git('update-ref', 'refs/remotes/origin/main', 'main');
    repo.git('checkout', '-q', 'main');
    repo.git('branch', '-q', '-D', 'topic');
    expect(sync(repo)).toMatchObject({ closed: [], pending: [{ commit: fix, why: 'declared on fork/topic, origin/release, which are not merged' }] });
    change(repo, 'lib/plain.txt', 'feat: plain');
    repo.git('cherry-pick', '--no-commit', fix);
    const picked = repo.commit('alpha, picked');
    expect(sync(repo).closed).toEqual([]);
    repo.git('update-ref', 'refs/remotes/origin/main', 'main');
    // Force-pushed: the branch that declared it is another one now, and only the fork still has the declaration.
    repo.git('update-ref', 'refs/remotes/origin/release', 'main~1');
    expect(sync(repo).closed).toEqual([expect.objectContaining({ commit: picked, route: 'patch-id' })]);
  });

  test('in the third parent of an octopus', async () => {
    const repo = await start({ alpha: '`lib/alpha.txt`' });
    for (const side of ['one', 'two']) {
      repo.git('checkout', '-q', '-b', side, 'main');
      change(repo, `lib/${side}.txt`, `feat: ${side}`);
    }
    repo.git('checkout', '-q', '-b', 'three', 'main');
    const fix = change(repo, 'lib/alpha.txt', `fix: alpha\n\n${close('alpha')}`);
    repo.git('checkout', '-q', 'main');
    change(repo, 'lib/plain.txt', 'feat: plain');
    repo.git('merge', '-q', '--no-edit', 'one', 'two', 'three');
    expect(repo.git('log', '-1', '--format=%P').split(' ')).toHaveLength(4);
    expect(sync(repo).closed).toEqual([expect.objectContaining({ commit: fix, route: 'ancestor' })]);
  });
});

describe('what it touches', () => {
  test('a folder that is named, a file that was renamed twice since, a guide; a neighbour of the same beginning is none of them', async () => {
    const repo = await start({ folder: 'all of `lib/part/` is slow', renamed: '`lib/renamed.txt` is wrong', guide: '`docs/guide.md` says so', near: '`lib/near` is empty' });
    repo.write('lib/part/deep/one.txt', lines(20));
    repo.write('docs/guide.md', '# Guide\n');
    repo.commit('feat: parts');
    repo.git('mv', 'lib/renamed.txt', 'lib/second.txt');
    repo.commit('refactor: once');
    repo.git('mv', 'lib/second.txt', 'third.txt');
    repo.git('mv', 'lib/part', 'lib/moved');
    repo.commit('refactor: twice');
    change(repo, 'lib/moved/deep/one.txt', `fix: folder\n\n${close('folder')}`);
    change(repo, 'third.txt', `fix: renamed\n\n${close('renamed')}`);
    repo.write('docs/guide.md', '# Guide\n\nIt does.\n');
    repo.commit(`docs: guide\n\n${close('guide')}`);
    const near = change(repo, 'lib/nearby.txt', `fix: near\n\n${close('near')}`);
    const { closed, refused } = sync(repo);
    expect(closed.map(({ entry }) => entry).toSorted()).toEqual([entryOf('folder'), entryOf('guide'), entryOf('renamed')]);
    expect(refused).toEqual([expect.objectContaining({ entry: entryOf('near'), commit: near })]);
  });
});

describe('how it stands in the file', () => {
  test('CRLF, a BOM and a title in other letters; no other byte changes', async () => {
    const repo = await buildRepo();
    const before = `\uFEFF# DEFERRED\n\n## Open deferrals\n\n${itemOf('Größe der Ä', '`lib/a.txt` läuft über')}## Closed deferrals\n\n(none yet)\n`.replaceAll('\n', '\r\n');
    repo.write(path, before);
    repo.write('lib/a.txt', lines(20));
    repo.commit('chore: start');
    const fix = change(repo, 'lib/a.txt', `fix: a\n\nCloses-Deferred: ${'größe-der-ä'.normalize('NFD')}\n`);
    expect(sync(repo).closed).toEqual([expect.objectContaining({ entry: entryOf('größe-der-ä'), commit: fix })]);
    const line = `- **Closed:** 2026-01-01 by ${fix.slice(0, 12)} ("fix: a") · landed by ancestor\r\n`;
    expect(readFileSync(join(repo.dir, path), 'utf8')).toBe(before.replace('- [ ]', '- [x]').replace('later\r\n', `later\r\n${line}`));
  });

  test('sections: move takes it to the closed ones, and back when it is undone', async () => {
    const repo = await start({ alpha: '`lib/alpha.txt`', beta: '`lib/beta.txt`' });
    repo.write('machine-docs/docket.yaml', 'deferred:\n  sections: move\n');
    repo.commit('chore: move');
    const fix = change(repo, 'lib/alpha.txt', `fix: alpha\n\n${close('alpha')}`);
    sync(repo);
    const moved = readFileSync(join(repo.dir, path), 'utf8');
    expect(moved.indexOf('— alpha')).toBeGreaterThan(moved.indexOf('## Closed deferrals'));
    expect(moved.indexOf('— beta')).toBeLessThan(moved.indexOf('## Closed deferrals'));
    repo.commit('deferred: closed');
    repo.git('revert', '--no-edit', fix);
    expect(sync(repo).reopened).toHaveLength(1);
    const back = readFileSync(join(repo.dir, path), 'utf8');
    expect(back.indexOf('— alpha')).toBeLessThan(back.indexOf('## Closed deferrals'));
    expect(back).toContain('- **Reopened:**');
  });
});

test('git is asked no more often for twelve declarations than for two', async () => {
  const counts: number[] = [];
  for (const count of [2, 12]) {
    const titles = Array.from({ length: count }, (_, index) => `item-${index}-x`);
    const repo = await start(Object.fromEntries(titles.map((title) => [title, `\`lib/${title}.txt\``])));
    for (const [index, title] of titles.entries()) {
      // A third each: picked, waiting on a branch, not touching what it names.
      repo.git('checkout', '-q', '-b', `topic-${index}`, 'main');
      const fix = change(repo, index % 3 === 2 ? 'lib/plain.txt' : `lib/${title}.txt`, `fix: ${title}\n\n${close(title)}`);
      repo.git('checkout', '-q', 'main');
      if (index % 3 !== 0) continue;
      repo.git('cherry-pick', '--no-commit', fix);
      repo.commit(`picked ${index}`);
    }
    counts.push(countGit(repo));
  }
  const [few = 0, many = 0] = counts;
  expect(few).toBeGreaterThan(5);
  expect(many).toBeLessThanOrEqual(few + 4);
});

/** How many processes of git one sync starts. */
function countGit(repo: TestRepo): number {
  const folder = temporaryFolder();
  const log = join(folder, 'log');
  const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  writeFileSync(join(folder, 'git'), `#!/bin/sh\necho run >> '${log}'\nexec '${real}' "$@"\n`);
  chmodSync(join(folder, 'git'), 0o755);
  sync(repo, ['--dry-run'], { ...process.env, PATH: `${folder}:${process.env['PATH'] ?? ''}` });
  return readFileSync(log, 'utf8').split('\n').length - 1;
}
