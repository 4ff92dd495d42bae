import type { Role } from '../../contract/schema/entry.ts';
import type { FileOfChange } from '../../ledger/changes/choose-files.ts';
import { fillChanges } from '../../ledger/changes/read-changes.ts';
import { openVersions } from '../../ledger/changes/read-versions.ts';
import type { Change } from '../../ledger/changes/types.ts';
import { editBetween } from '../../ledger/history/line-origins.ts';
import { openReadingStore } from '../../ledger/sources/reading-store.ts';
import type { StagedRecord } from './open-staged.ts';

/** What the index changes in the record; of a merge one change for each side. */
export async function stagedChanges(record: StagedRecord, role: Role | null): Promise<Change[]> {
  if (record.parents.length > 1) return mergedChanges(record);
  const { documents, readContents, cache, vocabulary } = record;
  const contents = await readContents(documents.flatMap(({ before, after }) => [...(before === null ? [] : [before]), ...(after === null ? [] : [after])]));
  const files = documents.filter(({ after, gone }) => after !== null || gone).map(({ path, before, after }): FileOfChange => {
    const [old, now] = [contents.get(before ?? '')?.bytes, contents.get(after ?? '')?.bytes];
    return { path, from: null, before, after, hunks: old && now ? editBetween(old, now).hunks : null };
  });
  const versions = openVersions(() => Promise.resolve(contents), vocabulary, openReadingStore(cache, vocabulary));
  return fillChanges({ vocabulary }, versions, [{ commit: null, role, revert: false, files }]);
}

/** All documents of the index are needed to tell what each side of a merge loses. */
async function mergedChanges({ repository, cache, config, vocabulary, parents, readContents }: StagedRecord): Promise<Change[]> {
  const [{ readMerge }, { listFiles }, { documentPathspecs, selectFiles }] = await Promise.all([
    import('../../ledger/changes/merge-changes.ts'),
    import('../../git/read-tree.ts'),
    import('../../ledger/sources/select-files.ts'),
  ]);
  const files = selectFiles(await listFiles(repository, { kind: 'index' }, documentPathspecs(vocabulary), cache), vocabulary);
  const blobs = new Map(files.documents.flatMap(({ path, blob }) => (blob === null ? [] : [[path, blob] as const])));
  const opened = { repository, cache, source: { kind: 'index' as const }, tip: parents[0] ?? null, config, vocabulary, files, readContents, isolation: 'none' as const, unjudged: null, shield: null, sightings: null };
  return readMerge(opened, { commit: null, parents }, blobs);
}
