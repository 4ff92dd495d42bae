import { readPatchIds, readRangePatchId } from '../../git/landing/patch-ids.ts';
import { branchesWith, findUnreachable, listReachable, mergeBase } from '../../git/landing/reach.ts';
import { readHunks } from '../../git/landing/read-hunks.ts';
import { readCommitsById } from '../../git/read-commits.ts';
import type { GitPlace } from '../../git/run-git.ts';
import { cites, containsHunks } from './find-squash.ts';
import { revertedCommit } from './read-declarations.ts';
import type { Landing, LandingCommit } from './types.ts';

export interface LandingQuestion {
  repository: GitPlace;
  /** The commit that the landing ref stands for. */
  landing: string;
  /** The commits whose landing is asked for. */
  commits: readonly LandingCommit[];
  /** All commits whose message says that they revert another. */
  reverts: readonly LandingCommit[];
  /** Folders and files of the docket: what they change does not make a fix. */
  documents: readonly string[];
  isDocument: (path: string) => boolean;
}

/** More candidates than this are not compared: the fix is then said to be not landed. */
const candidateLimit = 4000;

function fixPaths(commit: LandingCommit, isDocument: (path: string) => boolean): string[] {
  return [...new Set(commit.files.flatMap((file) => (file.from === null ? [file.path] : [file.path, file.from])))].filter((path) => !isDocument(path));
}

async function findTwin(question: LandingQuestion, commit: LandingCommit, after: string): Promise<{ as: string } | null> {
  const { repository, landing, documents } = question;
  const paths = fixPaths(commit, question.isDocument);
  if (paths.length === 0) return null;
  const candidates = (await listReachable(repository, landing, [after], paths)).slice(-candidateLimit);
  const ids = await readPatchIds(repository, [commit.commit, ...candidates], documents);
  const own = ids.get(commit.commit);
  const twin = own === undefined ? undefined : candidates.find((candidate) => candidate !== commit.commit && ids.get(candidate) === own);
  return twin ? { as: twin } : null;
}

async function findSquash(question: LandingQuestion, commit: LandingCommit, branches: readonly string[]): Promise<{ as: string } | null> {
  const { repository, landing, documents, isDocument } = question;
  const paths = fixPaths(commit, isDocument);
  if (paths.length === 0) return null;
  const candidates = (await listReachable(repository, landing, [commit.commit], paths)).slice(-candidateLimit);
  const fix = await readHunks(repository, commit.commit);
  if (!fix || candidates.length === 0) return null;
  const contains = async (candidate: string): Promise<boolean> => {
    const hunks = await readHunks(repository, candidate);
    return hunks !== null && containsHunks(hunks, fix, isDocument);
  };
  for await (const candidate of readCommitsById(repository, candidates, null)) {
    if (cites(candidate.message, commit) && (await contains(candidate.commit))) return { as: candidate.commit };
  }
  const ids = await readPatchIds(repository, candidates, documents);
  for (const branch of branches) {
    const base = await mergeBase(repository, [landing, branch]);
    const whole = base === null ? null : await readRangePatchId(repository, base, branch, documents);
    const squash = whole === null ? undefined : candidates.find((candidate) => ids.get(candidate) === whole);
    if (squash && (await contains(squash))) return { as: squash };
  }
  return null;
}

async function findLanded(question: LandingQuestion, commit: LandingCommit, reachable: boolean, branches: readonly string[]): Promise<Landing['landed']> {
  if (reachable) return { route: 'ancestor', as: commit.commit };
  const twin = await findTwin(question, commit, commit.commit);
  if (twin) return { route: 'patch-id', as: twin.as };
  const squash = await findSquash(question, commit, branches);
  return squash ? { route: 'squash', as: squash.as } : null;
}

/** The landed revert of a commit that nothing has undone or outlived since; reverts of reverts count, and so does the same patch landed again. */
async function findRevert(question: LandingQuestion, commit: LandingCommit, names: readonly string[], landed: readonly LandingCommit[]): Promise<LandingCommit | null> {
  for (const revert of landed) {
    const reverted = revertedCommit(revert.message)?.toLowerCase();
    if (!reverted || !names.some((name) => name.startsWith(reverted))) continue;
    if (await findRevert(question, revert, [revert.commit], landed)) continue;
    if (await findTwin(question, commit, revert.commit)) continue;
    return revert;
  }
  return null;
}

/** Where each commit stands against the landing ref: by which route it landed, or on which branches it waits, and whether it was undone since. */
export async function readLandings(question: LandingQuestion): Promise<Map<string, Landing>> {
  const { repository, landing, commits, reverts } = question;
  const unreachable = await findUnreachable(repository, [landing], [...new Set([...commits, ...reverts].map(({ commit }) => commit))]);
  const landedReverts = reverts.filter(({ commit }) => !unreachable.has(commit));
  const landings = new Map<string, Landing>();
  for (const commit of commits) {
    const reachable = !unreachable.has(commit.commit);
    const branches = reachable ? [] : await branchesWith(repository, commit.commit);
    const landed = await findLanded(question, commit, reachable, branches);
    const revertedBy = landed ? await findRevert(question, commit, [commit.commit, landed.as], landedReverts) : null;
    landings.set(commit.commit, { landed, revertedBy, branches });
  }
  return landings;
}
