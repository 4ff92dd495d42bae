import type { Event } from '../../contract/schema/entry.ts';
import type { Draft } from '../../documents/reading.ts';
import type { Episode } from '../history/walk-episodes.ts';
import type { LineOrigins } from '../history/line-origins.ts';
import type { ClaimSketch, MessageSketch, VerdictSketch } from '../history/version-sketch.ts';
import type { StoredReading } from '../sources/stored-reading.ts';

/** One document of the revision, with where its lines come from. */
export interface SourceDocument {
  path: string;
  blob: string;
  stored: StoredReading;
  origins: LineOrigins;
}

/** What the versions of one file that is rewritten have said, the file itself being there or not. */
export interface FileHistory {
  path: string;
  claims: Episode<ClaimSketch>[];
  messages: Episode<MessageSketch>[];
  /** Looked at only where the line of a verdict was reworded. */
  verdicts: Episode<VerdictSketch>[];
  /** The commit that brought the DONE mark that stands now. */
  doneCommit: string | null;
}

/** A draft on its way to an entry: of a document of the revision, or of one that only history has. */
export interface Prepared {
  draft: Draft;
  path: string;
  owner: StoredReading['reading']['owner'];
  /** Index among the drafts of its document; null for what only history has. */
  index: number | null;
  /** The last commit that held it, where only history has it. */
  rev: string | null;
  introduced: Event | null;
  changed: Event | null;
  /** The commit that last changed its first line; null: not committed yet. */
  worded: Event | null;
  origins: LineOrigins;
  /** Lines of the document as git counts them. */
  gitLine: (line: number) => number;
  claim: Episode<ClaimSketch> | null;
  message: Episode<MessageSketch> | null;
}
