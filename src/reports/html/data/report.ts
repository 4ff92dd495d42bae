import type { PageEvent } from './collect-events.ts';
import type { Status } from '../../../contract/schema/status.ts';

/** What the page is made of: one plain value, from the ledger, and of it the part that the browser gets. All texts are safe to show. */
export interface Report {
  /** The folder's name on a page that is served; null in a file, which is the same wherever it was made. */
  name: string | null;
  revision: { commit: string | null; at: string | null; subject: string | null };
  /** Entries that stand in files but in no commit yet. */
  uncommitted: number;
  status: Status;
  /** Why each triggered item is, by its id. */
  triggered: Readonly<Record<string, string>>;
  /** Oldest first. */
  events: PageEvent[];
  data: PageData;
  pieces: Piece[];
}

/** A stretch of a document that entries lie in. */
export interface Piece {
  text: string;
  /** When it last changed; null: not committed. Where room is short the newest come first. */
  at: string | null;
}

export interface PageData {
  entries: PageEntry[];
  commits: PageCommit[];
  /** What is neither an entry nor a commit of the record: phases, files, commits elsewhere, names that lead nowhere. */
  others: { type: string; id: string }[];
  /** `[from, to, relation, status]`; nodes are numbered: entries, then commits, then others. */
  edges: [number, number, string, string][];
}

export interface PageEntry {
  id: string;
  kind: string;
  phase: string;
  title: string;
  state: string | null;
  /** When it came in: commit time; null while it is not committed. */
  at: string | null;
  /** As somebody wrote it. */
  written: string | null;
  path: string;
  line: number;
  endLine: number;
  /** The revision that has it, where the one that is shown has it no more. */
  rev: string | null;
  gate: string | null;
  /** Piece, and from where to where in it; null where the text cannot be read. */
  text: [number, number, number] | null;
  facts: [string, string][];
  /** Of a reproduction: its steps. */
  steps?: PageStep[];
  /** Of deferred items, alerts and messages. */
  fields?: Record<string, string>;
  /** Of a decision: ids, or words that lead nowhere. */
  replaces?: string[];
  replacedBy?: string[];
}

/** A step of a reproduction; lines are those of the file. */
export interface PageStep {
  line: number;
  role: string | null;
  guessed: boolean;
  commands: number[];
  /** `[line, mark]`; the mark is `fails`, `passes` or empty. */
  observations: [number, string][];
}

export interface PageCommit {
  commit: string;
  at: string;
  author: string;
  subject: string;
  role: string | null;
  phase: string | null;
}
