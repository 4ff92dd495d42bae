import { nameDocument } from '../../documents/name-document.ts';
import type { Vocabulary } from '../../documents/vocabulary/vocabulary.ts';
import type { FileListing, ListedFile } from '../../git/file-listing.ts';
import type { Pathspecs } from '../../git/pathspecs.ts';

/** The folder of the record. */
export const recordFolder = 'machine-docs';

export const evidenceFolder = `${recordFolder}/evidence`;

/** Documents belong into the folder; those of a known kind at the root are read too. */
const rootNames = ['JOURNAL*.md', 'STATUS*.md', 'BACKLOG*.md', 'REVIEW*.md', 'DECISIONS.md', 'DEFERRED.md', 'BUILDER-INBOX.md', 'ADVERSARY-INBOX.md', 'plan-phase-*.md'];

/** What may hold documents: the folder of the record, the root, and the folders of renamed documents. */
export function documentPathspecs(vocabulary: Vocabulary): Pathspecs {
  const renamed = Object.keys(vocabulary.renames).filter((path) => !path.startsWith(`${recordFolder}/`));
  const folders = renamed.filter((path) => path.includes('/')).map((path) => path.slice(0, path.lastIndexOf('/')));
  return {
    folders: [...new Set([recordFolder, ...folders])].toSorted(),
    rootNames: [...rootNames, ...renamed.filter((path) => !path.includes('/'))],
  };
}

/** Is this a document: markdown of the record, or of a known kind elsewhere? */
export function isDocument(path: string, vocabulary: Vocabulary): boolean {
  if (nameDocument(path, vocabulary).kind !== 'unknown') return path.startsWith(`${recordFolder}/`) || !path.includes('/') || path in vocabulary.renames;
  return path.startsWith(`${recordFolder}/`) && /\.(?:md|markdown)$/iu.test(path);
}

/** An alert's file: `alerts/X.json`, closed ones in `alerts/closed/`. */
function isAlert(path: string): boolean {
  return new RegExp(`^${recordFolder}/alerts/(?:closed/)?[^/]+\\.json$`, 'u').test(path);
}

/** What reproductions leave beside the journals: outputs by their digest (`.txt`), receipts of replays (`.json`). */
function isEvidence(path: string): boolean {
  return new RegExp(`^${evidenceFolder}/[^/]+\\.(?:txt|json)$`, 'u').test(path);
}

export interface SelectedFiles {
  documents: ListedFile[];
  alerts: ListedFile[];
  evidence: ListedFile[];
  /** All else in the folder of the record: configuration, specification, baseline. */
  others: ListedFile[];
  /** Documents and alerts that are not read: links, devices. */
  skipped: { path: string; why: string }[];
}

/** The files of a listing that the ledger reads, by path. */
export function selectFiles(listing: FileListing, vocabulary: Vocabulary): SelectedFiles {
  return {
    documents: listing.files.filter(({ path }) => isDocument(path, vocabulary)),
    alerts: listing.files.filter(({ path }) => isAlert(path)),
    evidence: listing.files.filter(({ path }) => isEvidence(path)),
    others: listing.files.filter(({ path }) => path.startsWith(`${recordFolder}/`) && !isDocument(path, vocabulary) && !isAlert(path) && !isEvidence(path)),
    skipped: listing.skipped.filter(({ path }) => path === recordFolder || isAlert(path) || nameDocument(path, vocabulary).kind !== 'unknown'),
  };
}
