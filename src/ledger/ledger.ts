import type { Document } from '../contract/schema/document.ts';
import type { Entry, Role } from '../contract/schema/entry.ts';
import type { Diagnostic } from '../contract/schema/envelope.ts';
import type { Config } from './config/config.ts';

/** The ledger: documents and git joined into one plain value. Queries, rules and gates read only it; it survives JSON. */
export interface Ledger {
  revision: Revision;
  phases: Phase[];
  documents: LedgerDocument[];
  /** In stable order: documents by path, entries by line, then entries that only history has. */
  entries: Entry[];
  /** The commits that mean something to the docket, oldest first: they touch documents, claim, judge or declare. */
  commits: CommitFact[];
  diagnostics: Diagnostic[];
  /** What `machine-docs/docket.yaml` of the revision says, defaults filled in. */
  config: Config;
}

/** What was read. `at` is the commit time (UTC) of the newest commit, the ledger's clock; null on an unborn branch. */
export interface Revision {
  source: 'worktree' | 'index' | 'commit';
  commit: string | null;
  at: string | null;
  shallow: boolean;
}

export interface Phase {
  id: string;
  /** From 1. */
  order: number;
  firstCommit: string | null;
  /** Gates named by the phase's documents, front matter, claims, verdicts and commit subjects, in order of appearance. */
  gates: string[];
  /** Results that STATUS reports of its gates: a word about a verdict, never a verdict. */
  said: { gate: string; result: 'pass' | 'fail' | 'conditional' | 'pending'; path: string; line: number }[];
  /** `forced` is why it was marked although it was not allowed, where it says so. */
  done: { marked: boolean; line: number | null; path: string | null; why: string | null; commit: string | null; forced: string | null };
}

export interface LedgerDocument extends Document {
  blob: string;
  frontMatter: { phase: string | null; owner: string | null; status: string | null; gates: string[] } | null;
}

/** What a commit says by its subject, trailers and files. */
export interface CommitFact {
  commit: string;
  /** Commit time, UTC. */
  at: string;
  author: string;
  subject: string;
  role: Role | null;
  roleFrom: 'trailer' | 'prefix' | 'config' | null;
  /** The word before the scope: `claim`, `review`, `status+journal`, … */
  prefix: string | null;
  /** The phase that it belongs to: of its scope, its trailer `Phase:`, else of the documents that it touches, where they are of one phase. */
  phase: string | null;
  scope: { text: string; phase: string | null; gates: string[] } | null;
  claims: string[];
  verdicts: { gate: string; result: 'pass' | 'fail' | 'conditional' | 'pending'; at: string | null }[];
  trailers: { name: string; value: string; hidden: boolean }[];
  documents: string[];
  /** Full ids of other commits that its message says it was made of: picked, or squashed. */
  replaces?: string[];
}
