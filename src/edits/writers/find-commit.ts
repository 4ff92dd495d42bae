import { Failure } from '../../contract/failure.ts';
import { resolveCommits } from '../../git/resolve-commits.ts';
import { resolveRevision } from '../../git/resolve-revision.ts';
import type { Pen } from '../writer/pen.ts';

/** The id of the commit that an option names by digits or by a revision. Throws a usage failure for one that is not there or not the only one. */
export async function findCommit({ docket: { repository } }: Pen, option: string, given: string): Promise<string> {
  if (!/^[0-9a-f]{4,64}$/iu.test(given)) return resolveRevision(repository, given);
  const found = (await resolveCommits(repository, [given])).get(given);
  if (found?.status === 'commit') return found.commit;
  throw unknownCommit(option, given, found?.status === 'ambiguous' ? 'begins more than one commit' : found?.status === 'other' ? `is a ${found.type}, not a commit` : 'is not there');
}

export function unknownCommit(option: string, given: string, why: string): Failure {
  return new Failure('usage', `Unexpected commit "${given}" for ${option}: it ${why}.`, { next: 'git log --oneline --all' });
}
