import { listReferences } from '../resolve-revision.ts';
import type { GitPlace } from '../run-git.ts';
import { listParents, mergeBase } from './reach.ts';

/** A local or remote-tracking branch that has not landed whole. */
export interface WaitingBranch {
  /** As people write it. */
  name: string;
  tip: string;
  /** Where it left what has landed; null where it shares nothing with it. */
  base(): Promise<string | null>;
}

/** The branches that hold each of some commits that have not landed. Two processes of git, however many they are; one more for the base of a branch that took over what landed meanwhile. */
export async function listBranchesWith(repository: GitPlace, landing: string, commits: readonly string[]): Promise<Map<string, WaitingBranch[]>> {
  const branches = new Map<string, WaitingBranch[]>(commits.map((commit) => [commit, []]));
  if (commits.length === 0) return branches;
  const tips = (await listReferences(repository, ['refs/heads', 'refs/remotes'])).filter(({ name, commit }) => commit !== null && !name.endsWith('/HEAD'));
  const parents = await listParents(repository, tips.flatMap(({ commit }) => commit ?? []), [landing]);
  for (const { name, commit: tip } of tips) {
    if (tip === null || !parents.has(tip)) continue;
    const seen = new Set([tip]);
    const edge = new Set<string>();
    for (const commit of seen) for (const parent of parents.get(commit) ?? []) (parents.has(parent) ? seen : edge).add(parent);
    const [only = null] = edge;
    const base = (): Promise<string | null> => (edge.size > 1 ? mergeBase(repository, [landing, tip]) : Promise.resolve(only));
    const branch: WaitingBranch = { name: name.replace(/^refs\/(?:heads|remotes)\//, ''), tip, base };
    for (const commit of seen) branches.get(commit)?.push(branch);
  }
  return branches;
}
