import type { Entry } from '../../contract/schema/entry.ts';
import { readFormerNames } from '../../git/landing/former-names.ts';
import { listPaths } from '../../git/list-paths.ts';
import { parseTrailers } from '../../git/parse-trailers.ts';
import { readCommitsById } from '../../git/read-commits.ts';
import type { GitPlace } from '../../git/run-git.ts';
import type { Ledger } from '../ledger.ts';
import { judgeTouch, type PathFacts } from './judge-touch.ts';
import { deferredItems, isRecord } from './plan-landings.ts';
import { readDeclarations } from './read-declarations.ts';
import type { Declaration, LandingCommit, SyncPlan } from './types.ts';

/** So many files of a commit are followed to their former names. */
const renameLimit = 30;

type Declined = SyncPlan['refused'];

/** The trailers of these commits that declare an item closed which the commit does not touch, by the items of the ledger. */
export async function judgeDeclarations(repository: GitPlace, ledger: Ledger, commits: readonly string[]): Promise<Declined> {
  const items = deferredItems(ledger);
  const declarations: Declaration[] = [];
  if (items.length > 0) for await (const commit of readCommitsById(repository, commits, null)) declarations.push(...declaredBy(commit, items));
  return judgeAll(repository, ledger, declarations);
}

/** The same of one commit that is not there yet: its message, and the files that it changes. */
export async function judgePending(repository: GitPlace, ledger: Ledger, pending: Pick<LandingCommit, 'message' | 'files'>): Promise<Declined> {
  const nobody = { name: '', email: '' };
  const commit: LandingCommit = { commit: '', parents: [], subject: '', commitTime: '', authorTime: '', author: nobody, ...pending };
  return judgeAll(repository, ledger, declaredBy(commit, deferredItems(ledger)));
}

/** Closed items whose closing cites a commit that does not touch them, with that commit. What a person closed by hand, with a word why, stands. */
export async function judgeClosings(repository: GitPlace, ledger: Ledger): Promise<Declined> {
  const cited = deferredItems(ledger).flatMap((item) => {
    const by = item.state === 'closed' && item.closedBy?.commit && item.closed?.route !== 'by hand' ? item.closed?.commit : null;
    return by ? [{ item, by }] : [];
  });
  const commits = new Map<string, LandingCommit>();
  for await (const commit of readCommitsById(repository, [...new Set(cited.map(({ by }) => by))], null)) commits.set(commit.commit, commit);
  const declarations = cited.flatMap(({ item, by }): Declaration[] => {
    const commit = commits.get(by);
    return commit ? [{ entry: item.id, commit, by: 'trailer' }] : [];
  });
  return judgeAll(repository, ledger, declarations);
}

function declaredBy(commit: LandingCommit, items: readonly Entry[]): Declaration[] {
  return readDeclarations(commit, parseTrailers(commit.message), items).declarations.filter(({ by }) => by !== 'words');
}

async function judgeAll(repository: GitPlace, ledger: Ledger, declarations: readonly Declaration[]): Promise<Declined> {
  if (declarations.length === 0) return [];
  const items = new Map(deferredItems(ledger).map((item) => [item.id, item]));
  const paths = ledger.revision.commit === null ? new Set<string>() : await listPaths(repository, ledger.revision.commit);
  const facts: PathFacts = { isDocument: isRecord(ledger), exists: (path) => paths.has(path), formerNames: () => [] };
  const declined: Declined = [];
  for (const { entry, commit } of declarations) {
    const item = items.get(entry);
    if (!item || judgeTouch(item, commit, facts) === null) continue;
    const former = await formerNames(repository, commit, facts);
    const why = judgeTouch(item, commit, { ...facts, formerNames: () => former });
    if (why !== null) declined.push({ entry, commit: commit.commit, why });
  }
  return declined;
}

async function formerNames(repository: GitPlace, { commit, files }: LandingCommit, facts: PathFacts): Promise<string[]> {
  const named = files.map(({ path }) => path).filter((path) => !facts.isDocument(path)).slice(0, renameLimit);
  return commit === '' ? [] : (await Promise.all(named.map((path) => readFormerNames(repository, commit, path)))).flat();
}
