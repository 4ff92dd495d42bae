import { readPatchIds } from '../../git/landing/patch-ids.ts';
import { listReachable } from '../../git/landing/reach.ts';
import { readTrees } from '../../git/landing/read-trees.ts';
import type { Commit } from '../../git/commit-format.ts';
import type { GitPlace } from '../../git/run-git.ts';
import { readCommitsById } from '../../git/read-commits.ts';
import type { Ref } from '../../contract/schema/entry.ts';

/** What a sha that entries mention leads to. */
export type CommitMeaning = Pick<Ref, 'target' | 'status' | 'via'>;

/** Among so many of the newest landed commits on the same files a twin is looked for. */
const candidateLimit = 4000;

/**
 * The landed commits that replaced others which are not landed: of the same patch (rebase, cherry-pick), else of the same tree (squash, reworded), else
 * of the same subject and author time (conflict resolved). Those without a twin are left out.
 */
export async function findRewritten(repository: GitPlace, landing: string, commits: readonly string[]): Promise<Map<string, CommitMeaning>> {
  const twins = new Map<string, CommitMeaning>();
  if (commits.length === 0) return twins;
  for await (const lost of readCommitsById(repository, commits, null)) {
    const twin = await findTwin(repository, landing, lost);
    if (twin) twins.set(lost.commit, twin);
  }
  return twins;
}

async function findTwin(repository: GitPlace, landing: string, lost: Commit): Promise<CommitMeaning | null> {
  const paths = [...new Set(lost.files.flatMap(({ path, from }) => (from === null ? [path] : [path, from])))];
  if (paths.length === 0) return null;
  const candidates = (await listReachable(repository, landing, [lost.commit], paths)).slice(-candidateLimit);
  if (candidates.length === 0) return null;
  const ids = await readPatchIds(repository, [lost.commit, ...candidates], []);
  const own = ids.get(lost.commit);
  const byPatch = own === undefined ? undefined : candidates.find((candidate) => ids.get(candidate) === own);
  if (byPatch !== undefined) return { target: byPatch, status: 'rewritten', via: 'patch-id' };
  const trees = await readTrees(repository, [lost.commit, ...candidates]);
  const tree = trees.get(lost.commit);
  const byTree = tree === undefined ? undefined : candidates.find((candidate) => trees.get(candidate) === tree);
  if (byTree !== undefined) return { target: byTree, status: 'rewritten', via: 'tree' };
  for await (const candidate of readCommitsById(repository, candidates, null)) {
    if (candidate.subject === lost.subject && candidate.authorTime === lost.authorTime) return { target: candidate.commit, status: 'rewritten', via: 'message' };
  }
  return null;
}
