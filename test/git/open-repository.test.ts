import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Failure } from '../../src/contract/failure.ts';
import { locatePlainly } from '../../src/git/locate-plainly.ts';
import { openRepository } from '../../src/git/open-repository.ts';
import { runGit } from '../../src/git/run-git.ts';
import { buildRepo, openRepo, temporaryFolder, testEnvironment, type TestRepo } from './build-repo.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

async function repoWithCommit(): Promise<TestRepo & { head: string }> {
  const repo = await buildRepo();
  repo.write('machine-docs/JOURNAL-a.md', '# a\n');
  return { ...repo, head: repo.commit('first') };
}

async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Failure)) throw new Error(`no failure but ${String(error)}`);
  return error;
}

describe('openRepository', () => {
  it('tells all of an ordinary repository, from its top, a folder below and through a link', async () => {
    const repo = await repoWithCommit();
    const link = join(temporaryFolder(), 'link');
    symlinkSync(join(repo.dir, 'machine-docs'), link);
    for (const dir of [repo.dir, join(repo.dir, 'machine-docs'), link]) {
      expect(await openRepository(dir)).toEqual({
        root: repo.dir,
        gitDir: join(repo.dir, '.git'),
        commonDir: join(repo.dir, '.git'),
        objectFormat: 'sha1',
        head: repo.head,
        branch: 'main',
        shallow: false,
        bare: false,
        directory: join(repo.dir, '.git'),
        environment: { GIT_DIR: join(repo.dir, '.git') },
      });
    }
  });

  it('an unborn branch, also beside a file called HEAD', async () => {
    const repo = await buildRepo();
    repo.write('HEAD', 'not a commit\n');
    expect(await openRepository(repo.dir)).toMatchObject({ head: null, branch: 'main', root: repo.dir });
  });

  it('a detached HEAD, also beside branches and tags of that name', async () => {
    const repo = await repoWithCommit();
    repo.commit('second');
    repo.git('update-ref', 'refs/heads/HEAD', repo.head);
    repo.git('update-ref', 'refs/tags/HEAD', repo.head);
    const second = repo.git('rev-parse', 'main');
    repo.git('checkout', '-q', '--detach', 'main');
    expect(await openRepository(repo.dir)).toMatchObject({ head: second, branch: null });
  });

  it('a HEAD that is a symbolic link, as old gits wrote it', async () => {
    const repo = await repoWithCommit();
    rmSync(join(repo.dir, '.git/HEAD'));
    symlinkSync('refs/heads/main', join(repo.dir, '.git/HEAD'));
    expect(await openRepository(repo.dir)).toMatchObject({ head: repo.head, branch: 'main' });
  });

  it('a bare repository, and the inside of a git folder', async () => {
    const repo = await repoWithCommit();
    const bare = join(temporaryFolder(), 'bare.git');
    repo.git('clone', '-q', '--bare', repo.dir, bare);
    expect(await openRepository(bare)).toMatchObject({ root: bare, gitDir: bare, bare: true, head: repo.head, branch: 'main' });
    expect(await openRepository(join(repo.dir, '.git'))).toMatchObject({ root: join(repo.dir, '.git'), bare: true });
  });

  it('a second working tree', async () => {
    const repo = await repoWithCommit();
    const tree = join(temporaryFolder(), 'tree');
    repo.git('worktree', 'add', '-q', '-b', 'other', tree);
    mkdirSync(join(tree, 'deep'));
    expect(await openRepository(join(tree, 'deep'))).toMatchObject({
      root: tree,
      gitDir: join(repo.dir, '.git/worktrees/tree'),
      commonDir: join(repo.dir, '.git'),
      branch: 'other',
      bare: false,
    });
  });

  it('a submodule', async () => {
    const inner = await repoWithCommit();
    const outer = await repoWithCommit();
    outer.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.dir, 'sub');
    expect(await openRepository(join(outer.dir, 'sub'))).toMatchObject({ root: join(outer.dir, 'sub'), gitDir: join(outer.dir, '.git/modules/sub'), head: inner.head, bare: false });
    const opened = await openRepository(join(outer.dir, 'sub'));
    expect((await runGit(opened, ['--bare', 'log', '--format=%s'])).toString()).toBe('first\n');
  });

  it('a shallow clone', async () => {
    const repo = await repoWithCommit();
    const second = repo.commit('second');
    const clone = join(temporaryFolder(), 'clone');
    repo.git('clone', '-q', '--depth=1', `file://${repo.dir}`, clone);
    expect(await openRepository(clone)).toMatchObject({ shallow: true, head: second });
  });

  it('sha256', async () => {
    const repo = await buildRepo({ objectFormat: 'sha256' });
    const head = repo.commit('first');
    expect(head).toHaveLength(64);
    expect(await openRepository(repo.dir)).toMatchObject({ objectFormat: 'sha256', head });
  });

  it('a path with a line break and a quote in it', async () => {
    const dir = join(temporaryFolder(), 'new\nline\'s "place"');
    const repo = await buildRepo({ dir });
    const head = repo.commit('first');
    expect(await openRepository(dir)).toMatchObject({ root: dir, gitDir: join(dir, '.git'), head });
  });

  it('a working tree elsewhere by core.worktree', async () => {
    const repo = await repoWithCommit();
    const tree = temporaryFolder();
    repo.git('config', 'core.worktree', tree);
    expect(await openRepository(join(repo.dir, '.git'))).toMatchObject({ root: tree, bare: false });
  });

  it('starts no process of git for what is laid out as usual, one for what is not', async () => {
    const repo = await repoWithCommit();
    const tree = join(temporaryFolder(), 'tree');
    repo.git('worktree', 'add', '-q', '-b', 'other', tree);
    const log = join(temporaryFolder(), 'calls');
    const bin = temporaryFolder();
    const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
    writeFileSync(join(bin, 'git'), `#!/bin/sh\necho "$@" >> ${log}\nexec ${real} "$@"\n`);
    chmodSync(join(bin, 'git'), 0o755);
    vi.stubEnv('PATH', `${bin}:${process.env['PATH']}`);
    await openRepository(repo.dir);
    expect(existsSync(log)).toBe(false);
    await openRepository(tree);
    expect(execFileSync('wc', ['-l', log], { encoding: 'utf8' }).trim()).toMatch(/^1 /);
  });

  it('says without git what git says, or leaves it to git', async () => {
    const repo = await repoWithCommit();
    repo.git('update-ref', 'refs/heads/feature/a.b', repo.commit('second'));
    const file = (name: string): string => join(repo.dir, '.git', name);
    const config = readFileSync(file('config'), 'utf8');
    const plain: (() => void)[] = [
      () => undefined,
      () => repo.git('pack-refs', '--all'),
      () => repo.git('symbolic-ref', 'HEAD', 'refs/heads/feature/a.b'),
      () => repo.git('update-ref', '--no-deref', 'HEAD', repo.head),
      () => repo.git('config', 'remote.origin.url', 'https://example.org/x.git'),
    ];
    const other: (() => void)[] = [
      () => writeFileSync(file('config'), `${config}[include]\n\tpath = /dev/null\n`),
      () => writeFileSync(file('config'), `${config}[core]\n\tbare = true\n`),
      () => writeFileSync(file('config'), `${config}[core]\n\tworktree = ${temporaryFolder()}\n`),
      () => writeFileSync(file('config'), `${config}[core] bare\n`),
      () => writeFileSync(file('config'), config.replace('bare = false', 'bare = "false"')),
      () => writeFileSync(file('config'), config.replace('repositoryformatversion = 0', 'repositoryformatversion = 1')),
      () => repo.git('config', 'core.repositoryFormatVersion', '1'),
      () => repo.git('config', 'extensions.worktreeConfig', 'true'),
      () => repo.git('symbolic-ref', 'HEAD', 'refs/heads/none'),
      () => writeFileSync(file('shallow'), `${repo.head}\n`),
    ];
    const asked = (): Promise<unknown> => openRepository(repo.dir, { ...process.env, GIT_CONFIG_COUNT: '0' });
    for (const [changes, isPlain] of [[plain, true], [other, false]] as const) {
      for (const change of changes) {
        change();
        expect([change.toString(), locatePlainly(repo.dir, process.env) !== null]).toEqual([change.toString(), isPlain]);
        expect(await openRepository(repo.dir)).toEqual(await asked());
        if (!isPlain) {
          writeFileSync(file('config'), config);
          rmSync(file('shallow'), { force: true });
          repo.git('symbolic-ref', 'HEAD', 'refs/heads/main');
        }
      }
    }
    writeFileSync(file('config'), `${config}<<<<<<< ours\n`);
    expect((await failureOf(openRepository(repo.dir))).message).toContain('config');
  });
});

