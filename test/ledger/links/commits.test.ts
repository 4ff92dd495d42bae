import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openDocket } from '../../../src/index.ts';
import { buildRepo, openRepo, temporaryFolder, testEnvironment, type TestRepo } from '../../git/build-repo.ts';
import { journal, journalPath, readLinks } from './linked.ts';

const story = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', ''].join('\n');

/** main with a file; `work` with a fix of it that is no part of main; back on main. */
async function start(): Promise<{ repo: TestRepo; fix: string }> {
  const repo = await buildRepo();
  repo.write('src/a.txt', story);
  repo.commit('feat: the story');
  repo.git('checkout', '-q', '-b', 'work');
  repo.write('src/a.txt', story.replace('three', 'THREE'));
  const fix = repo.commit('fix: say three aloud');
  repo.git('checkout', '-q', 'main');
  return { repo, fix };
}

/** main moves on, without touching what the fix touches. */
function moveOn(repo: TestRepo): void {
  repo.write('src/b.txt', 'elsewhere\n');
  repo.commit('feat: elsewhere');
}

function cite(repo: TestRepo, ...shas: string[]): void {
  repo.write(journalPath, journal(...shas.map((sha) => `Fixed in commit \`${sha}\`.`)));
}

const head = (repo: TestRepo): string => repo.git('rev-parse', 'HEAD');

describe('a commit that was replaced', () => {
  test('by a rebase: the same patch', async () => {
    const { repo, fix } = await start();
    moveOn(repo);
    repo.git('checkout', '-q', 'work');
    repo.git('rebase', '-q', 'main');
    repo.git('checkout', '-q', 'main');
    repo.git('merge', '-q', '--ff-only', 'work');
    cite(repo, fix.slice(0, 10));
    expect(await readLinks(repo)).toEqual({ [fix.slice(0, 10)]: { target: head(repo), status: 'rewritten', via: 'patch-id' } });
  });

  test('by a cherry-pick: the same patch, though the branch is still there', async () => {
    const { repo, fix } = await start();
    moveOn(repo);
    repo.git('cherry-pick', 'work');
    cite(repo, fix);
    expect((await readLinks(repo))[fix]).toEqual({ target: head(repo), status: 'rewritten', via: 'patch-id' });
  });

  test('by a squash of its branch, which ends in the same tree', async () => {
    const { repo } = await start();
    repo.git('checkout', '-q', 'work');
    repo.write('src/a.txt', story.replace('three', 'THREE').replace('nine', 'NINE'));
    const last = repo.commit('fix: nine as well');
    repo.git('checkout', '-q', 'main');
    repo.git('merge', '-q', '--squash', 'work');
    repo.commit('A forge wrote this (#7)');
    cite(repo, last);
    expect((await readLinks(repo))[last]).toEqual({ target: head(repo), status: 'rewritten', via: 'tree' });
  });

  test('by a squash that lists it, without being its last', async () => {
    const { repo, fix } = await start();
    repo.git('checkout', '-q', 'work');
    repo.write('src/a.txt', story.replace('three', 'THREE').replace('nine', 'NINE'));
    repo.commit('fix: nine as well');
    repo.git('checkout', '-q', 'main');
    moveOn(repo);
    repo.git('merge', '-q', '--squash', 'work');
    repo.git('commit', '-q', '--no-edit');
    cite(repo, fix);
    expect((await readLinks(repo))[fix]).toEqual({ target: head(repo), status: 'rewritten', via: 'message' });
  });

  test('by a rebase with a conflict: another patch, the same subject, author and author time', async () => {
    const { repo, fix } = await start();
    repo.write('src/a.txt', story.replace('three', 'THREE!'));
    repo.commit('fix: shout three');
    repo.git('checkout', '-q', 'work');
    expect(() => repo.git('rebase', '-q', 'main')).toThrow();
    repo.write('src/a.txt', story.replace('three', 'THREE!!'));
    repo.git('add', '-A');
    repo.git('-c', 'core.editor=true', 'rebase', '--continue');
    repo.git('checkout', '-q', 'main');
    repo.git('merge', '-q', '--ff-only', 'work');
    cite(repo, fix);
    expect((await readLinks(repo))[fix]).toEqual({ target: head(repo), status: 'rewritten', via: 'message' });
  });

  test('by an amend that changed it, and by one that reworded it', async () => {
    const { repo, fix } = await start();
    repo.git('merge', '-q', '--ff-only', 'work');
    repo.write('src/a.txt', story.replace('three', 'Three'));
    repo.git('add', '-A');
    repo.git('commit', '-q', '--amend', '--no-edit');
    const amended = head(repo);
    repo.git('commit', '-q', '--amend', '-m', 'fix: other words');
    repo.git('branch', '-q', '-D', 'work');
    cite(repo, fix, amended);
    expect(await readLinks(repo)).toEqual({ [fix]: { target: null, status: 'dangling' }, [amended]: { target: head(repo), status: 'rewritten', via: 'patch-id' } });
  });

  test('with the record beside it: another journal makes no other fix', async () => {
    const repo = await buildRepo();
    repo.write('src/a.txt', story);
    repo.write(journalPath, journal('one'));
    repo.commit('feat: the story');
    repo.git('checkout', '-q', '-b', 'work');
    repo.write('src/a.txt', story.replace('three', 'THREE'));
    repo.write(journalPath, journal('one', 'two'));
    const fix = repo.commit('fix: say three aloud');
    repo.git('checkout', '-q', 'main');
    repo.write('src/a.txt', story.replace('three', 'THREE'));
    repo.write(journalPath, journal('zero', 'one'));
    const landed = repo.commit('fix: the same, told otherwise');
    cite(repo, fix);
    expect((await readLinks(repo))[fix]).toEqual({ target: landed, status: 'rewritten', via: 'patch-id' });
  });

  test('the ancestor of a commit has not replaced it, though it is the same patch', async () => {
    const { repo, fix } = await start();
    repo.git('merge', '-q', '--ff-only', 'work');
    repo.git('checkout', '-q', 'work');
    repo.git('revert', '--no-edit', 'HEAD');
    repo.git('cherry-pick', fix);
    const again = head(repo);
    repo.git('checkout', '-q', '-b', 'older', 'main~1');
    repo.write('src/a.txt', story.replace('ten', 'TEN'));
    const older = repo.commit('fix: ten');
    repo.git('checkout', '-q', 'main');
    cite(repo, again, older);
    expect(await readLinks(repo)).toEqual({ [again]: { target: again, status: 'unlanded' }, [older]: { target: older, status: 'unlanded' } });
  });
});

