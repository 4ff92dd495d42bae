import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeRepository } from '../support/make-repository.ts';
import type { Repository } from '../support/make-repository.ts';
import { runDocket } from '../support/run-docket.ts';

const item = (box: string, title: string): string => `### 2026-03-02 — ${title}\n- [${box}] **What:** ${title}, all of it\n- **Filed by:** Builder, phase k9\n`;
const deferred = (open: string, closed = ''): string => `# DEFERRED\n\n## Open deferrals\n\n${open}\n## Closed deferrals\n\n${closed}`;
const journal = '# JOURNAL — k9\n\n## 2026-03-02T09:00Z — Quay wall measured\n\nThe wall is 14 m long.\n\n## 2026-03-03T09:00Z — Crane ordered\n\nTwo cranes.\n';

let repo: Repository;
beforeEach(async () => {
  repo = makeRepository();
  repo.write('src/quay.txt', 'stone\n');
  repo.write('machine-docs/JOURNAL-k9.md', journal);
  repo.write('machine-docs/DEFERRED.md', deferred(item(' ', 'paint the bollards')));
  repo.write('machine-docs/STATUS-k9.md', '# STATUS — k9\n\nAt work.\n');
  repo.commit('status+journal(k9): begin', '2026-03-02T10:00:00Z');
  await runDocket(['-C', repo.dir, 'install', 'hooks']);
});
afterEach(() => repo.remove());

interface Tried {
  status: number;
  stderr: string;
}

