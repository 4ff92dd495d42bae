import { commitFormat, stableLogOptions, type Commit } from '../commit-format.ts';
import { parseLog } from '../parse-log.ts';
import { streamGit, type GitPlace } from '../run-git.ts';

/**
 * The commits on any local or remote-tracking branch, on HEAD or on `landing`, whose message matches one of the patterns (extended regular
 * expressions, letters of either case); parents before children, each with all files that it changed against its first parent.
 */
export async function findCommits(repository: GitPlace, landing: string, patterns: readonly string[]): Promise<Commit[]> {
  const args = ['--bare', 'log', ...stableLogOptions, commitFormat, '--topo-order', '--reverse', '--extended-regexp', '--regexp-ignore-case'];
  const found: Commit[] = [];
  const log = streamGit(repository, [...args, ...patterns.map((pattern) => `--grep=${pattern}`), '--branches', '--remotes', 'HEAD', landing, '--']);
  for await (const { commit } of parseLog(log, 'files')) found.push(commit);
  return found;
}
