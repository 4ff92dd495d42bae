import { encodePath } from '../path-names.ts';
import { runGit, tryGit, type GitPlace } from '../run-git.ts';

/** Which of some commits are not reachable from any of some tips. One walk, bounded by what the tips do not have. */
export async function findUnreachable(repository: GitPlace, tips: readonly string[], commits: readonly string[]): Promise<Set<string>> {
  if (commits.length === 0) return new Set();
  const outside = new Set(await listBetween(repository, commits, tips));
  return new Set(commits.filter((commit) => outside.has(commit)));
}

/** The commits that are reachable from some commits and from none of `without`, newest first. Throws a `Failure` when one of them is not here. */
export async function listBetween(repository: GitPlace, from: readonly string[], without: readonly string[]): Promise<string[]> {
  const out = await runGit(repository, ['--bare', 'rev-list', '--stdin'], [...from, ...without.map((tip) => `^${tip}`), ''].join('\n'));
  return linesOf(out);
}

/** The commits from `from` on that `without` does not have, each with its parents. */
export async function listParents(repository: GitPlace, from: readonly string[], without: readonly string[]): Promise<Map<string, string[]>> {
  const out = await runGit(repository, ['--bare', 'rev-list', '--parents', '--stdin'], [...from, ...without.map((tip) => `^${tip}`), ''].join('\n'));
  return new Map(linesOf(out).map((line): [string, string[]] => {
    const [commit = '', ...parents] = line.split(' ');
    return [commit, parents];
  }));
}

function linesOf(out: Buffer): string[] {
  return out.toString('latin1').split('\n').filter((line) => line !== '');
}

/**
 * Commits reachable from `tip` and not from any of `without`, in topological order, parents first; only those that change some of `paths` where
 * given. The paths go through standard input: there may be more of them than a command line holds, and their names need not be UTF-8.
 */
export async function listReachable(repository: GitPlace, tip: string, without: readonly string[], paths: readonly string[] = []): Promise<string[]> {
  const asLines = paths.every((path) => !path.includes('\n'));
  const limit = asLines ? paths.map((path) => Buffer.concat([Buffer.from(':(top,literal)'), encodePath(path), Buffer.from('\n')])) : [];
  const revisions = [tip, ...without.map((commit) => `^${commit}`), '--', ''].join('\n');
  const input = Buffer.concat([Buffer.from(revisions), ...limit]);
  return linesOf(await runGit(repository, ['--bare', 'rev-list', '--topo-order', '--reverse', ...(limit.length > 0 ? ['--full-history'] : []), '--stdin'], input));
}

/** The names of remote-tracking branches that hold a commit. */
export async function branchesOnRemotes(repository: GitPlace, commit: string): Promise<string[]> {
  const out = await runGit(repository, ['--bare', 'for-each-ref', '--format=%(refname:short)', `--contains=${commit}`, 'refs/remotes']);
  return out.toString('utf8').split('\n').filter((name) => name !== '');
}

/** The commits at which the branches of a remote stood when they were last fetched or pushed; of all remotes for null. */
export async function tipsOfRemote(repository: GitPlace, remote: string | null): Promise<string[]> {
  const out = await runGit(repository, ['--bare', 'for-each-ref', '--format=%(objecttype) %(objectname)', remote === null ? 'refs/remotes/' : `refs/remotes/${remote}/`]);
  return [...new Set(linesOf(out).flatMap((line) => (line.startsWith('commit ') ? [line.slice('commit '.length)] : [])))];
}

/** The best common ancestor of some commits, or null. */
export async function mergeBase(repository: GitPlace, commits: readonly string[]): Promise<string | null> {
  const { code, stdout } = await tryGit(repository, ['--bare', 'merge-base', '--octopus', ...commits]);
  return code === 0 ? (stdout.toString('latin1').split('\n')[0] ?? null) : null;
}
