import raw from './facts.json' with { type: 'json' };

/** The part of facts.json that the tests read; the file itself says what it is about. */
export interface Facts {
  phases: { id: string; order: number }[];
  /** Rules that must find nothing. */
  notExpected: string[];
  revisions: Record<Tag, RevisionFacts>;
  decisions: DecisionFact[];
  rewritten: { old: string; twin: string; via: string; citedAs: string; citedIn: { path: string; line: number }[] }[];
  neverExisted: { value: string; citedIn: { path: string; line: number } }[];
  deferredClosings: { entry: string; state: string; closedIn: string; landedAs: string; route: string }[];
  looseReproductions: Record<string, { reproductions: number; steps: number; commands: number; observations: number; fails: number } | number>;
  inboxLedger: { to: 'builder' | 'adversary'; date: string; sent: string; grown: string[]; consumed: string | null }[];
  commits: { n: number; commit: string; at: string; subject: string; role: string | null; roleFrom: string }[];
  sync: {
    closed: { entry: string; commit: string; route: string }[];
    pending: { entry: string; commit: string }[];
    refused: { entry: string; commit: string; why: string }[];
    reopened: { entry: string; commit: string }[];
  };
}

export type Tag = 'before-fix' | 'at-claim' | 'head';
export const tags: Tag[] = ['before-fix', 'at-claim', 'head'];

export interface RevisionFacts {
  commit: string;
  documents: string[];
  counts: { inTree: Record<string, number>; inHistoryToo: Record<string, number> };
  gates: Record<string, { state: string; claim?: object; verdict?: object }>;
  done: Record<string, { marked: boolean }>;
  findings: { open: string[]; closed: string[] };
  deferred: { open: string[]; closed: string[]; triggered: string[] };
  inbox: Record<'builder' | 'adversary', { path: string; sent: string; grown: string[] }[]>;
  decisions: Record<string, number>;
  alerts: { open: string[] };
  /** What `check --all` must find. */
  expected: { rule: string; place: { path: string; line: number } | null; value?: string; target?: string; via?: string; entry?: string; commit?: string }[];
}

export interface DecisionFact {
  phase: string;
  titleContains: string;
  state: string;
  place: { path: string; line: number };
  date?: string;
  supersededBy?: { phase: string; commit: string };
  supersedes?: { phase: string; words: string };
  stateBefore?: Partial<Record<Tag, string>>;
}

export const facts = raw as unknown as Facts;
