import type { ClosedBy, Kind, RefType, Role, Step } from '../contract/schema/entry.ts';
import type { DocumentKind, Unparsed } from '../contract/schema/document.ts';
import type { Diagnostic } from '../contract/schema/envelope.ts';
import type { Fence } from '../repro/types.ts';
import type { ReceiptText } from './evidence/find-evidence.ts';
import type { Result } from './vocabulary/words.ts';

/** What one document says, read alone: a pure function of its path, its bytes and the vocabulary. The ledger joins readings with git. */
export interface Reading {
  path: string;
  kind: DocumentKind;
  phase: string;
  owner: Role | null;
  bytes: number;
  lines: number;
  frontMatter: FrontMatter | null;
  /** In file order. */
  drafts: Draft[];
  /** Sorted, without overlap, covering every line once; `draft` is an index into `drafts`. */
  spans: DraftSpan[];
  unparsed: Unparsed[];
  /** Gates that the document names in a gate's place (a heading, a status line), claimed or not. */
  gates: NamedGate[];
  done: DoneMark | null;
  /** Receipts that stand beside no reproduction. */
  receipts: ReceiptText[];
  diagnostics: Diagnostic[];
}

/** `says` is the result that a status document tells of the gate: a word about a verdict, never a verdict. */
export interface NamedGate {
  gate: string;
  line: number;
  says?: Result;
}

export interface DraftSpan {
  line: number;
  endLine: number;
  type: 'entry' | 'container' | 'preamble' | 'unparsed';
  draft: number | null;
}

export interface FrontMatter {
  phase: string | null;
  owner: string | null;
  status: string | null;
  gates: string[];
}

/** A `## DONE` section. `why` says which placeholder it holds when it is not marked. */
export interface DoneMark {
  line: number;
  endLine: number;
  marked: boolean;
  why: string | null;
  text: string;
}

export interface DraftField {
  name: string;
  value: string;
  line: number;
  endLine: number;
}

/** A mention as written; the ledger finds its target. `phase` is the phase that the words around it name, or null. */
export interface DraftRef {
  type: RefType;
  value: string;
  line: number;
  column: number;
  lines?: { from: number; to: number };
  phase?: string;
  /** Only the shape of the words says that this is a reference (`P1`, `B2`): without a target it is none, and the ledger drops it. */
  weak?: boolean;
  relation?: 'supersedes' | 'superseded-by' | 'closes' | 'claims' | 'judges';
}

export interface When {
  date: string | null;
  dateEnd?: string;
  time: string | null;
  timeEnd?: string;
  approximate?: boolean;
  /** False where a time stands without a zone; absent otherwise. */
  zone?: boolean;
}

/** An entry as one document shows it: without id, without commits, with targets unresolved. */
export interface Draft extends When {
  kind: Kind;
  phase: string;
  title: string;
  /** The explicit `{#name}` of a heading, which replaces the slug. */
  name: string | null;
  author: Role | null;
  state: string | null;
  line: number;
  endLine: number;
  fields: DraftField[];
  refs: DraftRef[];
  /** Title of the section that holds it, as far as a rule depends on it. */
  section?: string;
  /** Line of the box that carries the state. */
  boxLine?: number;
  /** Gate of a claim, verdict or veto; id of a finding; name of a reproduction. */
  key?: string;
  reclaim?: boolean;
  claimCommit?: string;
  severity?: string;
  from?: Role;
  scope?: string | null;
  clearedAtLine?: number;
  supersedes?: string[];
  supersededBy?: string[];
  amends?: string[];
  amendedBy?: string[];
  closedBy?: ClosedBy;
  reopenedBy?: string;
  notation?: 'strict' | 'loose';
  steps?: Step[];
  /** The gate that a reproduction is for, as its info string says. */
  gate?: string;
  /** The reproductions that it needs, as its info string names them. */
  needs?: string[];
  recording?: DraftRecording;
}

/** A reproduction in the exact notation, and whether a receipt stands beside it. */
export interface DraftRecording {
  /** Names fence and receipt together: what is known of these very bytes need not be found out again. */
  digest: string;
  /** Line of the receipt; null where there is none. */
  line: number | null;
  /** Left out where only states are asked for. */
  text: { fence: Fence; receipt: string | null } | null;
}
