import { encodePath } from './path-names.ts';
import { runGit, type GitPlace } from './run-git.ts';

/** The newest commit at or above `tip` that changed a path, be it by taking it away; null where none ever had it. */
export async function findLastCommit(repository: GitPlace, tip: string, path: string): Promise<string | null> {
  if (path.includes('\n')) return null;
  // The path goes through standard input: its name need not be UTF-8.
  const input = Buffer.concat([Buffer.from(`${tip}\n--\n:(top,literal)`), encodePath(path), Buffer.from('\n')]);
  const out = await runGit(repository, ['--bare', 'rev-list', '--max-count=1', '--stdin'], input);
  return out.toString('latin1').trim() || null;
}
