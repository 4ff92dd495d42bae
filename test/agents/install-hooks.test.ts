import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeRepository } from '../support/make-repository.ts';
import type { Repository } from '../support/make-repository.ts';
import { askDocket, binary, runDocket } from '../support/run-docket.ts';
import { bad, good } from './deferred-texts.ts';


let repo: Repository;
beforeEach(() => {
  repo = makeRepository();
  repo.write('machine-docs/DEFERRED.md', good);
  repo.commit('deferred: begin', '2026-03-02T10:00:00Z');
  // What is committed calls docket by its name.
  mkdirSync(join(repo.dir, '.git/bin'));
  writeFileSync(join(repo.dir, '.git/bin/docket'), `#!/bin/sh\nexec "${process.execPath}" "${binary}" "$@"\n`, { mode: 0o755 });
});
afterEach(() => repo.remove());

const hooks = (): string => join(repo.dir, '.git/hooks');
const install = (...args: string[]): ReturnType<typeof runDocket> => runDocket(['-C', repo.dir, 'install', 'hooks', ...args]);

function git(args: string[], path = ''): { status: number; said: string } {
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));
  const env = { ...clean, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', GIT_AUTHOR_NAME: 'H', GIT_AUTHOR_EMAIL: 'h@e.org', GIT_COMMITTER_NAME: 'H', GIT_COMMITTER_EMAIL: 'h@e.org', GIT_TERMINAL_PROMPT: '0', PATH: [join(repo.dir, '.git/bin'), path, process.env['PATH'] ?? ''].filter((each) => each !== '').join(delimiter) };
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: repo.dir, encoding: 'utf8', env });
  return { status: status ?? -1, said: stdout + stderr };
}

/** Does a commit of the bad document fail by docket, and one of the good document pass? */
function guards(path = ''): void {
  repo.write('machine-docs/DEFERRED.md', bad);
  git(['add', '-A']);
  const refused = git(['commit', '-q', '-m', 'deferred: move'], path);
  expect(refused.said).toContain('deferred-wrong-section');
  expect(refused.status).not.toBe(0);
  repo.write('machine-docs/DEFERRED.md', `${good}\nMore to come.\n`);
  git(['add', '-A']);
  expect(git(['commit', '-q', '-m', 'deferred: words'], path)).toMatchObject({ status: 0 });
}

/** All files of some folders with mode and content, to compare before and after. */
function picture(...folders: string[]): Record<string, string> {
  const files: Record<string, string> = {};
  for (const folder of folders) {
    for (const name of existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : []) {
      const path = join(folder, name);
      const found = lstatSync(path);
      if (found.isSymbolicLink()) files[path] = `-> ${readlinkSync(path)}`;
      else if (found.isFile()) files[path] = `${(found.mode & 0o777).toString(8)} ${readFileSync(path, 'base64')}`;
    }
  }
  return files;
}

