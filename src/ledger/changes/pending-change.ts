import type { Role } from '../../contract/schema/entry.ts';
import type { FileListing, ListedFile } from '../../git/file-listing.ts';
import { editBetween } from '../history/line-origins.ts';
import { openRecordHistory } from '../history/record-history.ts';
import type { OpenedRevision } from '../sources/open-revision.ts';
import type { FileOfChange } from './choose-files.ts';
import { fillChanges } from './read-changes.ts';
import { openVersions } from './read-versions.ts';
import type { Change } from './types.ts';

/** What the working tree or the index of an opened revision changes against the commit that it stands on. Null: nothing. */
export async function readPendingChange(opened: OpenedRevision, role: Role | null): Promise<Change | null> {
  const history = await openRecordHistory(opened);
  const now = new Map([...opened.files.documents, ...opened.files.alerts].map((file) => [file.path, file]));
  const known = [...now.keys(), ...history.paths().filter((path) => history.blob(path) !== null && isOfRecord(path, opened))];
  const differing = [...new Set(known)].toSorted().filter((path) => (now.get(path)?.unreadable ?? null) === null && (now.get(path)?.blob ?? null) !== history.blob(path));
  if (differing.length === 0) return null;
  const files = differing.map((path): FileOfChange => ({ path, from: null, before: history.blob(path), after: now.get(path)?.blob ?? null, hunks: null }));
  const contents = await opened.readContents(files.flatMap(({ before, after }) => (before === null || after === null ? [] : [before, after])));
  for (const file of files) file.hunks = hunksBetween(contents.get(file.before ?? '')?.bytes, contents.get(file.after ?? '')?.bytes);
  const [change] = await fillChanges(opened, openVersions(opened.readContents, opened.vocabulary), [{ commit: null, role, revert: false, files }]);
  return change ?? null;
}

function isOfRecord(path: string, { files }: OpenedRevision): boolean {
  return !files.skipped.some((skipped) => skipped.path === path);
}

function hunksBetween(before: Buffer | null | undefined, after: Buffer | null | undefined): FileOfChange['hunks'] {
  return before && after ? editBetween(before, after).hunks : null;
}

/** The blobs of the record's files in a listing, by path. */
export function blobsOf({ files }: FileListing): Map<string, string> {
  return new Map(files.flatMap(({ path, blob }: ListedFile) => (blob === null ? [] : [[path, blob] as const])));
}
