import type { Entry } from '../../contract/schema/entry.ts';
import { listPaths } from '../../git/list-paths.ts';
import { parseTrailers } from '../../git/parse-trailers.ts';
import { readCommitsById } from '../../git/read-commits.ts';
import type { GitPlace } from '../../git/run-git.ts';
import type { Ledger } from '../ledger.ts';
import { openTouch } from './open-touch.ts';
import { deferredItems, isRecord } from './plan-landings.ts';
import { readDeclarations } from './read-declarations.ts';
import type { Declaration, LandingCommit, SyncPlan } from './types.ts';

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
  return judgeCited(repository, ledger, cited);
}

/** Those of some items that their commits do not touch, with why. */
export async function judgeCited(repository: GitPlace, ledger: Ledger, cited: readonly { item: Entry; by: string }[]): Promise<Declined> {
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
  const facts = { isDocument: isRecord(ledger), exists: (path: string) => paths.has(path) };
  const judged = declarations.flatMap(({ entry, commit }) => (items.has(entry) ? [{ item: items.get(entry), entry, commit }] : []));
  const touch = await openTouch(repository, facts, judged);
  return judged.flatMap(({ item, entry, commit }) => {
    const why = item ? touch(item, commit) : null;
    return why === null ? [] : [{ entry, commit: commit.commit, why }];
  });
}
