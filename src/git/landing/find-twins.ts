import type { Commit } from '../commit-format.ts';
import { readCommitsById } from '../read-commits.ts';
import type { GitPlace } from '../run-git.ts';
import { readPatchIds } from './patch-ids.ts';
import { listParents, listReachable, mergeBase } from './reach.ts';
import { readTrees } from './read-trees.ts';
import { replacedBy } from './replaced-commits.ts';

/** The landed commit that stands for another one, and how it was found. */
export interface Twin {
  commit: string;
  via: 'patch-id' | 'tree' | 'message';
  /** Its commit time, UTC. */
  at: string;
}

export interface TwinQuestion {
  /** The commit on which work has landed. */
  landing: string;
  /** Commits that are not reachable from it. */
  commits: readonly string[];
  /** Only what landed since this commit is looked at; null: all that could be. */
  since: string | null;
  /** Folders whose changes make no fix: two commits that differ in nothing else have the same patch. */
  without: readonly string[];
}

/** Among so many of the newest landed commits on the same files a twin is looked for. */
const candidateLimit = 4000;
/** More paths than this are not handed to git: then all commits are candidates. */
const pathLimit = 2000;

/** What is compared of a commit, on either side. */
interface Sketch {
  commit: string;
  subject: string;
  author: string;
  authorTime: string;
  at: string;
  /** The changed paths, names before renames included, as one text; without the folders that make no fix, unless there are no others. */
  paths: string;
  /** Ids that its message says it was made of. */
  replaces: readonly string[];
}

const strength = { 'patch-id': 0, tree: 1, message: 2 } as const;

/** The better of two twins: found by the stronger sign, then the older one. */
export function betterTwin(a: Twin | null, b: Twin | null): Twin | null {
  if (a === null || b === null) return a ?? b;
  const order = strength[a.via] - strength[b.via] || (a.at < b.at ? -1 : a.at > b.at ? 1 : 0) || (a.commit < b.commit ? -1 : 1);
  return order <= 0 ? a : b;
}

/**
 * The landed twins of commits that have not landed: of the same patch (rebase, cherry-pick), else of the same tree (squash, reworded), else one whose
 * message says so, by its subject and author time or by the id that it was made of. A fixed number of processes, however many are asked for.
 */
export async function findTwins(repository: GitPlace, question: TwinQuestion): Promise<Map<string, Twin>> {
  const { landing, commits, without } = question;
  const twins = new Map<string, Twin>();
  if (commits.length === 0) return twins;
  const lost: Sketch[] = [];
  const touched = new Set<string>();
  for await (const commit of readCommitsById(repository, commits, null)) {
    lost.push(sketch(commit, without));
    for (const path of pathsOf(commit)) touched.add(path);
  }
  const since = question.since ?? (await mergeBase(repository, [landing, ...commits]));
  const outside = since === null ? [] : [since];
  const ids = (await listReachable(repository, landing, outside, touched.size > pathLimit ? [] : [...touched])).slice(-candidateLimit);
  if (ids.length === 0) return twins;
  const candidates: Sketch[] = [];
  for await (const commit of readCommitsById(repository, ids, null)) candidates.push(sketch(commit, without));
  const isAncestor = await openAncestry(repository, commits, outside);
  const signs = await readSigns(repository, lost, candidates, without);
  for (const each of lost) {
    const found = candidates.filter((candidate) => !isAncestor(candidate.commit, each.commit)).map((candidate) => compare(each, candidate, signs));
    const best = found.reduce(betterTwin, null);
    if (best) twins.set(each.commit, best);
  }
  return twins;
}

function pathsOf({ files }: Commit): string[] {
  return files.flatMap(({ path, from }) => (from === null ? [path] : [path, from]));
}

function sketch(commit: Commit, without: readonly string[]): Sketch {
  const all = [...new Set(pathsOf(commit))].toSorted();
  const fix = all.filter((path) => !without.some((folder) => path === folder || path.startsWith(`${folder}/`)));
  const { name, email } = commit.author;
  return { commit: commit.commit, subject: commit.subject, author: `${name} <${email}>`, authorTime: commit.authorTime, at: commit.commitTime, paths: (fix.length > 0 ? fix : all).join('\0'), replaces: replacedBy(commit.message) };
}

/** Is the first commit among the ancestors of the second? Then it cannot have replaced it. */
async function openAncestry(repository: GitPlace, commits: readonly string[], outside: readonly string[]): Promise<(candidate: string, of: string) => boolean> {
  const parents = await listParents(repository, commits, outside);
  const ancestors = new Map<string, ReadonlySet<string>>();
  return (candidate, of) => {
    const known = ancestors.get(of) ?? collectAncestors(parents, of);
    ancestors.set(of, known);
    return known.has(candidate);
  };
}

function collectAncestors(parents: ReadonlyMap<string, readonly string[]>, commit: string): ReadonlySet<string> {
  const seen = new Set([commit]);
  for (const next of seen) for (const parent of parents.get(next) ?? []) seen.add(parent);
  return seen;
}

interface Signs {
  patches: ReadonlyMap<string, string>;
  trees: ReadonlyMap<string, string>;
}

/** Patches are compared only of commits that change the same files. */
async function readSigns(repository: GitPlace, lost: readonly Sketch[], candidates: readonly Sketch[], without: readonly string[]): Promise<Signs> {
  const wanted = new Set(lost.map(({ paths }) => paths));
  const alike = candidates.filter(({ paths }) => wanted.has(paths));
  const compared = new Set(alike.map(({ paths }) => paths));
  const own = lost.filter(({ paths }) => compared.has(paths));
  const ids = [...own, ...alike].map(({ commit }) => commit);
  const [fixes, whole, trees] = await Promise.all([
    readPatchIds(repository, ids, without),
    without.length === 0 ? new Map<string, string>() : readPatchIds(repository, ids, []),
    readTrees(repository, [...lost, ...candidates].map(({ commit }) => commit)),
  ]);
  return { patches: new Map([...whole, ...fixes]), trees };
}

function compare(lost: Sketch, candidate: Sketch, { patches, trees }: Signs): Twin | null {
  const { commit, at } = candidate;
  const patch = patches.get(lost.commit);
  if (patch !== undefined && lost.paths === candidate.paths && patches.get(commit) === patch) return { commit, via: 'patch-id', at };
  const tree = trees.get(lost.commit);
  if (tree !== undefined && lost.paths !== '' && trees.get(commit) === tree) return { commit, via: 'tree', at };
  const retold = candidate.subject === lost.subject && candidate.authorTime === lost.authorTime && candidate.author === lost.author;
  return retold || candidate.replaces.includes(lost.commit) ? { commit, via: 'message', at } : null;
}
