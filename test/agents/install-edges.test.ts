import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, readlinkSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { installHooks } from '../../src/agents/install/install-hooks.ts';
import type { HookName, ManagerName } from '../../src/agents/install/names.ts';
import { makeRepository } from '../support/make-repository.ts';
import type { Repository } from '../support/make-repository.ts';
import { binary, runDocket } from '../support/run-docket.ts';
import { bad, good } from './deferred-texts.ts';

// Whatever stands there, it still runs behind docket, and is there again byte by byte, with its mode, when docket goes.

const isLong = process.env['DOCKET_LONG'] === '1';
/** The kinds with which real commits are made in every run. */
const committed: ReadonlySet<string> = new Set(['without a line end at its end', 'in Python', 'under set -eu']);
let repo: Repository;
beforeEach(() => {
  repo = makeRepository();
  repo.write('machine-docs/DEFERRED.md', good);
  repo.commit('deferred: begin', '2026-03-02T10:00:00Z');
});
afterEach(() => repo.remove());

const both: readonly HookName[] = ['pre-commit', 'commit-msg'];
function install(dir: string, how: { uninstall?: boolean; manager?: ManagerName; hooks?: readonly HookName[] } = {}): ReturnType<typeof installHooks> {
  return installHooks(dir, { program: [process.execPath, binary, 'hook'], hooks: how.hooks ?? both, manager: how.manager ?? null, uninstall: how.uninstall ?? false, dryRun: false, yes: true });
}
function git(cwd: string, args: string[], input = ''): { status: number; said: string } {
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_') && name !== 'DOCKET_ROLE'));
  const env = { ...clean, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', GIT_AUTHOR_NAME: 'H', GIT_AUTHOR_EMAIL: 'h@e.org', GIT_COMMITTER_NAME: 'H', GIT_COMMITTER_EMAIL: 'h@e.org' };
  const { status, stdout, stderr } = spawnSync('git', args, { cwd, encoding: 'utf8', env, input });
  return { status: status ?? -1, said: stdout + stderr };
}
/** All of a folder: what each name is, with mode and bytes. */
function picture(folder: string): Record<string, string> {
  return Object.fromEntries((existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : []).toSorted().map((name) => {
    const found = lstatSync(join(folder, name));
    const content = found.isSymbolicLink() ? `-> ${readlinkSync(join(folder, name))}` : found.isFile() ? JSON.stringify(readFileSync(join(folder, name), 'latin1')).slice(-300) : 'folder';
    return [name, `${(found.mode & 0o777).toString(8)} ${content}`];
  }));
}
/** A commit of the bad document is refused by docket, and one of the good document says what the hook of before says. */
function guards(cwd: string, words: string | null): void {
  writeFileSync(join(cwd, 'machine-docs/DEFERRED.md'), bad);
  const refused = git(cwd, ['commit', '-q', '-a', '-m', 'deferred: move']);
  expect(refused).toMatchObject({ status: 1, said: expect.stringContaining('deferred-wrong-section') });
  writeFileSync(join(cwd, 'machine-docs/DEFERRED.md'), `${good}\nMore.\n`);
  const passed = git(cwd, ['commit', '-q', '-a', '-m', 'deferred: words']);
  expect(passed.status, passed.said).toBe(0);
  if (words !== null) expect(passed.said).toContain(words);
}

test('the whole git folder is as it was after the commands came and went', async () => {
  const inGit = (): Record<string, string> => Object.fromEntries(Object.entries(picture(join(repo.dir, '.git'))).filter(([name]) => !/^docket(?:\/|$)/u.test(name)));
  const before = inGit();
  for (const what of ['hooks', 'merge-driver']) expect(await runDocket(['install', what], repo.dir)).toMatchObject({ exit: 0 });
  expect(inGit()).not.toEqual(before);
  for (const what of ['merge-driver', 'hooks']) expect(await runDocket(['install', what, '--uninstall'], repo.dir)).toMatchObject({ exit: 0 });
  expect(inGit()).toEqual(before);
});

describe('a hook of any kind', () => {
  test.each<[string, string | Buffer, number]>([
    ['without a line end at its end', '#!/bin/sh\necho before >&2', 0o755],
    ['of one line, without a line end', '#!/bin/true', 0o755],
    ['without a first line of its own', 'echo before >&2\n', 0o755],
    ['that nobody may write', '#!/bin/sh\necho before >&2\n', 0o555],
    ['for its owner alone', '#!/bin/bash\necho before >&2\n', 0o700],
    ['in Python', "#!/usr/bin/env python3\nimport sys\nprint('before', file=sys.stderr)\n", 0o755],
    ['in Perl, with CRLF behind its first line', '#!/usr/bin/perl\nprint STDERR "before\\n";\r\n', 0o755],
    ['with CRLF in its comments alone', '#!/bin/sh\n# words\r\necho before >&2\n', 0o755],
    ['with bytes that are not UTF-8', Buffer.concat([Buffer.from('#!/bin/sh\n# caf'), Buffer.from([0xe9]), Buffer.from('\necho before >&2\n')]), 0o750],
    ['with a here-document at its end', '#!/bin/sh\ncat >&2 <<END\nbefore\nEND\n', 0o755],
    ['that ends by exec', '#!/bin/sh\nexec sh -c "echo before >&2"\n', 0o755],
    ['under set -eu', '#!/bin/sh -eu\necho before >&2\n', 0o755],
  ])('%s', async (kind, text, mode) => {
    const hooks = join(repo.dir, '.git/hooks');
    writeFileSync(join(hooks, 'pre-commit'), text);
    chmodSync(join(hooks, 'pre-commit'), mode);
    const before = picture(hooks);
    await install(repo.dir);
    const installed = picture(hooks);
    await install(repo.dir);
    expect(picture(hooks)).toEqual(installed);
    if (isLong || committed.has(kind)) guards(repo.dir, kind.startsWith('of one line') ? null : 'before');
    await install(repo.dir, { uninstall: true });
    expect(picture(hooks)).toEqual(before);
    await install(repo.dir, { uninstall: true });
    expect(picture(hooks)).toEqual(before);
  });
});

describe('the folder of the hooks', () => {
  test('is a link to a folder elsewhere', async () => {
    renameSync(join(repo.dir, '.git/hooks'), join(repo.dir, '.git/real hooks'));
    symlinkSync('real hooks', join(repo.dir, '.git/hooks'));
    writeFileSync(join(repo.dir, '.git/hooks/pre-commit'), '#!/bin/sh\necho before >&2\n', { mode: 0o755 });
    const before = picture(join(repo.dir, '.git/real hooks'));
    await install(repo.dir);
    expect(readlinkSync(join(repo.dir, '.git/hooks'))).toBe('real hooks');
    guards(repo.dir, 'before');
    await install(repo.dir, { uninstall: true });
    expect(picture(join(repo.dir, '.git/real hooks'))).toEqual(before);
    expect(readlinkSync(join(repo.dir, '.git/hooks'))).toBe('real hooks');
  });

  test('is not there at all, and goes again', async () => {
    renameSync(join(repo.dir, '.git/hooks'), join(repo.dir, '.git/away'));
    await install(repo.dir);
    guards(repo.dir, null);
    await install(repo.dir, { uninstall: true });
    expect(picture(join(repo.dir, '.git/hooks'))).toEqual({});
  });

  test.each(['relative', 'absolute'])('is a core.hooksPath, %s, of a clone with a second worktree', async (kind) => {
    const folder = join(repo.dir, 'tools/git hooks');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'pre-commit'), '#!/bin/sh\necho before >&2\n', { mode: 0o755 });
    repo.commit('chore: hooks', '2026-03-03T10:00:00Z');
    repo.git('config', 'core.hooksPath', kind === 'relative' ? 'tools/git hooks' : folder);
    const before = picture(folder);
    const beside = join(repo.dir, '.git/beside');
    repo.git('worktree', 'add', '-q', beside, '-b', 'beside');
    // Committed hooks call docket by its name.
    const bin = join(repo.dir, '.git/bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'docket'), `#!/bin/sh\nexec "${process.execPath}" "${binary}" "$@"\n`, { mode: 0o755 });
    const path = process.env['PATH'];
    process.env['PATH'] = `${bin}:${path ?? ''}`;
    try {
      expect((await install(repo.dir)).written.map((each) => relative('tools/git hooks', each))).toEqual([...both]);
      guards(repo.dir, 'before');
      if (kind === 'relative') await install(beside);
      guards(beside, 'before');
      if (kind === 'relative') await install(beside, { uninstall: true });
      await install(repo.dir, { uninstall: true });
    } finally {
      process.env['PATH'] = path;
    }
    expect([picture(folder), picture(join(beside, 'tools/git hooks'))]).toEqual([before, before]);
  });
});

