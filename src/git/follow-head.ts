import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Repository } from './open-repository.ts';
import { runGit, tryGit, type GitPlace } from './run-git.ts';

/** Where HEAD stands: its commit, null while there is none, and its branch, null where it is detached. */
export interface Head {
  commit: string | null;
  branch: string | null;
}

/**
 * Where HEAD stands now. While a rebase goes on HEAD walks along commits that nobody will keep: then it is the branch that is being rebased,
 * where it stood before.
 */
export async function readHead(repository: Repository): Promise<Head> {
  const rebased = branchInRebase(repository.gitDir);
  const branch = rebased ?? (await tryGit(repository, ['--bare', 'symbolic-ref', '-q', 'HEAD'])).stdout.toString('utf8').trim();
  const { code, stdout } = await tryGit(repository, ['--bare', 'rev-parse', '--verify', '--quiet', '--end-of-options', `${rebased ?? 'HEAD'}^{commit}`]);
  return { commit: code === 0 ? stdout.toString('latin1').trim() : null, branch: branch === '' ? null : branch };
}

function branchInRebase(gitDir: string): string | null {
  for (const folder of ['rebase-merge', 'rebase-apply']) {
    const file = join(gitDir, folder, 'head-name');
    const name = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
    if (name.startsWith('refs/')) return name;
  }
  return null;
}

/** A commit with its parents. */
export interface Ancestry {
  commit: string;
  parents: string[];
}

/** The commits of `tip` that none of `without` has, parents first; commits that are not here any more leave nothing out. */
export async function listAncestry(place: GitPlace, tip: string, without: readonly string[]): Promise<Ancestry[]> {
  const args = ['--bare', 'rev-list', '--topo-order', '--reverse', '--parents', '--ignore-missing', tip, ...without.map((commit) => `^${commit}`), '--'];
  const lines = (await runGit(place, args)).toString('latin1').split('\n');
  return lines.flatMap((line) => {
    const [commit, ...parents] = line.split(' ');
    return commit === undefined || commit === '' ? [] : [{ commit, parents }];
  });
}

/** The best common ancestors of two commits; none where they have nothing in common, or where one is not here any more. */
export async function listMergeBases(place: GitPlace, a: string, b: string): Promise<string[]> {
  const { code, stdout } = await tryGit(place, ['--bare', 'merge-base', '--all', a, b]);
  return code === 0 ? stdout.toString('latin1').split('\n').filter((line) => line !== '') : [];
}