describe('variables of the caller', () => {
  const inFolder = (dir: string): void => {
    vi.spyOn(process, 'cwd').mockReturnValue(dir);
  };

  it('GIT_DIR and GIT_WORK_TREE hold in the current folder', async () => {
    const repo = await repoWithCommit();
    const elsewhere = temporaryFolder();
    inFolder(elsewhere);
    expect(await openRepository(elsewhere, { GIT_DIR: join(repo.dir, '.git'), GIT_WORK_TREE: elsewhere })).toMatchObject({ root: elsewhere, gitDir: join(repo.dir, '.git'), head: repo.head });
    expect(await openRepository(elsewhere, { GIT_DIR: join(repo.dir, '.git') })).toMatchObject({ root: elsewhere });
  });

  it('GIT_DIR is passed over for another folder', async () => {
    const repo = await repoWithCommit();
    const other = await repoWithCommit();
    inFolder(repo.dir);
    expect(await openRepository(other.dir, { GIT_DIR: '.git', GIT_INDEX_FILE: '.git/index' })).toMatchObject({ gitDir: join(other.dir, '.git'), environment: { GIT_DIR: join(other.dir, '.git') } });
  });

  it('a relative GIT_DIR that leads nowhere from here is passed over', async () => {
    const repo = await repoWithCommit();
    inFolder(join(repo.dir, 'machine-docs'));
    expect(await openRepository(join(repo.dir, 'machine-docs'), { GIT_DIR: '.git' })).toMatchObject({ root: repo.dir });
  });

  it.each([
    ['relative, as git sets it for a hook', '.git/next-index-1.lock', '.git/next-index-1.lock'],
    ['of the caller\'s own', '/somewhere/index', '/somewhere/index'],
    ['of another repository', '/other/.git/index.lock', null],
  ])('GIT_INDEX_FILE %s', async (_name, value, expected) => {
    const repo = await repoWithCommit();
    inFolder(repo.dir);
    const { environment } = await openRepository(repo.dir, { GIT_INDEX_FILE: value });
    expect(environment['GIT_INDEX_FILE']).toBe(expected === null ? undefined : expected.startsWith('/') ? expected : join(repo.dir, expected));
  });

  it('GIT_INDEX_FILE of a second working tree, by its whole path', async () => {
    const repo = await repoWithCommit();
    const tree = join(temporaryFolder(), 'tree');
    repo.git('worktree', 'add', '-q', tree);
    const index = join(repo.dir, '.git/worktrees/tree/index.lock');
    inFolder(temporaryFolder());
    expect((await openRepository(tree, { GIT_INDEX_FILE: index })).environment['GIT_INDEX_FILE']).toBe(index);
  });

  it('GIT_OBJECT_DIRECTORY holds for its own repository only, so that a hook sees what is being pushed', async () => {
    const repo = await repoWithCommit();
    const other = await repoWithCommit();
    const incoming = join(repo.dir, '.git/objects/tmp_objdir-incoming-1');
    const caller = { GIT_OBJECT_DIRECTORY: incoming, GIT_ALTERNATE_OBJECT_DIRECTORIES: join(repo.dir, '.git/objects') };
    inFolder(repo.dir);
    expect((await openRepository(repo.dir, caller)).environment).toMatchObject(caller);
    expect((await openRepository(other.dir, caller)).environment).toEqual({ GIT_DIR: join(other.dir, '.git') });
  });
});

