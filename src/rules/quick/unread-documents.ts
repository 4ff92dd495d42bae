import { openRevision } from '../../ledger/sources/open-revision.ts';
import { openReadingStore } from '../../ledger/sources/reading-store.ts';
import type { StagedRecord } from './open-staged.ts';

/** To read this much takes less than a start of Node. */
const littleBytes = 16 * 1024;

/** Would more than a little have to be parsed beside what is staged before the whole record is known? So it is in a fresh clone. */
export async function hasMuchUnread({ dir, cache, vocabulary, staged, readContents }: StagedRecord): Promise<boolean> {
  const { files } = await openRevision(dir, { source: 'index' });
  const store = openReadingStore(cache, vocabulary);
  const ofCommit = new Set(staged.files.map(({ path }) => path));
  let bytes = 0;
  for (const { path, blob } of files.documents) {
    if (blob === null || ofCommit.has(path) || store.find(path, blob, 'full') !== null) continue;
    bytes += (await readContents([blob])).get(blob)?.bytes?.length ?? 0;
    if (bytes > littleBytes) return true;
  }
  return false;
}
