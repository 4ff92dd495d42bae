import { runGit, tryGit, type GitPlace } from '../run-git.ts';

/** Which of some commits are not reachable from a tip. One walk, bounded by what the tip does not have. */
export async function findUnreachable(repository: GitPlace, tip: string, commits: readonly string[]): Promise<Set<string>> {
  if (commits.length === 0) return new Set();
  const out = await runGit(repository, ['--bare', 'rev-list', '--stdin'], [...commits, `^${tip}`, ''].join('\n'));
  const outside = new Set(out.toString('latin1').split('\n'));
  return new Set(commits.filter((commit) => outside.has(commit)));
}

/** Commits reachable from `tip` and not from any of `without`, in topological order, parents first; only those that change some of `paths` where given. */
export async function listReachable(repository: GitPlace, tip: string, without: readonly string[], paths: readonly string[] = []): Promise<string[]> {
  const revisions = [tip, ...without.map((commit) => `^${commit}`)];
  const limit = paths.length === 0 ? [] : paths.map((path) => `:(top,literal)${path}`);
  const out = await runGit(repository, ['--bare', 'rev-list', '--topo-order', '--reverse', ...(limit.length > 0 ? ['--full-history'] : []), ...revisions, '--', ...limit]);
  return out.toString('latin1').split('\n').filter((line) => line !== '');
}

/** The names of local and remote-tracking branches that hold a commit. */
export async function branchesWith(repository: GitPlace, commit: string): Promise<string[]> {
  const out = await runGit(repository, ['--bare', 'for-each-ref', '--format=%(refname:short)', `--contains=${commit}`, 'refs/heads', 'refs/remotes']);
  return out.toString('utf8').split('\n').filter((name) => name !== '' && !name.endsWith('/HEAD'));
}

/** The best common ancestor of two commits, or null. */
export async function mergeBase(repository: GitPlace, a: string, b: string): Promise<string | null> {
  const { code, stdout } = await tryGit(repository, ['--bare', 'merge-base', a, b]);
  return code === 0 ? stdout.toString('latin1').trim() : null;
}
