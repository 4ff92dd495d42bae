import type { DocumentKind } from '../../contract/schema/document.ts';
import type { Role } from '../../contract/schema/entry.ts';
import type { Reading } from '../../documents/reading.ts';

/** One version of a document, read alone. */
export interface DocumentVersion {
  path: string;
  reading: Reading;
  /** Its lines without their ends; line 1 has index 0. */
  lines: readonly string[];
}

/** What a change did to one document. */
export interface ChangedDocument {
  /** Where it stands now, or stood. */
  path: string;
  kind: DocumentKind;
  owner: Role | null;
  before: DocumentVersion | null;
  after: DocumentVersion | null;
  /** In a merge what the other sides made of the document since they parted. */
  others: { base: DocumentVersion | null; version: DocumentVersion | null }[];
  /** What it said before, oldest first, up to `before`: filled in by `withPast` where somebody asks whether an old text only came back. */
  past?: readonly DocumentVersion[];
}

/** What one commit did to the record, or what is about to be committed; of a merge, seen from one of its parents. */
export interface Change {
  /** Null: not committed yet. */
  commit: string | null;
  /** Null: nobody knows whose change it is, and then nobody is held to own anything. */
  role: Role | null;
  /** It only takes another commit back, as git does it. */
  revert: boolean;
  /** Those that some rule has to look into: appending to a document of one's own is nobody's fault. */
  documents: ChangedDocument[];
  /** Every file of the record that came, went or changed. */
  files: { path: string; from: string | null; gone: boolean }[];
  /** The lines that it brought, and those beside what it took away, from 1, both included. */
  touched: { path: string; line: number; endLine: number }[];
}