describe('plain hooks of git', () => {
  test('installs, again without a change, and leaves nothing behind', async () => {
    const before = picture(hooks());
    expect(await install()).toMatchObject({ exit: 0 });
    const installed = picture(hooks());
    expect(Object.keys(installed)).toHaveLength(Object.keys(before).length + 2);
    guards();
    expect((await install()).exit).toBe(0);
    expect(picture(hooks())).toEqual(installed);
    expect(await install('--uninstall')).toMatchObject({ exit: 0 });
    expect(picture(hooks())).toEqual(before);
    expect(existsSync(join(repo.dir, '.git/docket/hook-paths'))).toBe(false);
  });

  test('asks before it touches what is there, and says how', async () => {
    writeFileSync(join(hooks(), 'pre-commit'), '#!/bin/sh\necho mine\n', { mode: 0o755 });
    const before = picture(hooks());
    const refused = await install();
    expect(refused).toMatchObject({ exit: 2 });
    expect(refused.stderr).toContain('docket install hooks --yes');
    expect((await install('--dry-run')).stdout).toContain('+# >>> docket >>>');
    expect(picture(hooks())).toEqual(before);
  });

  test.each([
    ['sh', '#!/bin/sh\nset -eu\necho "mine ran" >&2\nexit "${MINE:-0}"\n'],
    ['bash, by env, no final line end', '#!/usr/bin/env bash\nset -o pipefail\necho "mine ran" >&2'],
    ['another language', `#!${process.execPath}\nconsole.error('mine ran');\n`],
  ])('chains a hook in %s, and gives it back byte by byte', async (_, script) => {
    writeFileSync(join(hooks(), 'pre-commit'), script, { mode: 0o755 });
    const before = picture(hooks());
    const { data } = await askDocket(['install', 'hooks', '--yes'], repo.dir);
    expect(data['chained']).toEqual(['.git/hooks/pre-commit']);
    guards();
    repo.write('notes.txt', 'x\n');
    git(['add', '-A']);
    expect(git(['commit', '-q', '-m', 'chore: notes']).said).toContain('mine ran');
    expect((await install('--uninstall')).exit).toBe(0);
    expect(picture(hooks())).toEqual(before);
  });

  test('the chained hook still refuses', async () => {
    writeFileSync(join(hooks(), 'pre-commit'), '#!/bin/sh\necho no >&2\nexit 3\n', { mode: 0o755 });
    await install('--yes');
    repo.write('notes.txt', 'x\n');
    git(['add', '-A']);
    expect(git(['commit', '-q', '-m', 'chore: notes'])).toMatchObject({ status: 1, said: expect.stringContaining('no') });
  });

  test('a hook that git does not run is not run by docket, and a link stays a link', async () => {
    writeFileSync(join(repo.dir, 'off.sh'), '#!/bin/sh\necho "never" >&2\nexit 1\n');
    symlinkSync('../../off.sh', join(hooks(), 'pre-commit'));
    writeFileSync(join(hooks(), 'commit-msg'), '#!/bin/sh\nexit 1\n');
    chmodSync(join(hooks(), 'commit-msg'), 0o644);
    const before = picture(hooks());
    expect((await install('--yes')).exit).toBe(0);
    guards();
    await install('--uninstall');
    expect(picture(hooks())).toEqual(before);
  });

  test('what a person adds to an installed hook is kept when docket goes', async () => {
    await install();
    const file = join(hooks(), 'pre-commit');
    writeFileSync(file, `${readFileSync(file, 'utf8')}echo "added later" >&2\n`);
    await install('--uninstall');
    expect(readFileSync(file, 'utf8')).toBe('#!/bin/sh\necho "added later" >&2\n');
  });

  test('core.hooksPath of the clone; a shared one of the machine is refused', async () => {
    mkdirSync(join(repo.dir, 'tools/githooks'), { recursive: true });
    execFileSync('git', ['-C', repo.dir, 'config', 'core.hooksPath', 'tools/githooks']);
    expect((await install()).exit).toBe(0);
    const script = readFileSync(join(repo.dir, 'tools/githooks/pre-commit'), 'utf8');
    expect(script).not.toContain(dirname(binary));
    guards();
    execFileSync('git', ['-C', repo.dir, 'config', '--unset', 'core.hooksPath']);
    const home = join(repo.dir, '.git/global');
    writeFileSync(home, '[core]\n\thooksPath = /somewhere/shared\n');
    const { GIT_CONFIG_GLOBAL: kept } = process.env;
    process.env['GIT_CONFIG_GLOBAL'] = home;
    try {
      expect(await install()).toMatchObject({ exit: 2, stderr: expect.stringContaining('core.hooksPath') });
    } finally {
      process.env['GIT_CONFIG_GLOBAL'] = kept;
    }
  });

  test('pre-push judges what is pushed, and hands the list on', async () => {
    const remote = makeRepository();
    try {
      execFileSync('git', ['-C', remote.dir, 'config', 'receive.denyCurrentBranch', 'ignore']);
      git(['remote', 'add', 'origin', remote.dir]);
      git(['push', '-q', 'origin', 'HEAD:main']);
      git(['fetch', '-q', 'origin']);
      writeFileSync(join(hooks(), 'pre-push'), '#!/bin/sh\nread -r ref rest\necho "pushes $ref" >&2\n', { mode: 0o755 });
      await install('--yes', '--hook', 'pre-push');
      repo.write('machine-docs/DEFERRED.md', bad);
      git(['commit', '-q', '-a', '-m', 'deferred: move', '--no-verify']);
      expect(git(['push', '-q', 'origin', 'HEAD:main']).said).toContain('deferred-wrong-section');
      git(['reset', '-q', '--hard', 'HEAD~1']);
      repo.write('notes.txt', 'x\n');
      repo.commit('chore: notes', '2026-03-04T10:00:00Z');
      expect(git(['push', '-q', 'origin', 'HEAD:main'])).toMatchObject({ status: 0, said: expect.stringContaining('pushes HEAD') });
    } finally {
      remote.remove();
    }
  });

  test('post-merge closes what has landed', async () => {
    await install('--hook', 'post-merge');
    git(['checkout', '-q', '-b', 'side']);
    repo.write('src/wall.txt', 'painted\n');
    git(['add', '-A']);
    git(['commit', '-q', '-m', 'feat: painted\n\nCloses-Deferred: 2026-03-02-paint']);
    git(['checkout', '-q', 'main']);
    expect(git(['merge', '-q', 'side']).said).toContain('closed deferred:2026-03-02-paint');
    expect(readFileSync(join(repo.dir, 'machine-docs/DEFERRED.md'), 'utf8')).toContain('- [x] **What:** paint it\n- **Closed:**');
  });
});

