import { readChanges } from './changes/read-changes.ts';
import type { Change } from './changes/types.ts';
import type { Entry } from '../contract/schema/entry.ts';
import { Failure } from '../contract/failure.ts';
import type { Cache } from '../git/cache-store.ts';
import type { Repository } from '../git/open-repository.ts';
import type { CommitFact, Ledger } from './ledger.ts';
import { openRevision, type OpenedRevision, type OpenOptions } from './sources/open-revision.ts';
import type { Shield } from './isolation/shield.ts';
import { readBodies, readTexts, readWholeTexts } from './read-bodies.ts';
import { readSteadily } from './sources/read-contents.ts';
import { readLedger } from './read-ledger.ts';

/** The whole joined record of a repository at one revision. */
export interface Docket {
  ledger: Ledger;
  repository: Repository;
  cache: Cache;
  /** The text of an entry as it stands in its file. Throws a `Failure` of kind unreadable when it cannot be read any more. */
  body(entry: Entry): Promise<string>;
  /** The texts of many entries at the cost of one; those that cannot be read any more are left out. */
  bodies(entries: readonly Entry[]): Promise<Map<Entry, string>>;
  /** The bytes of documents as they stand at the revision, by path; those that cannot be read are left out. */
  texts(paths: readonly string[]): Promise<Map<string, Uint8Array>>;
}

/** What lies behind a docket that is handed out: out of reach for whoever has only the docket. */
const opened = new WeakMap<Docket, OpenedRevision>();

/** What of a docket is hidden from who reads it; null: nothing. */
export function shieldOf(docket: Docket): Shield | null {
  return opened.get(docket)?.shield ?? null;
}

/** The bytes of documents as they are in the files, whoever reads: for what judges or runs them, and prints nothing of them. */
export async function wholeTextsOf(docket: Docket, paths: readonly string[]): Promise<Map<string, Uint8Array>> {
  const revision = opened.get(docket);
  return revision === undefined ? docket.texts(paths) : readWholeTexts(revision, paths);
}

/** What each of these commits did to the record, oldest first, in groups; merges are left out. Whole, whoever reads: for what judges them. */
export async function* changesOf(docket: Docket, commits: readonly CommitFact[]): AsyncGenerator<Change[]> {
  const revision = opened.get(docket);
  if (revision !== undefined) yield* readChanges(revision, new Map(commits.map((fact) => [fact.commit, fact])));
}

/**
 * Opens the docket of the repository that `dir` lies in: the working tree, the index, or any revision. Reads only what changed since the last
 * time; deleting the cache changes no answer. No documents is no error. Throws a `Failure` of kind usage outside of git or for an unknown
 * revision, of kind config for a broken configuration.
 */
export async function openDocket(dir: string, options: OpenOptions = {}): Promise<Docket> {
  return readSteadily(async () => readDocket(await openRevision(dir, options)));
}

/** The docket of a revision that is opened. Throws a `ChangedWhileRead` where a file is not any more what it was then. */
export async function readDocket(revision: OpenedRevision): Promise<Docket> {
  const docket: Docket = {
    ledger: await readLedger(revision, 'full'),
    repository: revision.repository,
    cache: revision.cache,
    body: (entry) => readBody(revision, entry),
    bodies: (entries) => readBodies(revision, entries),
    texts: (paths) => readTexts(revision, paths),
  };
  opened.set(docket, revision);
  return docket;
}

async function readBody(revision: OpenedRevision, entry: Entry): Promise<string> {
  const body = (await readBodies(revision, [entry])).get(entry);
  if (body !== undefined) return body;
  const { path, line, rev } = entry.place;
  throw new Failure('unreadable', `${path} cannot be read any more${rev === null ? '' : ` in ${rev}`}`, { place: { path, line, rev } });
}
