/** What an `expected.json` says of the files beside it. Only what is written is asserted. */
export interface Expectation {
  files: Record<string, ExpectedFile>;
  commitSubjects?: ExpectedSubject[];
}

export interface ExpectedFile {
  document: { kind: string; phase: string };
  entries: ExpectedEntry[];
  notEntries: { line: number; why: string; kind?: string; form?: number }[];
  counts?: Record<string, number>;
  done?: { marked: boolean; line?: number; why?: string };
  gatesNamedWithoutClaim?: string[];
  frontMatter?: Record<string, unknown>;
  looseReproductions?: { fenceLine: number; commands: number; observations: number; fails: number }[];
  /** The form that an assertion about the whole file belongs to. */
  formOf?: Partial<Record<'document' | 'counts' | 'done' | 'gatesNamedWithoutClaim' | 'frontMatter', number>>;
}

export interface ExpectedEntry {
  kind: string;
  line: number;
  form?: number;
  id?: string;
  phase?: string;
  title?: string;
  titleContains?: string;
  date?: string | null;
  dateEnd?: string;
  time?: string | null;
  timeEnd?: string;
  approximate?: boolean;
  zone?: boolean;
  state?: string | null;
  fields?: string[];
  section?: string;
  gate?: string;
  reclaim?: boolean;
  severity?: string;
  from?: string;
  scope?: string;
  clearedAtLine?: number;
  commits?: string[];
  claimCommit?: string;
  reopenedBy?: string;
  /** For a finding the sha alone. */
  closedBy?: string | { date?: string | null; commit?: string; pr?: string; person?: string; route?: string; form?: string };
  supersedes?: { words: string; target: string | null };
  /** The title of the successor, or how it begins. */
  supersededBy?: string;
}

export interface ExpectedSubject {
  subject: string;
  scope: { phase: string | null; gates: string[] };
  claims: string[];
  verdicts: { gate: string; result: string; at?: string }[];
}

/** One assertion that does not hold. */
export interface Miss {
  file: string;
  line: number | null;
  form: number | null;
  what: string;
  expected: unknown;
  actual: unknown;
}