describe('a commit that is only somewhere', () => {
  test('on a branch, on a tag, in a merge of three, on none of them', async () => {
    const { repo, fix } = await start();
    const side = (name: string): string => {
      repo.git('checkout', '-q', '-b', name, 'main');
      repo.write(`src/${name}.txt`, `${name}\n`);
      const made = repo.commit(`feat: ${name}`);
      repo.git('checkout', '-q', 'main');
      return made;
    };
    const [tagged, lost, left, right] = [side('tagged'), side('lost'), side('left'), side('right')];
    repo.git('tag', '-a', '-m', 'a tag', 'v1', tagged);
    repo.git('branch', '-q', '-D', 'tagged', 'lost');
    moveOn(repo);
    repo.git('merge', '-q', '--no-edit', 'left', 'right');
    cite(repo, fix, tagged, lost, left, right, '0123456789abcdef0123456789abcdef01234567');
    expect(await readLinks(repo)).toEqual({
      [fix]: { target: fix, status: 'unlanded' },
      [tagged]: { target: tagged, status: 'unlanded' },
      [lost]: { target: null, status: 'dangling' },
      [left]: { target: left, status: 'resolved' },
      [right]: { target: right, status: 'resolved' },
      '0123456789abcdef0123456789abcdef01234567': { target: null, status: 'dangling' },
    });
  });

  test('the landing ref decides, wherever one stands; as of a revision only what had landed then', async () => {
    const { repo, fix } = await start();
    const before = head(repo);
    repo.git('merge', '-q', '--no-ff', '--no-edit', 'work');
    repo.write(journalPath, journal(`Fixed in commit ${fix.slice(0, 8)}.`));
    repo.write('machine-docs/docket.yaml', 'landing: main\n');
    const cited = repo.commit('journal(k2): the fix');
    repo.git('checkout', '-q', '--detach', before);
    repo.git('checkout', '-q', cited, '--', 'machine-docs');
    const key = fix.slice(0, 8);
    expect((await readLinks(repo))[key]?.status).toBe('resolved');
    repo.git('commit', '-q', '-m', 'journal(k2): told before it landed');
    expect((await readLinks(repo, { at: 'HEAD' }))[key]?.status).toBe('resolved');
    repo.git('branch', '-q', '-f', 'main', head(repo));
    expect((await readLinks(repo, { at: 'main' }))[key]).toEqual({ target: fix, status: 'unlanded' });
    expect((await readLinks(repo, { at: cited }))[key]?.status).toBe('unlanded');
    repo.git('branch', '-q', '-f', 'main', cited);
    expect((await readLinks(repo, { at: cited }))[key]?.status).toBe('resolved');
  });

  test('an unknown landing ref is said, and hides nothing else', async () => {
    const { repo, fix } = await start();
    cite(repo, fix);
    repo.write('machine-docs/docket.yaml', 'landing: nowhere\n');
    const { ledger } = await openDocket(repo.dir);
    expect(ledger.entries[0]?.refs[0]).toMatchObject({ status: 'unlanded', target: fix });
    expect(ledger.diagnostics).toMatchObject([{ rule: 'no-landing-ref', place: { path: 'machine-docs/docket.yaml', line: 1 } }]);
  });
});

