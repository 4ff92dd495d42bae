import type { Pathspecs } from '../pathspecs.ts';
import { streamGit, type GitPlace } from '../run-git.ts';
import type { CommitStore } from './commit-store.ts';
import type { KeptCommit } from './kept-commit.ts';
import { readMergeEdits } from './merge-edits.ts';
import { parentsFirst } from './order-commits.ts';
import type { WalkedCommit } from './walk-commits.ts';

/** What earlier walks found. */
export interface Known {
  store: CommitStore;
  /** Where they started: for each the nearest kept commit at or above it, by ordinal, -1 for none. */
  tips: ReadonlyMap<string, number>;
}

export interface KeptCommits {
  /** In order of their ordinals, which follow those of the store. */
  kept: KeptCommit[];
  /** The nearest kept commit at or above the tip of the walk. */
  target: number;
}

/**
 * Which of the walked commits are kept: those that changed files or matter, and merges that join different stretches of what is
 * kept, so that the kept commits hang together as the whole history does. Between two of them a commit has the files of its
 * first parent, and all of its parents have the same kept commit above them.
 */
export async function keepCommits(repository: GitPlace, walk: { tip: string; commits: readonly WalkedCommit[] }, known: Known, pathspecs: Pathspecs): Promise<KeptCommits> {
  const fresh = parentsFirst(walk.commits.filter(({ id }) => known.store.count === 0 || known.store.find(id) < 0));
  const nearest = await findOutside(repository, walk.tip, fresh, known);
  const kept: KeptCommit[] = [];
  for (const { id, parents, relevant, commit, edits, damaged } of fresh) {
    const keptParents = parents.map((parent) => nearest.get(parent) ?? -1);
    const joins = new Set(keptParents).size > 1;
    if (commit === null || (!relevant && !joins)) {
      nearest.set(id, keptParents[0] ?? -1);
      continue;
    }
    nearest.set(id, known.store.count + kept.length);
    kept.push({ commit, keptParents, relevant, boundary: damaged, changes: edits.map((edit) => ({ own: true, edit, whole: damaged, others: [] })) });
  }
  await addMergeEdits(repository, kept, pathspecs);
  return { kept, target: nearest.get(walk.tip) ?? -1 };
}

/** The nearest kept commits of everything that the fresh commits stand on. */
async function findOutside(repository: GitPlace, tip: string, fresh: readonly WalkedCommit[], known: Known): Promise<Map<string, number>> {
  const inside = new Set(fresh.map(({ id }) => id));
  const nearest = new Map<string, number>();
  for (const id of [tip, ...fresh.flatMap(({ parents }) => parents)]) {
    if (!inside.has(id) && !nearest.has(id)) nearest.set(id, await findNearest(repository, id, known));
  }
  return nearest;
}

async function findNearest(repository: GitPlace, id: string, known: Known): Promise<number> {
  const own = lookUp(id, known);
  if (own !== null || known.store.count === 0) return own ?? -1;
  // A branch that left the known history at a commit that was not kept: what is above it decides.
  let line = '';
  for await (const chunk of streamGit(repository, ['--bare', 'rev-list', '--first-parent', id, '--'])) {
    const ids = (line + chunk.toString('latin1')).split('\n');
    line = ids.pop() ?? '';
    for (const above of ids) {
      const found = lookUp(above, known);
      if (found !== null) return found;
    }
  }
  return -1;
}

function lookUp(id: string, known: Known): number | null {
  const ordinal = known.tips.get(id) ?? known.store.find(id);
  return ordinal >= 0 || known.tips.has(id) ? ordinal : null;
}

async function addMergeEdits(repository: GitPlace, kept: readonly KeptCommit[], pathspecs: Pathspecs): Promise<void> {
  const merges = kept.filter(({ commit }) => commit.parents.length > 1 && commit.files.length > 0);
  const joined = await readMergeEdits(
    repository,
    merges.map(({ commit }) => ({ id: commit.commit, parents: commit.parents })),
    pathspecs,
  );
  for (const { commit, changes } of merges) {
    for (const [index, file] of commit.files.entries()) {
      const change = changes[index];
      const others = joined.get(commit.commit)?.get(file.path);
      if (change) Object.assign(change, { own: others !== undefined, others: others ?? [] });
    }
  }
}