describe('the file of a manager', () => {
  const lefthook = ['', 'pre-commit:\n  commands:\n    lint:\n      run: echo before\n', 'commit-msg:\n  jobs:\n    - run: echo before\n', '# words\npre-push:\n  commands:\n    lint:\n      run: "true"\n'];
  const framework = ['repos:\n- repo: local\n  hooks: []\n', 'fail_fast: true\nrepos:\n  - repo: local\n    hooks:\n      - id: x\n        name: x\n        entry: "true"\n        language: system\n'];
  const forms = (texts: readonly string[]): string[] => texts.flatMap((text) => [text, text.replaceAll('\n', '\r\n'), text.replace(/\n$/u, ''), text.replaceAll('\n', '\r\n').replace(/\r\n$/u, '')]);
  test.each<[ManagerName, string, string[]]>([['lefthook', 'lefthook.yml', forms(lefthook)], ['pre-commit', '.pre-commit-config.yaml', forms(framework)]])('of %s: CRLF or not, with a last line end or without', async (manager, file, texts) => {
    for (const text of new Set(texts)) {
      repo.write(file, text);
      await install(repo.dir, { manager });
      const installed = readFileSync(join(repo.dir, file), 'utf8');
      expect(installed).toContain('docket hook pre-commit');
      if (text.includes('\r\n')) expect(installed.replaceAll('\r\n', ''), JSON.stringify(text)).not.toContain('\n');
      await install(repo.dir, { manager });
      expect(readFileSync(join(repo.dir, file), 'utf8')).toBe(installed);
      await install(repo.dir, { manager, uninstall: true });
      expect(readFileSync(join(repo.dir, file), 'utf8')).toBe(text);
    }
  });
});

