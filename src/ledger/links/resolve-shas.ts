import { findUnreachable } from '../../git/landing/reach.ts';
import { resolveCommits } from '../../git/resolve-commits.ts';
import type { Repository } from '../../git/open-repository.ts';
import { landingRef } from '../../git/slow-git.ts';
import { findRewritten, type CommitMeaning } from './find-rewritten.ts';

/**
 * Resolves the shas that entries mention: existing, gone, ambiguous, not landed, or replaced by a landed commit. Costs a process or two of git for
 * all of them, and more only for those that have not landed.
 */
export async function resolveShas(repository: Repository, shas: Iterable<string>, landing: string | null): Promise<Map<string, CommitMeaning>> {
  const resolved = await resolveCommits(repository, shas);
  const meanings = new Map<string, CommitMeaning>();
  const commits = [...new Set([...resolved.values()].flatMap((found) => (found.status === 'commit' ? [found.commit] : [])))];
  const tip = commits.length === 0 ? null : await landingRef(repository, landing);
  const unlanded = tip === null ? new Set<string>() : await findUnreachable(repository, tip.commit, commits);
  const twins = tip === null ? new Map() : await findRewritten(repository, tip.commit, [...unlanded]);
  for (const [sha, found] of resolved) {
    if (found.status === 'ambiguous') meanings.set(sha, { target: null, status: 'ambiguous' });
    else if (found.status !== 'commit') meanings.set(sha, { target: null, status: 'dangling' });
    else meanings.set(sha, twins.get(found.commit) ?? { target: found.commit, status: unlanded.has(found.commit) ? 'unlanded' : 'resolved' });
  }
  return meanings;
}
