import type { Role } from '../../contract/schema/entry.ts';
import { readMergeHeads } from '../../git/merge-heads.ts';
import { readMerge } from '../../ledger/changes/merge-changes.ts';
import { readPendingChange } from '../../ledger/changes/pending-change.ts';
import type { Change } from '../../ledger/changes/types.ts';
import type { OpenedRevision } from '../../ledger/sources/open-revision.ts';

/** What is about to be committed: one change, or one for each side of a merge that is under way. */
export async function pendingChanges(opened: OpenedRevision, role: Role | null): Promise<Change[]> {
  const others = readMergeHeads(opened.repository);
  if (opened.tip !== null && others.length > 0) {
    const blobs = new Map([...opened.files.documents, ...opened.files.alerts].flatMap(({ path, blob }) => (blob === null ? [] : [[path, blob] as const])));
    return readMerge(opened, { commit: null, parents: [opened.tip, ...others] }, blobs);
  }
  const change = await readPendingChange(opened, role);
  return change === null ? [] : [change];
}
