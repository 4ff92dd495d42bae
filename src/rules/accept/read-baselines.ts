import { readBlobs } from '../../git/read-blobs.ts';
import type { OpenedRevision } from '../../ledger/sources/open-revision.ts';
import { baselinePath, grownBy, readBaseline, type KnownFinding } from './baseline.ts';

/** The known findings of an opened revision; null where it has no baseline. Throws a `Failure` of kind config for one that cannot be read. */
export async function readOwnBaseline({ files, readContents }: Pick<OpenedRevision, 'files' | 'readContents'>): Promise<KnownFinding[] | null> {
  const file = files.others.find(({ path }) => path === baselinePath);
  if (file?.blob === undefined || file.blob === null) return null;
  const bytes = (await readContents([file.blob])).get(file.blob)?.bytes;
  return bytes ? readBaseline(bytes.toString('utf8')) : null;
}

/** What a revision has in its baseline that none of its parents had; nothing where none of them had one. */
export async function readGrown(opened: Pick<OpenedRevision, 'files' | 'readContents' | 'repository'>, parents: readonly string[]): Promise<KnownFinding[]> {
  const after = await readOwnBaseline(opened);
  if (after === null || parents.length === 0) return [];
  const names = parents.map((parent) => `${parent}:${baselinePath}`);
  const contents = await readBlobs(opened.repository, names);
  const before = names.flatMap((name) => {
    const bytes = contents.get(name)?.bytes;
    return bytes ? [readBaseline(bytes.toString('utf8'))] : [];
  });
  return grownBy(before.length === 0 ? null : before.flat(), after);
}