describe('failures say what to do', () => {
  it.each(['no/such/folder', 'a-file'])('%s', async (name) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'a-file'), '');
    const failure = await failureOf(openRepository(join(folder, name)));
    expect(failure.kind).toBe('usage');
    expect(failure.message).toContain(name);
    expect(failure.next).toBe('give the folder of a git repository');
  });

  it('outside of a repository', async () => {
    const failure = await failureOf(openRepository(temporaryFolder()));
    expect([failure.kind, failure.next, failure.exitCode]).toEqual(['usage', 'cd into a git repository, or run git init', 2]);
  });

  it('git is missing', async () => {
    const repo = await buildRepo();
    vi.stubEnv('PATH', temporaryFolder());
    const failure = await failureOf(openRepository(repo.dir));
    expect([failure.kind, failure.message]).toEqual(['usage', 'git was not found']);
  });

  it.skipIf(process.getuid?.() !== 0)('a repository of another user', async () => {
    const repo = await repoWithCommit();
    chownSync(repo.dir, 12_345, 12_345);
    chownSync(join(repo.dir, '.git'), 12_345, 12_345);
    const failure = await failureOf(openRepository(repo.dir));
    expect([failure.kind, failure.next]).toEqual(['usage', `git config --global --add safe.directory ${repo.dir}`]);
  });

  it('a broken configuration', async () => {
    const repo = await repoWithCommit();
    writeFileSync(join(repo.dir, '.git/config'), '[core\n');
    expect((await failureOf(openRepository(repo.dir))).kind).toBe('config');
  });

  it('a branch that names no commit', async () => {
    const repo = await repoWithCommit();
    writeFileSync(join(repo.dir, '.git/refs/heads/main'), 'garbage\n');
    const failure = await failureOf(openRepository(repo.dir));
    expect([failure.kind, failure.next]).toEqual(['unreadable', 'git fsck']);
  });

  it('what git says cannot reach the terminal as it is', async () => {
    const failure = await failureOf(runGit({ directory: temporaryFolder(), environment: {} }, ['log', '\u001b[2Jx\u202e']));
    expect(failure.message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});

it('a caller\'s configuration by variables is passed on, traces and pagers are not', async () => {
  const repo = openRepo((await repoWithCommit()).dir);
  vi.stubEnv('GIT_CONFIG_COUNT', '1');
  vi.stubEnv('GIT_CONFIG_KEY_0', 'user.name');
  vi.stubEnv('GIT_CONFIG_VALUE_0', 'By Variable');
  const trace = join(temporaryFolder(), 'trace');
  vi.stubEnv('GIT_TRACE', trace);
  vi.stubEnv('GIT_TRACE2_EVENT', trace);
  const opened = await openRepository(repo.dir, testEnvironment());
  expect((await runGit(opened, ['config', 'user.name'])).toString()).toBe('By Variable\n');
  expect(() => execFileSync('cat', [trace], { stdio: 'pipe' })).toThrow();
});
