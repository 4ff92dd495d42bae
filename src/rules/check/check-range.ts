import { Failure } from '../../contract/failure.ts';
import { listReachable } from '../../git/landing/reach.ts';
import { resolveRevision } from '../../git/resolve-revision.ts';
import { readMerge } from '../../ledger/changes/merge-changes.ts';
import { readChanges } from '../../ledger/changes/read-changes.ts';
import type { Change } from '../../ledger/changes/types.ts';
import { openRecordHistory } from '../../ledger/history/record-history.ts';
import { judgeDeclarations } from '../../ledger/landing/judge-declarations.ts';
import type { CommitFact } from '../../ledger/ledger.ts';
import type { OpenOptions } from '../../ledger/sources/open-revision.ts';
import type { Finding } from '../engine/finding.ts';
import { standsInTouched } from './concerns.ts';
import { judgeChanges, judgeState, openLedger, type JudgeOptions, type OpenedLedger } from './judge.ts';

/** The two ends of a range: what is reachable from `to` and not from `from`. */
export interface Range {
  from: string | null;
  to: string;
}

/** `A..B`, `A..` (to HEAD), `..B`. Throws a `Failure` of kind usage for anything else. */
export function parseRange(text: string): Range {
  const found = /^([^.\s][^\s]*?)?\.\.(?!\.)([^\s]*)$/u.exec(text);
  if (!found || (found[1] === undefined && found[2] === '')) {
    throw new Failure('usage', `Unexpected range "${text}", expected A..B.`, { next: 'docket check --range origin/main..HEAD' });
  }
  return { from: found[1] ?? null, to: found[2] === '' ? 'HEAD' : (found[2] ?? 'HEAD') };
}

/** What a range came to: the findings of each of its commits, and the revision that it ends with. */
export interface RangeResult extends OpenedLedger {
  findings: Finding[];
  commits: number;
}

/**
 * Judges every commit of a range as it stood: what it did, what its message says, and what it made wrong or touched of what the record says; by the
 * configuration that it has itself. A commit that does not concern the record costs nothing.
 */
export async function checkRange(dir: string, range: Range, options: OpenOptions, how: JudgeOptions): Promise<RangeResult> {
  const end = await openLedger(dir, { ...options, at: range.to });
  const { repository } = end.opened;
  const from = range.from === null ? [] : [await resolveRevision(repository, range.from)];
  const commits = end.opened.tip === null ? [] : await listReachable(repository, end.opened.tip, from);
  const facts = new Map(end.ledger.commits.map((fact) => [fact.commit, fact]));
  const parents = await parentsOf(end, commits);
  const states = openStates(dir, options, how);
  const findings: Finding[] = [];
  for (const commit of commits) {
    const fact = facts.get(commit);
    if (fact) findings.push(...(await judgeCommit(await states.open(commit), fact, parents.get(commit) ?? [], { states, how })));
  }
  for (const { place } of findings) if (place?.rev === end.opened.tip) delete place.rev;
  return { ...end, findings, commits: commits.length };
}

async function parentsOf({ opened }: OpenedLedger, commits: readonly string[]): Promise<Map<string, string[]>> {
  const wanted = new Set(commits);
  const history = await openRecordHistory(opened);
  return new Map(history.ordinals().map((ordinal) => history.commit(ordinal)).flatMap(({ commit, parents }) => (wanted.has(commit) ? [[commit, parents] as const] : [])));
}

interface States {
  open(commit: string): Promise<OpenedLedger>;
  /** What the record says at a commit, judged once. */
  judged(commit: string): Promise<Finding[]>;
}

/** Revisions by commit; of those opened before only the last few are held, since the range goes on from one to the next. */
function openStates(dir: string, options: OpenOptions, how: JudgeOptions): States {
  const opened = new Map<string, Promise<OpenedLedger>>();
  const judged = new Map<string, Promise<Finding[]>>();
  const open = (commit: string): Promise<OpenedLedger> => {
    const known = opened.get(commit) ?? openLedger(dir, { ...options, at: commit });
    opened.set(commit, known);
    const [oldest] = opened.keys();
    if (opened.size > 4 && oldest !== undefined) opened.delete(oldest);
    return known;
  };
  return {
    open,
    judged: (commit) => {
      const known = judged.get(commit) ?? open(commit).then((state) => judgeState(state, how));
      judged.set(commit, known);
      return known;
    },
  };
}

async function judgeCommit(state: OpenedLedger, fact: CommitFact, parents: readonly string[], { states, how }: { states: States; how: JudgeOptions }): Promise<Finding[]> {
  const { opened, ledger } = state;
  const changes = await changesOf(state, fact, parents);
  const own = await judgeChanges(state, { changes, facts: [fact], declined: await judgeDeclarations(opened.repository, ledger, [fact.commit]), parents }, how);
  if (fact.documents.length === 0 && changes.length === 0) return own;
  const now = await states.judged(fact.commit);
  const before = new Set((await Promise.all(parents.map((parent) => states.judged(parent)))).flat().map(({ fingerprint }) => fingerprint));
  const made = now.filter((finding) => !before.has(finding.fingerprint) || standsInTouched(finding, changes, ledger));
  return [...own, ...made].map((finding) => atCommit(finding, fact.commit));
}

async function changesOf({ opened }: OpenedLedger, fact: CommitFact, parents: readonly string[]): Promise<Change[]> {
  if (parents.length > 1) {
    const blobs = new Map([...opened.files.documents, ...opened.files.alerts].flatMap(({ path, blob }) => (blob === null ? [] : [[path, blob] as const])));
    return readMerge(opened, { commit: fact.commit, parents }, blobs);
  }
  const changes: Change[] = [];
  for await (const group of readChanges(opened, new Map([[fact.commit, fact]]))) changes.push(...group);
  return changes;
}

/** The same finding, told of the commit: its lines are those of the commit. */
function atCommit(finding: Finding, commit: string): Finding {
  return { ...finding, commit: finding.commit ?? commit, place: finding.place === null || finding.place.rev ? finding.place : { ...finding.place, rev: commit } };
}
