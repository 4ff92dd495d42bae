import { Failure } from '../contract/failure.ts';
import { commitFormat, stableDiffOptions, type Commit } from './commit-format.ts';
import { parseLog } from './parse-log.ts';
import { gitPathspecs, type Pathspecs } from './pathspecs.ts';
import { streamGit, type GitPlace } from './run-git.ts';

/** Single commits by their full ids, in that order; unknown ids are a `Failure`. */
export async function* readCommitsById(repository: GitPlace, ids: readonly string[], pathspecs: Pathspecs | null): AsyncGenerator<Commit> {
  if (ids.length === 0) return;
  const options = [...stableDiffOptions, '-r', '--root', '--always', '--encoding=UTF-8', '--no-notes', '--diff-merges=first-parent'];
  const args = ['--bare', 'diff-tree', '--stdin', ...options, commitFormat, '--', ...(pathspecs === null ? [] : gitPathspecs(pathspecs))];
  yield* commitsOf(streamGit(repository, args, ids.map((id) => `${checkName(id)}\n`).join('')));
}

async function* commitsOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Commit> {
  for await (const { commit } of parseLog(chunks, 'files')) yield commit;
}

function checkName(name: string): string {
  if (name === '' || /^[-^]|\.\.|[\s\0]/.test(name)) throw new Failure('usage', `${JSON.stringify(name)} does not name one commit`, { next: 'git log --oneline --all' });
  return name;
}
