import { listPastBlobs } from '../../git/list-past-blobs.ts';
import type { OpenedRevision } from '../sources/open-revision.ts';
import { openVersions, type VersionName } from './read-versions.ts';
import type { Change, ChangedDocument } from './types.ts';

/** So many versions of a document are looked at, the newest of them. */
const mostVersions = 300;

/** The same changes, and what documents that only grow said before; `commits` are those that it is asked of (null: what is not committed yet), `onto` what these stand on. */
export async function withPast(opened: Pick<OpenedRevision, 'repository' | 'readContents' | 'vocabulary'>, changes: readonly Change[], commits: ReadonlySet<string | null>, onto: readonly string[]): Promise<Change[]> {
  return Promise.all(changes.map(async (change) => {
    const base = change.commit === null ? onto[0] : `${change.commit}^1`;
    if (!commits.has(change.commit) || base === undefined) return change;
    const documents = [];
    for (const document of change.documents) documents.push(await fillPast(opened, document, base));
    return { ...change, documents };
  }));
}

async function fillPast({ repository, readContents, vocabulary }: Pick<OpenedRevision, 'repository' | 'readContents' | 'vocabulary'>, document: ChangedDocument, base: string): Promise<ChangedDocument> {
  const { before, kind, others } = document;
  // What another side of a merge wrote stands on no line of history with this one: nothing of it comes back.
  if (before === null || others.length > 0 || !(kind === 'journal' || kind === 'review' || kind === 'decisions' || kind === 'deferred')) return document;
  const blobs = (await listPastBlobs(repository, base, before.path)).slice(-mostVersions);
  const names = blobs.map((blob): VersionName => ({ path: before.path, blob }));
  const versionOf = await openVersions(readContents, vocabulary).read(names);
  return { ...document, past: names.flatMap((name) => versionOf(name) ?? []) };
}