/** A real `git` in the repository, as a user runs it. */
function git(args: string[], options: { cwd?: string; env?: Record<string, string> } = {}): Tried {
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_') && name !== 'DOCKET_ROLE'));
  const who = { GIT_AUTHOR_NAME: 'Hand', GIT_AUTHOR_EMAIL: 'hand@example.org', GIT_COMMITTER_NAME: 'Hand', GIT_COMMITTER_EMAIL: 'hand@example.org', GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', GIT_EDITOR: 'true' };
  const { status, stderr, stdout } = spawnSync('git', args, { cwd: options.cwd ?? repo.dir, encoding: 'utf8', env: { ...clean, ...who, ...options.env } });
  return { status: status ?? -1, stderr: stderr + stdout };
}
const commit = (...args: string[]): Tried => git(['commit', '-q', ...args]);
const head = (): string => repo.git('rev-parse', 'HEAD');
const broken = deferred('', item(' ', 'paint the bollards'));

describe('the index is judged, not the working tree', () => {
  test('broken staged and mended on disk is refused', () => {
    repo.write('machine-docs/DEFERRED.md', broken);
    git(['add', '-A']);
    repo.write('machine-docs/DEFERRED.md', deferred(item(' ', 'paint the bollards')));
    const before = head();
    const tried = commit('-m', 'deferred: move');
    expect(tried.status).toBe(1);
    expect(tried.stderr).toContain('deferred-wrong-section');
    expect(tried.stderr).toContain('machine-docs/DEFERRED.md:8');
    expect(head()).toBe(before);
  });
  test('mended staged and broken on disk passes', () => {
    repo.write('machine-docs/DEFERRED.md', deferred(item(' ', 'paint the bollards') + item(' ', 'grease the chains')));
    git(['add', '-A']);
    repo.write('machine-docs/DEFERRED.md', broken);
    expect(commit('-m', 'deferred: one more')).toMatchObject({ status: 0, stderr: '' });
  });
  test('commit -a judges what it takes along', () => {
    repo.write('machine-docs/DEFERRED.md', broken);
    expect(commit('-a', '-m', 'deferred: move').status).toBe(1);
    repo.write('machine-docs/DEFERRED.md', deferred(item(' ', 'paint the bollards') + item(' ', 'grease the chains')));
    expect(commit('-a', '-m', 'deferred: one more').status).toBe(0);
  });
  test('a partial commit is judged by what is in it', () => {
    repo.write('machine-docs/DEFERRED.md', broken);
    git(['add', '-A']);
    repo.write('src/quay.txt', 'granite\n');
    expect(commit('-m', 'feat: granite', '--', 'src/quay.txt').status).toBe(0);
    expect(commit('-m', 'deferred: move', '--', 'machine-docs/DEFERRED.md').status).toBe(1);
  });
  test('a commit of code alone is silent, also beside a broken record', () => {
    repo.write('machine-docs/DEFERRED.md', broken);
    repo.commit('deferred: broken, past the hook', '2026-03-03T10:00:00Z');
    repo.write('src/quay.txt', 'granite\n');
    expect(commit('-a', '-m', 'feat: granite')).toMatchObject({ status: 0, stderr: '' });
  });
  test('what was wrong before stays quiet until a commit touches it', () => {
    repo.write('machine-docs/DEFERRED.md', broken);
    repo.commit('deferred: broken, past the hook', '2026-03-03T10:00:00Z');
    repo.write('machine-docs/DEFERRED.md', `${deferred(item(' ', 'grease the chains'), item(' ', 'paint the bollards'))}`);
    expect(commit('-a', '-m', 'deferred: one more')).toMatchObject({ status: 0, stderr: '' });
    repo.write('machine-docs/DEFERRED.md', readFileSync(join(repo.dir, 'machine-docs/DEFERRED.md'), 'utf8').replace('all of it\n- **Filed by:** Builder, phase k9\n', 'all of it\n- **Filed by:** Builder, phase k9\n- **Seen again:** 2026-03-04\n').replace(/bollards, all of it\n- \*\*Filed/, 'bollards, all of it\n- **Seen again:** 2026-03-04\n- **Filed'));
    expect(commit('-a', '-m', 'deferred: seen again').status).toBe(1);
  });
});

describe('every way to commit', () => {
  const edited = journal.replace('14 m', '41 m');
  test('an old entry edited is refused, a new one below passes', () => {
    repo.write('machine-docs/JOURNAL-k9.md', edited);
    const tried = commit('-a', '-m', 'journal(k9): measured');
    expect(tried.status).toBe(1);
    expect(tried.stderr).toMatch(/append-only.*machine-docs\/JOURNAL-k9\.md:3/s);
    repo.write('machine-docs/JOURNAL-k9.md', `${journal}\n## 2026-03-04T09:00Z — Correction\n\nThe wall is 41 m long.\n`);
    expect(commit('-a', '-m', 'journal(k9): correction').status).toBe(0);
  });
  test('--amend may still change what HEAD brought, and nothing older', () => {
    repo.write('machine-docs/JOURNAL-k9.md', `${journal}\n## 2026-03-04T09:00Z — Rope bought\n\nTen.\n`);
    expect(commit('-a', '-m', 'journal(k9): rope').status).toBe(0);
    repo.write('machine-docs/JOURNAL-k9.md', `${journal}\n## 2026-03-04T09:00Z — Rope bought\n\nTwelve.\n`);
    expect(commit('-a', '-m', 'journal(k9): twelve').status).toBe(1);
    expect(commit('-a', '--amend', '--no-edit').status).toBe(0);
    repo.write('machine-docs/JOURNAL-k9.md', `${edited}\n## 2026-03-04T09:00Z — Rope bought\n\nTwelve.\n`);
    expect(commit('-a', '--amend', '--no-edit').status).toBe(1);
  });
  test('the first commit of all, on an unborn branch', () => {
    const fresh = makeRepository();
    try {
      execFileSync('git', ['-C', fresh.dir, 'config', 'core.hooksPath', join(repo.dir, '.git/hooks')]);
      fresh.write('machine-docs/DEFERRED.md', broken);
      expect(git(['add', '-A'], { cwd: fresh.dir }).status).toBe(0);
      expect(git(['commit', '-q', '-m', 'deferred: first'], { cwd: fresh.dir }).status).toBe(1);
      fresh.write('machine-docs/DEFERRED.md', deferred(item(' ', 'paint the bollards')));
      git(['add', '-A'], { cwd: fresh.dir });
      expect(git(['commit', '-q', '-m', 'deferred: first'], { cwd: fresh.dir }).status).toBe(0);
    } finally {
      fresh.remove();
    }
  });
  test('a linked worktree', () => {
    const other = `${repo.dir}-other`;
    try {
      expect(git(['worktree', 'add', '-q', other, '-b', 'other']).status).toBe(0);
      writeFileSync(join(other, 'machine-docs/DEFERRED.md'), broken);
      const tried = git(['commit', '-q', '-a', '-m', 'deferred: move'], { cwd: other });
      expect(tried.status).toBe(1);
      expect(tried.stderr).toContain('deferred-wrong-section');
      expect(git(['commit', '-q', '-a', '-m', 'x', '--no-verify'], { cwd: other }).status).toBe(0);
    } finally {
      rmSync(other, { recursive: true, force: true });
    }
  });
  test('from a folder below the root', () => {
    repo.write('machine-docs/DEFERRED.md', broken);
    expect(git(['commit', '-q', '-a', '-m', 'deferred: move'], { cwd: join(repo.dir, 'src') }).status).toBe(1);
  });
  test('a cherry-pick, a sparse checkout, an index of one\'s own', () => {
    git(['checkout', '-q', '-b', 'side']);
    repo.write('machine-docs/DEFERRED.md', broken);
    repo.commit('deferred: broken, past the hook', '2026-03-03T10:00:00Z');
    git(['checkout', '-q', 'main']);
    git(['cherry-pick', '--no-commit', 'side']);
    expect(commit('-m', 'deferred: picked').status).toBe(1);
    git(['reset', '-q', '--hard']);
    const own = join(repo.dir, '.git/own-index');
    repo.write('machine-docs/DEFERRED.md', broken);
    for (const args of [['read-tree', 'HEAD'], ['add', 'machine-docs']]) expect(git(args, { env: { GIT_INDEX_FILE: own } }).status).toBe(0);
    expect(git(['commit', '-q', '-m', 'deferred: aside'], { env: { GIT_INDEX_FILE: own } }).status).toBe(1);
    git(['checkout', '-q', '--', '.']);
    git(['sparse-checkout', 'set', '--no-cone', '/machine-docs/DEFERRED.md']);
    expect(existsSync(join(repo.dir, 'machine-docs/JOURNAL-k9.md'))).toBe(false);
    repo.write('machine-docs/DEFERRED.md', deferred(item(' ', 'paint the bollards') + item(' ', 'grease the chains')));
    expect(commit('-a', '-m', 'deferred: one more')).toMatchObject({ status: 0, stderr: '' });
    repo.write('machine-docs/DEFERRED.md', deferred(item(' ', 'grease the chains'), item(' ', 'paint the bollards')));
    expect(commit('-a', '-m', 'deferred: move').status).toBe(1);
  });
  test('names with blanks, quotes and bytes that are not UTF-8', () => {
    for (const name of ['an "odd" name.md', "it's.md", 'caf\u00e9.md']) repo.write(`machine-docs/${name}`, '# notes\n');
    writeFileSync(Buffer.concat([Buffer.from(join(repo.dir, 'machine-docs/b')), Buffer.from([0xff, 0xfe]), Buffer.from('.md')]), '# notes\n');
    git(['add', '-A']);
    expect(commit('-m', 'docs: notes')).toMatchObject({ status: 0, stderr: '' });
    repo.write('machine-docs/an "odd" name.md', '# notes\n<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n');
    const tried = commit('-a', '-m', 'docs: more');
    expect(tried.status).toBe(1);
    expect(tried.stderr).toContain('an "odd" name.md:2');
  });
  test('inside a submodule, and where a submodule has changed', async () => {
    const inner = makeRepository();
    try {
      inner.write('machine-docs/DEFERRED.md', deferred(item(' ', 'paint the bollards')));
      inner.commit('deferred: begin', '2026-03-02T10:00:00Z');
      expect(git(['-c', 'protocol.file.allow=always', 'submodule', '-q', 'add', inner.dir, 'inner']).status).toBe(0);
      expect(commit('-a', '-m', 'chore: a submodule')).toMatchObject({ status: 0 });
      const cwd = join(repo.dir, 'inner');
      await runDocket(['-C', cwd, 'install', 'hooks']);
      writeFileSync(join(cwd, 'machine-docs/DEFERRED.md'), broken);
      expect(git(['commit', '-q', '-a', '-m', 'deferred: move'], { cwd }).status).toBe(1);
      expect(git(['commit', '-q', '-a', '-m', 'deferred: move', '--no-verify'], { cwd }).status).toBe(0);
      repo.write('machine-docs/JOURNAL-k9.md', `${journal}\n## 2026-03-04T09:00Z — Rope bought\n\nTen.\n`);
      expect(commit('-a', '-m', 'journal(k9): rope, and the submodule')).toMatchObject({ status: 0, stderr: '' });
    } finally {
      inner.remove();
    }
  });
  test('a rebase that stops, and goes on', () => {
    repo.write('machine-docs/JOURNAL-k9.md', `${journal}\n## 2026-03-04T09:00Z — Rope bought\n\nTen.\n`);
    repo.commit('journal(k9): rope', '2026-03-04T10:00:00Z');
    repo.write('src/quay.txt', 'granite\n');
    repo.commit('feat: granite', '2026-03-04T11:00:00Z');
    expect(git(['rebase', '-i', 'HEAD~2'], { env: { GIT_SEQUENCE_EDITOR: 'sed -i 1s/pick/edit/' } }).status).toBe(0);
    repo.write('machine-docs/JOURNAL-k9.md', edited);
    expect(commit('-a', '--amend', '--no-edit').status).toBe(1);
    repo.write('machine-docs/JOURNAL-k9.md', `${journal}\n## 2026-03-04T09:00Z — Rope bought\n\nEleven.\n`);
    expect(commit('-a', '--amend', '--no-edit').status).toBe(0);
    expect(git(['rebase', '--continue']).status).toBe(0);
  });
  test('a document taken away with all its entries is refused', () => {
    git(['rm', '-q', 'machine-docs/JOURNAL-k9.md']);
    expect(commit('-m', 'chore: tidy').stderr).toContain('deletion of journal "Quay wall measured"');
  });
  test('a document that moves is none of its business', () => {
    git(['mv', 'machine-docs/JOURNAL-k9.md', 'machine-docs/JOURNAL-k9b.md']);
    expect(commit('-m', 'chore: rename the phase').status).toBe(0);
  });
});

describe('a merge', () => {
  beforeEach(() => {
    git(['checkout', '-q', '-b', 'side']);
    repo.write('machine-docs/JOURNAL-k9.md', `${journal}\n## 2026-03-04T09:00Z — Rope bought\n\nTen.\n`);
    repo.commit('journal(k9): rope', '2026-03-04T10:00:00Z');
    git(['checkout', '-q', 'main']);
    repo.write('machine-docs/JOURNAL-k9.md', `${journal}\n## 2026-03-04T08:00Z — Nails bought\n\nMany.\n`);
    repo.commit('journal(k9): nails', '2026-03-04T11:00:00Z');
    expect(git(['merge', '-q', 'side']).status).not.toBe(0);
  });
  test('marks that are left are refused', () => {
    git(['add', '-A']);
    expect(commit('--no-edit').stderr).toContain('conflict-marker');
  });
  test('an entry of the other side that gets lost is refused', () => {
    git(['checkout', '-q', '--ours', 'machine-docs/JOURNAL-k9.md']);
    git(['add', '-A']);
    const tried = commit('--no-edit');
    expect(tried.status).toBe(1);
    expect(tried.stderr).toContain('deletion of journal "Rope bought"');
  });
  test('both sides kept passes', () => {
    repo.write('machine-docs/JOURNAL-k9.md', `${journal}\n## 2026-03-04T08:00Z — Nails bought\n\nMany.\n\n## 2026-03-04T09:00Z — Rope bought\n\nTen.\n`);
    git(['add', '-A']);
    expect(commit('--no-edit')).toMatchObject({ status: 0, stderr: '' });
  });
});

describe('commit-msg', () => {
  const review = '# REVIEW — k9\n\n## Verdicts\n\n(none yet)\n';
  test('whose commit it is follows from its message', () => {
    repo.write('machine-docs/REVIEW-k9.md', review);
    expect(commit('-a', '-m', 'chore: scaffold').status).toBe(1);
    git(['add', '-A']);
    expect(commit('-m', 'feat(k9): scaffold').status).toBe(0);
    repo.write('machine-docs/REVIEW-k9.md', review.replace('(none yet)', '### M1 — PASS @2026-03-05T09:00Z\n\nSeen.'));
    const tried = commit('-a', '-m', 'feat(k9): judged by myself');
    expect(tried.status).toBe(1);
    expect(tried.stderr).toContain('not-owner');
    expect(commit('-a', '-m', 'review(k9-M1): M1 PASS').status).toBe(0);
  });
  test('hidden trailers are put where git sees them', () => {
    repo.write('src/quay.txt', 'granite\n');
    expect(commit('-a', '-m', 'feat(k9): granite', '-m', 'Closes-Finding: k9/A1', '-m', 'Co-authored-by: Pair <pair@example.org>').status).toBe(0);
    expect(repo.git('log', '-1', '--format=%(trailers:key=Closes-Finding,valueonly)').trim()).toBe('k9/A1');
    expect(repo.git('log', '-1', '--format=%B')).toBe('feat(k9): granite\n\nCloses-Finding: k9/A1\nCo-authored-by: Pair <pair@example.org>');
  });
  test('prose that only looks like a trailer stays as it is', () => {
    const message = 'feat(k9): granite\n\nDecision: we take granite after all, it lasts.\n\nPhase: two of the work begins.\n\nSigned-off-by: Hand <hand@example.org>';
    repo.write('src/quay.txt', 'granite\n');
    expect(commit('-a', '-m', message).status).toBe(0);
    expect(repo.git('log', '-1', '--format=%B')).toBe(message);
  });
  test('a declaration has to touch what it closes', () => {
    repo.write('machine-docs/DEFERRED.md', deferred(`### 2026-03-02 — paint the bollards\n- [ ] **What:** \`src/quay.txt\` is bare\n`));
    repo.write('docs/notes.txt', 'x\n');
    repo.commit('deferred: what it is about', '2026-03-03T10:00:00Z');
    repo.write('docs/notes.txt', 'y\n');
    const refused = commit('-a', '-m', 'docs: notes', '-m', 'Closes-Deferred: 2026-03-02-paint-the-bollards');
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain('misattributed-close');
    repo.write('src/quay.txt', 'painted\n');
    expect(commit('-a', '-m', 'feat: painted', '-m', 'Closes-Deferred: 2026-03-02-paint-the-bollards').status).toBe(0);
  });
});

describe('services', () => {
  const spec = 'version: 1\napps:\n  proxy:\n    runs_in: deploy-proxy.service\n    gate: [{name: page, url: https://quay.example/, expect: {status: [200]}}]\n  page:\n    runs_in: deploy-page.service\n    serves: [https://quay.example/]\norder: {units: ["systemd/*.service"]}\n';
  test('a unit file alone that makes a gate wait for itself is stopped', async () => {
    repo.write('machine-docs/infra.yaml', spec);
    repo.write('systemd/deploy-page.service', '[Unit]\nDescription=page\n');
    git(['add', '-A']);
    expect(commit('-m', 'chore: services').status).toBe(0);
    repo.write('systemd/deploy-page.service', '[Unit]\nDescription=page\nAfter=deploy-proxy.service\n');
    const tried = commit('-a', '-m', 'chore: order');
    expect(tried.status).toBe(1);
    expect(tried.stderr).toContain('gate-cycle');
    repo.write('systemd/deploy-page.service', '[Unit]\nDescription=the page\n');
    expect(commit('-a', '-m', 'chore: words')).toMatchObject({ status: 0, stderr: '' });
  });
  test('so is a Nix module alone, and the specification alone', () => {
    const module = (after: string): string => `{ config, ... }: {\n  systemd.services.deploy-page = {\n    description = "page";\n${after}  };\n}\n`;
    repo.write('machine-docs/infra.yaml', spec.replace('systemd/*.service', 'nix/modules/*.nix'));
    repo.write('nix/modules/page.nix', module(''));
    git(['add', '-A']);
    expect(commit('-m', 'chore: services').status).toBe(0);
    repo.write('nix/modules/page.nix', module('    after = [ "deploy-proxy.service" ];\n'));
    expect(commit('-a', '-m', 'chore: order')).toMatchObject({ status: 1, stderr: expect.stringContaining('gate-cycle') });
    repo.write('nix/modules/page.nix', module(''));
    repo.write('machine-docs/infra.yaml', spec.replace('systemd/*.service', 'nix/modules/*.nix').replace('    serves', '    serves_').replace('serves_: [https://quay.example/]', 'serves: [https://page.example/]'));
    expect(commit('-a', '-m', 'chore: it serves another page').status).toBe(0);
    repo.write('nix/modules/page.nix', module('    after = [ "deploy-proxy.service" ];\n'));
    expect(commit('-a', '-m', 'chore: order').status).toBe(0);
    repo.write('machine-docs/infra.yaml', spec.replace('systemd/*.service', 'nix/modules/*.nix'));
    expect(commit('-a', '-m', 'chore: it serves what the gate asks')).toMatchObject({ status: 1, stderr: expect.stringContaining('gate-cycle') });
  });
  test('a specification that cannot be read is stopped, with its place', () => {
    repo.write('machine-docs/infra.yaml', 'version: 1\napps:\n  proxy: {gat: []}\n');
    git(['add', '-A']);
    expect(commit('-m', 'chore: services').stderr).toContain('machine-docs/infra.yaml:3');
  });
});

test('a broken configuration refuses with its place', () => {
  repo.write('machine-docs/docket.yaml', 'rules: {append-onyl: off}\n');
  git(['add', '-A']);
  const tried = commit('-m', 'chore: configure');
  expect(tried.status).toBe(1);
  expect(tried.stderr).toContain('machine-docs/docket.yaml:1');
});

test('a rule that the configuration turns off is silent, one that it raises is heard', () => {
  repo.write('machine-docs/docket.yaml', 'rules: {deferred-wrong-section: off, dangling-link: error}\n');
  repo.write('machine-docs/DEFERRED.md', broken);
  git(['add', '-A']);
  expect(commit('-m', 'deferred: move').status).toBe(0);
  repo.write('machine-docs/JOURNAL-k9.md', `${journal}\n## 2026-03-04T09:00Z — Rope bought\n\nSee \`machine-docs/JOURNAL-none.md\`.\n`);
  expect(commit('-a', '-m', 'journal(k9): rope').stderr).toContain('dangling-link');
});

test('the repository that is judged runs nothing', () => {
  const canary = join(repo.dir, 'canary');
  const script = `#!/bin/sh\ntouch ${canary}\ncat "$@" 2>/dev/null\n`;
  mkdirSync(join(repo.dir, 'tools'));
  writeFileSync(join(repo.dir, 'tools/run.sh'), script, { mode: 0o755 });
  for (const [key, value] of [['diff.external', './tools/run.sh'], ['core.fsmonitor', './tools/run.sh'], ['diff.md.textconv', './tools/run.sh'], ['core.pager', './tools/run.sh']] as const) repo.git('config', key, value);
  repo.write('.gitattributes', '*.md diff=md\n');
  repo.write('machine-docs/JOURNAL-k9.md', `${journal}\n## 2026-03-04T09:00Z — Rope bought\n\nTen.\n`);
  git(['-c', 'core.fsmonitor=false', 'add', '-A']);
  rmSync(canary, { force: true });
  spawnSync(join(repo.dir, '.git/hooks/pre-commit'), [], { cwd: repo.dir });
  expect(existsSync(canary)).toBe(false);
});

test('where docket is gone the commit passes, and says so', () => {
  const hook = join(repo.dir, '.git/hooks/pre-commit');
  writeFileSync(hook, readFileSync(hook, 'utf8').replaceAll('bin/hook.cjs', 'bin/gone.cjs'));
  repo.write('machine-docs/DEFERRED.md', broken);
  const tried = git(['commit', '-q', '-a', '-m', 'deferred: move'], { env: { PATH: '/usr/bin:/bin' } });
  expect(tried.status).toBe(0);
  expect(tried.stderr).toMatch(/docket: docket was not found, so this commit was not judged, and goes on; .* docket install hooks/);
});

test('where Node is gone the commit passes, and says so', () => {
  const hook = join(repo.dir, '.git/hooks/pre-commit');
  const bare = join(repo.dir, '.git/bare');
  mkdirSync(bare);
  for (const name of ['git', 'sh', 'cat', 'grep']) symlinkSync(execFileSync('which', [name], { encoding: 'utf8' }).trim(), join(bare, name));
  writeFileSync(hook, readFileSync(hook, 'utf8').replaceAll(process.execPath, join(bare, 'node')));
  repo.write('machine-docs/DEFERRED.md', broken);
  const tried = git(['commit', '-q', '-a', '-m', 'deferred: move'], { env: { PATH: bare } });
  expect(tried.status).toBe(0);
  expect(tried.stderr).toMatch(/docket: node was not found on the PATH, so this commit was not judged, and goes on/);
});

test('a link in the place of a document is not followed', () => {
  rmSync(join(repo.dir, 'machine-docs/STATUS-k9.md'));
  symlinkSync('../src/quay.txt', join(repo.dir, 'machine-docs/STATUS-k9.md'));
  git(['add', '-A']);
  expect(commit('-m', 'chore: link').status).toBe(0);
});
