import type { Entry } from '../../contract/schema/entry.ts';
import { findCommits } from '../../git/landing/find-commits.ts';
import { parseTrailers } from '../../git/parse-trailers.ts';
import { readCommitsById } from '../../git/read-commits.ts';
import { resolveCommits } from '../../git/resolve-commits.ts';
import type { Repository } from '../../git/open-repository.ts';
import { readShallowBoundary } from '../../git/shallow-boundary.ts';
import { openTouch } from './open-touch.ts';
import { planSync } from './plan-sync.ts';
import { messagePatterns, readDeclarations, readRevert } from './read-declarations.ts';
import { readLandings } from './read-landings.ts';
import type { Declaration, LandingCommit, SyncPlan } from './types.ts';

export interface SyncQuestion {
  repository: Repository;
  /** The commit that the landing ref stands for. */
  landing: string;
  /** The deferred items of the record, with their references resolved. */
  items: readonly Entry[];
  isDocument: (path: string) => boolean;
  /** Files and folders of the revision. */
  exists: (path: string) => boolean;
  /** Folders and files of the docket, as git takes them. */
  documents: readonly string[];
  /** A declaration in words alone closes too. */
  acceptWords: boolean;
}

function collectDeclarations(commits: readonly LandingCommit[], items: readonly Entry[]): { declarations: Declaration[]; unknown: SyncPlan['unknown'] } {
  const declarations: Declaration[] = [];
  const unknown: SyncPlan['unknown'] = [];
  for (const commit of commits) {
    const read = readDeclarations(commit, parseTrailers(commit.message), items);
    declarations.push(...read.declarations);
    unknown.push(...read.unknown.map((one) => Object.assign(one, { commit: commit.commit })));
  }
  return { declarations, unknown };
}

/** The commits that closings name, by item: the one that its words cite, else the one that ticked the box. */
async function readClosings(question: SyncQuestion): Promise<{ closings: Map<string, string>; commits: LandingCommit[] }> {
  const named = new Map<string, string>();
  for (const item of question.items) {
    const id = item.state === 'closed' ? (item.closedBy?.commit ?? item.closed?.commit) : null;
    if (id && /^[0-9a-f]{7,64}$/u.test(id)) named.set(item.id, id);
  }
  const resolved = await resolveCommits(question.repository, named.values());
  const closings = new Map<string, string>();
  for (const [entry, id] of named) {
    const found = resolved.get(id);
    if (found?.status === 'commit') closings.set(entry, found.commit);
  }
  const commits: LandingCommit[] = [];
  for await (const commit of readCommitsById(question.repository, [...new Set(closings.values())], null)) commits.push(commit);
  return { closings, commits };
}

/**
 * Reads all that commits declare about deferred items on every branch, finds out where these commits have landed and what was undone since, and
 * plans the closings. Changes nothing.
 */
export async function readSyncPlan(question: SyncQuestion): Promise<SyncPlan> {
  const { repository, landing, items, documents, isDocument, acceptWords } = question;
  const found = await findCommits(repository, landing, messagePatterns);
  const { declarations, unknown } = collectDeclarations(found, items);
  const byId = new Map(items.map((item) => [item.id, item]));
  const touch = await openTouch(repository, { isDocument, exists: question.exists }, declarations.map(({ entry, commit }) => ({ item: byId.get(entry), commit })));
  const { closings, commits: closing } = await readClosings(question);
  const commits = [...new Map([...declarations.map(({ commit }) => commit), ...closing].map((commit) => [commit.commit, commit])).values()];
  const reverts = found.filter((commit) => readRevert(commit.message) !== null);
  const landings = await readLandings({ repository, landing, commits, reverts, documents, isDocument });
  return planSync({ items, declarations, landings, closings, unknown, touch, acceptWords, edge: readShallowBoundary(repository) });
}
