import type { WaitingBranch } from '../../git/landing/branches-with.ts';
import { readPatchIds, readRangePatchIds } from '../../git/landing/patch-ids.ts';
import { listParents, listReachable, mergeBase } from '../../git/landing/reach.ts';
import { readHunks } from '../../git/landing/read-hunks.ts';
import { readCommitsById } from '../../git/read-commits.ts';
import { cites, containsHunks } from './find-squash.ts';
import { fixPaths, type LandingQuestion } from './landing-question.ts';
import type { LandingCommit } from './types.ts';

export type BranchesOf = (commit: string) => readonly WaitingBranch[];

/** More candidates than this, the newest, are not compared: a fix that landed before them is then said to be not landed. */
const candidateLimit = 4000;

/**
 * The landed commits that squashed some commits which have not landed as they are: those that cite one, by its sha or its subject, or have the patch of a
 * whole branch that holds it, and contain its hunks. What is asked of history is asked once for all of them.
 */
export async function findSquashes(question: LandingQuestion, commits: readonly LandingCommit[], branchesOf: BranchesOf): Promise<Map<string, string>> {
  const fixes = commits.map((commit) => ({ commit, paths: fixPaths(commit, question.isDocument) })).filter(({ paths }) => paths.length > 0);
  const squashes = new Map<string, string>();
  if (fixes.length === 0) return squashes;
  const { candidates, above } = await readCandidates(question, fixes);
  const contains = openContains(question);
  const wholes = openWholes(question, candidates, branchesOf, fixes);
  for (const { commit, paths } of fixes) {
    const wanted = new Set(paths);
    const own = candidates.filter((candidate) => !above(commit.commit).has(candidate.commit) && candidate.files.some(({ path, from }) => wanted.has(path) || (from !== null && wanted.has(from))));
    const found = (await firstOf(own.filter(({ message }) => cites(message, commit)), (candidate) => contains(candidate, commit))) ?? (await wholes(commit.commit, own, (candidate) => contains(candidate, commit)));
    if (found) squashes.set(commit.commit, found.commit);
  }
  return squashes;
}

interface Fix {
  commit: LandingCommit;
  paths: readonly string[];
}

/** The landed commits that change a file of some fix, and for each fix those that stand above it: they cannot have squashed it. */
async function readCandidates({ repository, landing }: LandingQuestion, fixes: readonly Fix[]): Promise<{ candidates: LandingCommit[]; above: (commit: string) => ReadonlySet<string> }> {
  const ids = fixes.map(({ commit }) => commit.commit);
  const base = await mergeBase(repository, [landing, ...ids]);
  const outside = base === null ? [] : [base];
  const reachable = await listReachable(repository, landing, outside, [...new Set(fixes.flatMap(({ paths }) => paths))]);
  const candidates: LandingCommit[] = [];
  for await (const candidate of readCommitsById(repository, reachable.slice(-candidateLimit), null)) candidates.push(candidate);
  const parents = await listParents(repository, ids, outside);
  const known = new Map<string, Set<string>>();
  const above = (commit: string): ReadonlySet<string> => {
    const seen = known.get(commit) ?? new Set([commit]);
    if (!known.has(commit)) for (const each of seen) for (const parent of parents.get(each) ?? []) seen.add(parent);
    known.set(commit, seen);
    return seen;
  };
  return { candidates, above };
}

async function firstOf(candidates: readonly LandingCommit[], holds: (candidate: LandingCommit) => Promise<boolean>): Promise<LandingCommit | null> {
  for (const candidate of candidates) if (await holds(candidate)) return candidate;
  return null;
}

type Hunks = Awaited<ReturnType<typeof readHunks>>;

/** Does a commit contain the hunks of another? Only of the few that may are they read, each once. */
function openContains({ repository, isDocument }: LandingQuestion): (candidate: LandingCommit, fix: LandingCommit) => Promise<boolean> {
  const known = new Map<string, Promise<Hunks>>();
  const hunksOf = (commit: string): Promise<Hunks> => {
    const hunks = known.get(commit) ?? readHunks(repository, commit);
    known.set(commit, hunks);
    return hunks;
  };
  return async (candidate, fix) => {
    const [larger, smaller] = [await hunksOf(candidate.commit), await hunksOf(fix.commit)];
    return larger !== null && smaller !== null && containsHunks(larger, smaller, isDocument);
  };
}

type FindWhole = (fix: string, candidates: readonly LandingCommit[], holds: (candidate: LandingCommit) => Promise<boolean>) => Promise<LandingCommit | null>;

/** The landed commit that has the patch of a whole branch which holds a fix. The patches of branches and candidates are read when the first is asked for. */
function openWholes({ repository, documents }: LandingQuestion, candidates: readonly LandingCommit[], branchesOf: BranchesOf, fixes: readonly Fix[]): FindWhole {
  let patches: Promise<{ whole: (tip: string) => string | null; ids: ReadonlyMap<string, string> }> | null = null;
  const read = async (): Promise<{ whole: (tip: string) => string | null; ids: ReadonlyMap<string, string> }> => {
    const branches = [...new Set(fixes.flatMap(({ commit }) => branchesOf(commit.commit)))];
    const ranges = (await Promise.all(branches.map(async ({ tip, base }) => ({ from: await base(), to: tip })))).flatMap(({ from, to }) => (from === null ? [] : [{ from, to }]));
    const [whole, ids] = await Promise.all([readRangePatchIds(repository, ranges, documents), readPatchIds(repository, candidates.map(({ commit }) => commit), documents)]);
    return { whole, ids };
  };
  return async (fix, own, holds) => {
    if (own.length === 0) return null;
    const { whole, ids } = await (patches ??= read());
    const wanted = new Set(branchesOf(fix).map(({ tip }) => whole(tip)));
    return firstOf(own.filter(({ commit }) => wanted.has(ids.get(commit) ?? '')), holds);
  };
}
