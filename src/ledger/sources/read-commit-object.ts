import { Failure } from '../../contract/failure.ts';
import { utcTime } from '../../git/commit-format.ts';
import { openObjectReader } from '../../git/object-reader.ts';
import type { GitPlace } from '../../git/run-git.ts';

/** The commit that a revision names, and its commit time in UTC. Throws a `Failure` of kind usage when there is none. */
export async function readCommitObject(repository: GitPlace, rev: string): Promise<{ commit: string; at: string }> {
  const reader = openObjectReader(repository);
  try {
    const object = await reader.read(`${rev}^{commit}`);
    const seconds = /^committer .*> (-?\d+) [+-]\d{4}$/mu.exec(object?.bytes?.toString('utf8') ?? '')?.[1];
    if (!object || object.type !== 'commit' || seconds === undefined) throw new Failure('usage', `there is no revision ${rev} here`, { next: 'git log --oneline --all' });
    return { commit: object.id, at: utcTime(seconds) };
  } finally {
    reader.close();
  }
}