/** A program that looks after hooks: husky and lefthook come with the development dependencies; the framework may be missing, and the test then says that it did not run. */
function find(program: string, ...places: string[]): string | null {
  const paths = [...places, ...(process.env['PATH'] ?? '').split(delimiter)].map((folder) => join(folder, program));
  return paths.find((path) => existsSync(path)) ?? null;
}
const modules = fileURLToPath(new URL('../../node_modules/.bin', import.meta.url));
const elsewhere = process.env['DOCKET_HOOK_MANAGERS'] ?? modules;
const managers = { husky: find('husky', modules, elsewhere), lefthook: find('lefthook', modules, elsewhere), framework: find('pre-commit') };

describe('hook managers', () => {
  test('husky', async () => {
    repo.write('package.json', '{"name": "quay", "private": true}\n');
    execFileSync(managers.husky ?? '', [], { cwd: repo.dir });
    repo.write('.husky/pre-commit', 'echo "mine ran"\n');
    const before = picture(join(repo.dir, '.husky'));
    expect((await install()).exit).toBe(2);
    expect(await askDocket(['install', 'hooks', '--yes'], repo.dir)).toMatchObject({ ok: true, data: { manager: 'husky', chained: ['.husky/pre-commit'] } });
    guards();
    expect(git(['commit', '-q', '--allow-empty', '-m', 'chore: nothing']).said).toContain('mine ran');
    expect((await install('--uninstall')).exit).toBe(0);
    expect(picture(join(repo.dir, '.husky'))).toEqual(before);
  });

  test('lefthook', async () => {
    const folder = dirname(managers.lefthook ?? '');
    const config = '# Our hooks.\npre-commit:\n  parallel: true\n  commands:\n    # first of all\n    mine:\n      run: echo "mine ran"   # keep\n';
    repo.write('lefthook.yml', config);
    execFileSync(managers.lefthook ?? '', ['install'], { cwd: repo.dir, stdio: 'ignore' });
    expect(await askDocket(['install', 'hooks', '--yes'], repo.dir)).toMatchObject({ ok: true, data: { manager: 'lefthook', written: ['lefthook.yml'] } });
    execFileSync(managers.lefthook ?? '', ['install'], { cwd: repo.dir, stdio: 'ignore' });
    guards(folder);
    repo.write('notes.txt', 'x\n');
    git(['add', '-A']);
    expect(git(['commit', '-q', '-m', 'chore: notes'], folder).said).toContain('mine ran');
    expect((await install('--uninstall')).exit).toBe(0);
    expect(readFileSync(join(repo.dir, 'lefthook.yml'), 'utf8')).toBe(config);
  });

  test.skipIf(managers.framework === null)('the pre-commit framework, by its configuration', async () => {
    const config = 'repos:\n  - repo: local\n    hooks:\n      - {id: mine, name: mine, entry: echo mine ran, language: system, always_run: true, verbose: true}\n';
    repo.write('.pre-commit-config.yaml', config);
    git(['add', '-A']);
    execFileSync('pre-commit', ['install'], { cwd: repo.dir, stdio: 'ignore' });
    expect(await askDocket(['install', 'hooks', '--yes'], repo.dir)).toMatchObject({ ok: true, data: { manager: 'pre-commit', written: ['.pre-commit-config.yaml'] } });
    git(['add', '-A']);
    execFileSync('pre-commit', ['install', '--hook-type', 'pre-commit', '--hook-type', 'commit-msg'], { cwd: repo.dir, stdio: 'ignore' });
    guards();
    repo.write('.pre-commit-config.yaml', `${readFileSync(join(repo.dir, '.pre-commit-config.yaml'), 'utf8')}`);
    expect((await install('--uninstall')).exit).toBe(0);
    expect(readFileSync(join(repo.dir, '.pre-commit-config.yaml'), 'utf8')).toBe(config);
  });

  test.skipIf(managers.framework === null)('the pre-commit framework, from a repository with .pre-commit-hooks.yaml', () => {
    const source = makeRepository();
    try {
      source.write('.pre-commit-hooks.yaml', readFileSync(fileURLToPath(new URL('../../.pre-commit-hooks.yaml', import.meta.url))));
      const rev = source.commit('chore: hooks', '2026-03-02T10:00:00Z');
      repo.write('.pre-commit-config.yaml', `repos:\n  - repo: file://${source.dir}\n    rev: ${rev}\n    hooks: [{id: docket}, {id: docket-commit-msg}]\n`);
      git(['add', '-A']);
      execFileSync('pre-commit', ['install', '--hook-type', 'pre-commit', '--hook-type', 'commit-msg'], { cwd: repo.dir, stdio: 'ignore' });
      guards();
    } finally {
      source.remove();
    }
  });
});