test('what is remembered stays right while history goes on, back and elsewhere', async () => {
  const { repo, fix } = await start();
  cite(repo, fix);
  const status = async (): Promise<string | undefined> => (await readLinks(repo))[fix]?.status;
  expect(await status()).toBe('unlanded');
  const before = repo.commit('journal(k2): cited');
  expect(await status()).toBe('unlanded');
  repo.git('cherry-pick', fix);
  expect(await status()).toBe('rewritten');
  moveOn(repo);
  expect(await status()).toBe('rewritten');
  repo.git('reset', '-q', '--hard', before);
  expect(await status()).toBe('unlanded');
  repo.git('merge', '-q', '--no-ff', '--no-edit', 'work');
  expect(await status()).toBe('resolved');
  repo.git('reset', '-q', '--hard', before);
  repo.git('branch', '-q', '-D', 'work');
  expect(await status()).toBe('dangling');
  repo.git('branch', '-q', 'found', fix);
  expect(await status()).toBe('unlanded');
  repo.git('checkout', '-q', 'found');
  repo.write(journalPath, journal(`Fixed in commit \`${fix}\`.`));
  expect(await status()).toBe('resolved');
});

describe('in another clone', () => {
  const clone = (repo: TestRepo, ...args: string[]): TestRepo => {
    const dir = join(temporaryFolder(), 'clone');
    execFileSync('git', ['clone', '-q', '--no-local', ...args, `file://${repo.dir}`, dir], { env: testEnvironment() });
    return openRepo(dir);
  };

  test('a commit that was picked with -x is found by what the pick says, without its object', async () => {
    const { repo, fix } = await start();
    moveOn(repo);
    repo.git('cherry-pick', '-x', 'work');
    const picked = head(repo);
    repo.git('branch', '-q', '-D', 'work');
    cite(repo, fix.slice(0, 9));
    repo.commit('journal(k2): cited');
    expect(await readLinks(clone(repo))).toEqual({ [fix.slice(0, 9)]: { target: picked, status: 'rewritten', via: 'message' } });
  });

  test('a shallow one says what it cannot know', async () => {
    const { repo, fix } = await start();
    repo.git('merge', '-q', '--ff-only', 'work');
    cite(repo, fix);
    repo.commit('journal(k2): cited');
    const shallow = clone(repo, '--depth', '1');
    expect(await readLinks(shallow)).toEqual({ [fix]: { target: null, status: 'dangling' } });
    expect((await openDocket(shallow.dir)).ledger.diagnostics).toMatchObject([{ rule: 'shallow-clone', level: 'info', next: 'git fetch --unshallow' }]);
    shallow.git('fetch', '-q', '--unshallow');
    expect(await readLinks(shallow)).toEqual({ [fix]: { target: fix, status: 'resolved' } });
  });

  test('one without blobs finds what it can and asks nobody', async () => {
    const { repo, fix } = await start();
    moveOn(repo);
    repo.git('config', 'uploadpack.allowFilter', 'true');
    repo.git('checkout', '-q', '-b', 'pick');
    repo.git('cherry-pick', 'work');
    repo.git('checkout', '-q', 'main');
    repo.git('merge', '-q', 'pick');
    cite(repo, fix);
    repo.commit('journal(k2): cited');
    const partial = clone(repo, '--filter=blob:none');
    expect((await readLinks(partial))[fix]?.status).toMatch(/^(?:unlanded|rewritten)$/);
  });
});
