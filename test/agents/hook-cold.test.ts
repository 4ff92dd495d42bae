import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openBuilds } from '../../src/ledger/builds/known-builds.ts';
import { makeRepository } from '../support/make-repository.ts';
import type { Repository } from '../support/make-repository.ts';
import { runDocket } from '../support/run-docket.ts';

// What the hook answers does not depend on who asked before: not on what was read, nor on what was said of another moment.

let repo: Repository;
beforeEach(() => {
  repo = makeRepository();
});
afterEach(() => repo.remove());

function tryCommit(...args: string[]): { status: number; said: string } {
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_') && name !== 'DOCKET_ROLE'));
  const who = { GIT_AUTHOR_NAME: 'Hand', GIT_AUTHOR_EMAIL: 'hand@example.org', GIT_COMMITTER_NAME: 'Hand', GIT_COMMITTER_EMAIL: 'hand@example.org', GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
  const { status, stderr, stdout } = spawnSync('git', ['commit', '-q', ...args], { cwd: repo.dir, encoding: 'utf8', env: { ...clean, ...who } });
  return { status: status ?? -1, said: stderr + stdout };
}
const entry = (day: number, text: string): string => `\n## 2026-04-${String(day).padStart(2, '0')}T09:00Z — Day ${day}\n\n${text}\n`;

test('in a fresh clone only what is staged is parsed, aloud where a rule would need the rest; once all is read, all is judged', async () => {
  repo.write('machine-docs/docket.yaml', 'rules: {dangling-link: error}\n');
  repo.write('machine-docs/JOURNAL-loom.md', `# JOURNAL — loom\n${Array.from({ length: 28 }, (_, index) => entry(index + 1, 'The warp holds. '.repeat(50))).join('')}`);
  repo.write('machine-docs/JOURNAL-weft.md', '# JOURNAL — weft\n');
  repo.commit('journal(loom): begin', '2026-04-29T10:00:00Z');
  await runDocket(['-C', repo.dir, 'install', 'hooks', '--hook', 'pre-commit']);
  rmSync(join(repo.dir, '.git/docket/v1'), { recursive: true, force: true });
  const stage = (day: number, text: string): void => {
    repo.write('machine-docs/JOURNAL-weft.md', `# JOURNAL — weft\n${entry(day, text)}`);
    repo.git('add', '-A');
  };
  stage(1, 'See `machine-docs/JOURNAL-none.md`.');
  const cold = tryCommit('-m', 'journal(weft): one');
  expect(cold).toMatchObject({ status: 0, said: expect.stringMatching(/only what is staged was judged.*dangling-link\.\n.*docket check --staged/u) });
  repo.git('reset', '-q', '--soft', 'HEAD~1');
  // What needs no other document is an error in the same clone.
  stage(1, '<<<<<<< ours\nx\n=======\ny\n>>>>>>> theirs');
  expect(tryCommit('-m', 'journal(weft): one')).toMatchObject({ status: 1, said: expect.stringMatching(/conflict-marker[^]*only what is staged was judged/u) });
  stage(1, 'See `machine-docs/JOURNAL-none.md`.');
  // The command that it names judges all, and from then on the hook does.
  expect(await runDocket(['-C', repo.dir, 'check', '--staged'])).toMatchObject({ exit: 1, stdout: expect.stringContaining('dangling-link') });
  const warm = tryCommit('-m', 'journal(weft): one');
  expect(warm).toMatchObject({ status: 1, said: expect.stringContaining('dangling-link') });
  expect(warm.said).not.toContain('only what is staged');
});

test('a build that fails since the index was judged is heard by the next commit of the same index', async () => {
  const ci = { forge: 'forgejo' as const, url: 'https://forge.example/mill/loom', required: 'all' as const, seals: [] };
  repo.write('machine-docs/docket.yaml', `ci: {forge: ${ci.forge}, url: '${ci.url}'}\nrules: {claim-ci-failing: error}\n`);
  repo.write('src/loom.txt', 'oak\n');
  const code = repo.commit('feat: loom', '2026-04-29T10:00:00Z');
  await runDocket(['-C', repo.dir, 'install', 'hooks', '--hook', 'pre-commit']);
  repo.write('machine-docs/STATUS-loom.md', `# STATUS — loom\n\n## Gate: M1 — CLAIMED, awaiting Adversary\n\n### WHAT is claimed\n\nThe warp holds at ${code}.\n`);
  repo.git('add', '-A');
  const hook = (): { status: number; said: string } => {
    const { status, stderr } = spawnSync(join(repo.dir, '.git/hooks/pre-commit'), [], { cwd: repo.dir, encoding: 'utf8' });
    return { status: status ?? -1, said: stderr };
  };
  expect(hook()).toEqual({ status: 0, said: '' });
  const tell = (outcome: 'passed' | 'failed', state: string): void =>
    openBuilds({ commonDir: join(repo.dir, '.git') }, ci).keep({ commit: code, asked: '2026-04-29T11:00:00Z', statuses: [{ context: 'ci/test', state, outcome, description: null, url: null, at: null, source: 'status' }] });
  tell('failed', 'failure');
  expect(hook()).toMatchObject({ status: 1, said: expect.stringMatching(/claim-ci-failing[^]*ci\/test/u) });
  tell('passed', 'success');
  expect(hook()).toEqual({ status: 0, said: '' });
});
