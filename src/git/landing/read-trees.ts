import { runGit, type GitPlace } from '../run-git.ts';

/** The ids of the root trees of some commits, by commit; unknown ones are left out. */
export async function readTrees(repository: GitPlace, commits: readonly string[]): Promise<Map<string, string>> {
  if (commits.length === 0) return new Map();
  const input = commits.map((commit) => `${commit}^{tree}\n`).join('');
  const answers = (await runGit(repository, ['--bare', 'cat-file', '--batch-check'], input)).toString('latin1').split('\n');
  return new Map(
    commits.flatMap((commit, index) => {
      const tree = /^([0-9a-f]{40,64}) tree \d+$/.exec(answers[index] ?? '')?.[1];
      return tree === undefined ? [] : [[commit, tree] as const];
    }),
  );
}
