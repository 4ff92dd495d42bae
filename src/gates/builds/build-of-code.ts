import { readCodeIds } from '../../git/code-ids.ts';
import type { Repository } from '../../git/open-repository.ts';
import { combine, type Build } from '../../ledger/builds/build.ts';
import type { KnownBuilds } from '../../ledger/builds/known-builds.ts';
import { recordFolder } from '../../ledger/sources/select-files.ts';

/** The builds of code: of a commit itself, else of one that differs from it in the record only. */
export interface CodeBuilds {
  /** What is known of the commit itself, once it is finished. */
  own(commit: string): Build | null;
  /** The newest finished build that is known of the code of a commit, else what is known of the commit; null for nothing. */
  find(commit: string): Build | null;
}

/** Opens what is known for some commits. Asks nobody but git, and git once. */
export async function openCodeBuilds(repository: Repository, builds: KnownBuilds, commits: readonly string[]): Promise<CodeBuilds> {
  const known = builds.commits();
  const finished = known.flatMap((commit) => finishedOf(builds, commit) ?? []);
  const codes = finished.length === 0 ? new Map() : await readCodeIds(repository, [...new Set([...commits, ...finished.map(({ commit }) => commit)])], recordFolder);
  const newestFirst = finished.toSorted((a, b) => (codes.get(b.commit)?.at ?? 0) - (codes.get(a.commit)?.at ?? 0));
  return {
    own: (commit) => finishedOf(builds, commit),
    find: (commit) => {
      const code = codes.get(commit)?.id;
      const same = code === undefined ? undefined : newestFirst.find((build) => codes.get(build.commit)?.id === code);
      return finishedOf(builds, commit) ?? same ?? builds.find(commit);
    },
  };
}

function finishedOf(builds: KnownBuilds, commit: string): Build | null {
  const build = builds.find(commit);
  return build !== null && combine(build.statuses) !== 'pending' ? build : null;
}
