import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeRepository } from '../support/make-repository.ts';
import type { Repository } from '../support/make-repository.ts';
import { runDocket } from '../support/run-docket.ts';

// Real pushes to a bare repository: what the remote was not seen to have is judged, whatever git can tell of the remote's own end.

const deferred = (open: string, closed: string): string => `# DEFERRED\n\n## Open deferrals\n\n${open}\n## Closed deferrals\n\n${closed}`;
const item = '### 2026-03-02 — tar the hull\n- [ ] **What:** tar the hull\n';
const good = deferred(item, '');
const bad = deferred('', item);

let repo: Repository;
let away: string;
beforeEach(async () => {
  away = mkdtempSync(join(tmpdir(), 'docket-away-'));
  spawnSync('git', ['init', '-q', '--bare', away]);
  repo = makeRepository();
  repo.write('machine-docs/DEFERRED.md', good);
  repo.commit('deferred: begin', '2026-03-02T10:00:00Z');
  repo.git('remote', 'add', 'shed', away);
  await runDocket(['-C', repo.dir, 'install', 'hooks', '--hook', 'pre-push']);
});
afterEach(() => {
  repo.remove();
  rmSync(away, { recursive: true, force: true });
});

function push(...args: string[]): { status: number; said: string } {
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));
  const { status, stderr, stdout } = spawnSync('git', ['push', '-q', ...args], { cwd: repo.dir, encoding: 'utf8', env: { ...clean, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' } });
  return { status: status ?? -1, said: stderr + stdout };
}
/** A commit with a fault and one that takes it back: only who judges each commit sees it. */
function faultAndBack(): void {
  repo.write('machine-docs/DEFERRED.md', bad);
  repo.commit('deferred: move', '2026-03-03T10:00:00Z');
  repo.write('machine-docs/DEFERRED.md', good);
  repo.commit('deferred: move back', '2026-03-04T10:00:00Z');
}
const refused = { status: 1, said: expect.stringContaining('deferred-wrong-section') };

test('the first push of all, of the very branch that is the landing ref', () => {
  faultAndBack();
  expect(push('shed', 'main')).toMatchObject(refused);
  expect(push(away, 'main')).toMatchObject(refused);
});

test('a new branch is judged by what no branch of that remote has', () => {
  expect(push('shed', 'main')).toMatchObject({ status: 0 });
  repo.git('checkout', '-q', '-b', 'side');
  faultAndBack();
  expect(push('shed', 'side')).toMatchObject(refused);
  // What the remote has already is not judged a second time.
  expect(push('--no-verify', 'shed', 'side')).toMatchObject({ status: 0 });
  repo.git('checkout', '-q', '-b', 'other');
  repo.write('src/hull.txt', 'tar\n');
  repo.commit('feat: hull', '2026-03-05T10:00:00Z');
  expect(push('shed', 'other')).toMatchObject({ status: 0, said: '' });
});

test('an end of the remote that was never fetched', () => {
  expect(push('shed', 'main')).toMatchObject({ status: 0 });
  const foreign = spawnSync('git', ['-C', away, '-c', 'user.name=F', '-c', 'user.email=f@e.org', 'commit-tree', '-p', 'main', '-m', 'elsewhere', 'main^{tree}'], { encoding: 'utf8' }).stdout.trim();
  spawnSync('git', ['-C', away, 'update-ref', 'refs/heads/main', foreign]);
  faultAndBack();
  expect(push('-f', 'shed', 'main')).toMatchObject(refused);
  repo.git('reset', '-q', '--hard', 'HEAD~2');
  repo.write('src/hull.txt', 'tar\n');
  repo.commit('feat: hull', '2026-03-05T10:00:00Z');
  expect(push('-f', 'shed', 'main')).toMatchObject({ status: 0, said: '' });
});

test('several refs at once, tags among them; what is deleted, and what is no commit, is not judged', () => {
  expect(push('shed', 'main')).toMatchObject({ status: 0 });
  repo.git('branch', 'gone');
  expect(push('shed', 'gone')).toMatchObject({ status: 0 });
  expect(push('shed', ':gone')).toMatchObject({ status: 0, said: '' });
  repo.git('tag', 'tree', 'HEAD^{tree}');
  expect(push('shed', 'tree')).toMatchObject({ status: 0, said: '' });
  repo.git('checkout', '-q', '-b', 'side');
  faultAndBack();
  repo.git('tag', '-a', '-m', 'v1', 'v1');
  repo.git('checkout', '-q', 'main');
  repo.write('src/hull.txt', 'tar\n');
  repo.commit('feat: hull', '2026-03-05T10:00:00Z');
  expect(push('shed', 'v1')).toMatchObject(refused);
  const both = push('shed', 'main', 'side');
  expect(both).toMatchObject(refused);
  expect(both.said.match(/✘ error deferred-wrong-section/gu)).toHaveLength(1);
});
