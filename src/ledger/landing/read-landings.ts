import { listBranchesWith } from '../../git/landing/branches-with.ts';
import { findTwins } from '../../git/landing/find-twins.ts';
import { findUnreachable, listBetween } from '../../git/landing/reach.ts';
import { resolveCommits } from '../../git/resolve-commits.ts';
import { findSquashes, type BranchesOf } from './find-squashes.ts';
import { fixPaths, type LandingQuestion } from './landing-question.ts';
import { readRevert } from './read-declarations.ts';
import type { Landing, LandingCommit } from './types.ts';

/** A landed revert with the commits that it undid: one, or all that a merge brought. */
interface Undoing {
  revert: LandingCommit;
  undoes: (commit: string) => boolean;
}

/**
 * Where each commit stands against the landing ref: by which route it landed, or on which branches it waits, and whether it was undone since. The number of
 * git's processes does not grow with the commits, but for those that were squashed or undone.
 */
export async function readLandings(question: LandingQuestion): Promise<Map<string, Landing>> {
  const { repository, landing, commits, reverts } = question;
  const outside = await findUnreachable(repository, [landing], [...new Set([...commits, ...reverts].map(({ commit }) => commit))]);
  const waiting = commits.filter(({ commit }) => outside.has(commit));
  const branches = await listBranchesWith(repository, landing, waiting.map(({ commit }) => commit));
  const landed = await findLanded(question, waiting, (commit) => branches.get(commit) ?? []);
  const undoings = await readUndoings(question, reverts.filter(({ commit }) => !outside.has(commit)));
  const landings = new Map<string, Landing>();
  for (const commit of commits) {
    const found: Landing['landed'] = outside.has(commit.commit) ? (landed.get(commit.commit) ?? null) : { route: 'ancestor', as: commit.commit };
    const revertedBy = found ? await findRevert(question, commit, [commit.commit, found.as], undoings) : null;
    landings.set(commit.commit, { landed: found, revertedBy, branches: (branches.get(commit.commit) ?? []).map(({ name }) => name) });
  }
  return landings;
}

/** Of commits that are not reachable: those whose patch is, else those that a squash holds. */
async function findLanded(question: LandingQuestion, waiting: readonly LandingCommit[], branchesOf: BranchesOf): Promise<Map<string, NonNullable<Landing['landed']>>> {
  const fixes = waiting.filter((commit) => fixPaths(commit, question.isDocument).length > 0);
  const landed = new Map<string, NonNullable<Landing['landed']>>();
  for (const [commit, as] of await findPicks(question, fixes, null)) landed.set(commit, { route: 'patch-id', as });
  const rest = fixes.filter(({ commit }) => !landed.has(commit));
  for (const [commit, as] of await findSquashes(question, rest, branchesOf)) landed.set(commit, { route: 'squash', as });
  return landed;
}

/** The landed commits of the same patch. */
async function findPicks({ repository, landing, documents }: LandingQuestion, commits: readonly LandingCommit[], since: string | null): Promise<Map<string, string>> {
  const twins = await findTwins(repository, { landing, commits: commits.map(({ commit }) => commit), since, without: documents });
  return new Map([...twins].flatMap(([commit, { commit: as, via }]) => (via === 'patch-id' ? [[commit, as] as const] : [])));
}

async function readUndoings({ repository }: LandingQuestion, reverts: readonly LandingCommit[]): Promise<Undoing[]> {
  const undoings: Undoing[] = [];
  for (const revert of reverts) {
    const { commit: named, mainline } = readRevert(revert.message) ?? {};
    if (named === undefined) continue;
    const brought = mainline === undefined ? new Set<string>() : await listBrought(repository, named, mainline);
    undoings.push({ revert, undoes: (commit) => commit.startsWith(named) || brought.has(commit) });
  }
  return undoings;
}

/** The commits that a merge brought to the side that a revert of it names; none where this clone does not have both. */
async function listBrought(repository: LandingQuestion['repository'], merge: string, mainline: string): Promise<Set<string>> {
  const found = [...(await resolveCommits(repository, [merge, mainline])).values()].flatMap((each) => (each.status === 'commit' ? [each.commit] : []));
  const [from, without] = found;
  return from !== undefined && without !== undefined ? new Set(await listBetween(repository, [from], [without])) : new Set();
}

/** The landed revert of a commit that nothing has undone or outlived since; reverts of reverts count, and so does the same patch landed again. */
async function findRevert(question: LandingQuestion, commit: LandingCommit, names: readonly string[], undoings: readonly Undoing[]): Promise<LandingCommit | null> {
  for (const { revert, undoes } of undoings) {
    if (!names.some(undoes)) continue;
    if (await findRevert(question, revert, [revert.commit], undoings)) continue;
    if ((await findPicks(question, [commit], revert.commit)).size > 0) continue;
    return revert;
  }
  return null;
}