test('commit -p judges the pieces that were chosen, not the file', async () => {
  await install(repo.dir);
  const journal = (first: string, last: string): string => `# JOURNAL — k9\n\n## 2026-03-02T09:00Z — One\n\n${first}\n\nA.\n\nB.\n\nC.\n\nD.\n\nE.\n\nF.\n\n## 2026-03-03T09:00Z — Two\n\nTwo.\n${last}`;
  repo.write('machine-docs/JOURNAL-k9.md', journal('Fourteen metres.', ''));
  repo.commit('journal(k9): begin', '2026-03-03T10:00:00Z');
  // The first piece edits an old entry, the second adds one.
  repo.write('machine-docs/JOURNAL-k9.md', journal('Forty-one metres.', '\n## 2026-03-04T09:00Z — Three\n\nThree.\n'));
  expect(git(repo.dir, ['commit', '-q', '-p', '-m', 'journal(k9): more'], 'y\nn\n')).toMatchObject({ status: 1, said: expect.stringContaining('append-only') });
  repo.git('reset', '-q');
  expect(git(repo.dir, ['commit', '-q', '-p', '-m', 'journal(k9): more'], 'n\ny\n')).toMatchObject({ status: 0 });
  expect(repo.git('show', '--stat', '--format=', 'HEAD')).toMatch(/JOURNAL-k9\.md \| 4 \+\+\+\+/u);
  expect(git(repo.dir, ['commit', '-q', '-a', '-m', 'journal(k9): rest'])).toMatchObject({ status: 1, said: expect.stringContaining('append-only') });
});
