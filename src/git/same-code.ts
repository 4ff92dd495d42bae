import { runGit, type GitPlace } from './run-git.ts';

/** Further back nobody built the same code. */
const most = 200;

/**
 * A commit, and those before it on its first parents that have the same files but for those below `folder`; the newest first, the last of them the one that
 * changed something else. Throws a `Failure` when the commit is not here.
 */
export async function commitsOfSameCode(repository: GitPlace, commit: string, folder: string): Promise<string[]> {
  const own = lines(await runGit(repository, ['--bare', 'rev-list', '--first-parent', '-n', '1', '--end-of-options', commit, '--', '.', `:(top,exclude,literal)${folder}`]))[0];
  const since = lines(await runGit(repository, ['--bare', 'rev-list', '--first-parent', '-n', String(most), '--end-of-options', commit, ...(own === undefined ? [] : [`^${own}`]), '--']));
  return own === undefined || since.length === most ? since : [...since, own];
}

function lines(out: Buffer): string[] {
  return out.toString('latin1').split('\n').filter((line) => line !== '');
}
