import type { Entry } from '../contract/schema/entry.ts';
import { Failure } from '../contract/failure.ts';
import type { Cache } from '../git/cache-store.ts';
import type { Repository } from '../git/open-repository.ts';
import type { Ledger } from './ledger.ts';
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
  /** The same as they are in the files, whoever reads: for what judges or runs them, and prints nothing of them. */
  wholeTexts(paths: readonly string[]): Promise<Map<string, Uint8Array>>;
  /** What is hidden from who reads; null: nothing. */
  shield: Shield | null;
}

/**
 * Opens the docket of the repository that `dir` lies in: the working tree, the index, or any revision. Reads only what changed since the last
 * time; deleting the cache changes no answer. No documents is no error. Throws a `Failure` of kind usage outside of git or for an unknown
 * revision, of kind config for a broken configuration.
 */
export async function openDocket(dir: string, options: OpenOptions = {}): Promise<Docket> {
  const { opened, ledger } = await readSteadily(async () => {
    const revision = await openRevision(dir, options);
    return { opened: revision, ledger: await readLedger(revision, 'full') };
  });
  return {
    ledger,
    repository: opened.repository,
    cache: opened.cache,
    body: (entry) => readBody(opened, entry),
    bodies: (entries) => readBodies(opened, entries),
    texts: (paths) => readTexts(opened, paths),
    wholeTexts: (paths) => readWholeTexts(opened, paths),
    shield: opened.shield,
  };
}

async function readBody(opened: OpenedRevision, entry: Entry): Promise<string> {
  const body = (await readBodies(opened, [entry])).get(entry);
  if (body !== undefined) return body;
  const { path, line, rev } = entry.place;
  throw new Failure('unreadable', `${path} cannot be read any more${rev === null ? '' : ` in ${rev}`}`, { place: { path, line, rev } });
}
