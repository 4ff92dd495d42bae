import { Failure } from '../../contract/failure.ts';
import { readFolderIds } from '../../git/folder-ids.ts';
import { listParents, listReachable } from '../../git/landing/reach.ts';
import { readParents } from '../../git/read-parents.ts';
import { resolveCommits } from '../../git/resolve-commits.ts';
import { resolveRevision } from '../../git/resolve-revision.ts';
import { readMerge } from '../../ledger/changes/merge-changes.ts';
import { readChanges } from '../../ledger/changes/read-changes.ts';
import type { Change } from '../../ledger/changes/types.ts';
import { infraPath } from '../../ledger/infra/infra-path.ts';
import { judgeDeclarations } from '../../ledger/landing/judge-declarations.ts';
import type { CommitFact } from '../../ledger/ledger.ts';
import type { OpenOptions } from '../../ledger/sources/open-revision.ts';
import { recordFolder } from '../../ledger/sources/select-files.ts';
import type { Finding } from '../engine/finding.ts';
import { standsInTouched } from './concerns.ts';
import { judgeChanges, judgeState, openLedger, type JudgeOptions, type OpenedLedger } from './judge.ts';

/** The two ends of a range: what is reachable from `to` and not from `from`, nor from any of `without`. */
export interface Range {
  from: string | null;
  to: string;
  without?: readonly string[];
}

/** `A..B`, `A..` (to HEAD), `..B`. Throws a `Failure` of kind usage for anything else. */
export function parseRange(text: string): Range {
  const found = /^([^.\s][^\s]*?)?\.\.(?!\.)([^\s]*)$/u.exec(text);
  if (!found || text.includes('...') || (found[1] === undefined && (found[2] ?? '') === '')) {
    throw new Failure('usage', `Unexpected range "${text}", expected A..B.`, { next: 'docket check --range origin/main..HEAD' });
  }
  return { from: found[1] ?? null, to: found[2] === '' ? 'HEAD' : (found[2] ?? 'HEAD') };
}

/** What a range came to: the findings of each of its commits, and the revision that it ends with. */
export interface RangeResult extends OpenedLedger {
  findings: Finding[];
  /** How many commits were judged, and how many could not be, since the clone ends there. */
  commits: number;
  cut: number;
}

/**
 * Judges every commit of a range as it stood: what it did, what its message says, and what it made wrong or touched of what the record says; by the
 * configuration that it has itself. A commit that does not concern the record costs nothing.
 */
export async function checkRange(dir: string, range: Range, options: OpenOptions, how: JudgeOptions): Promise<RangeResult> {
  const end = await openLedger(dir, { ...options, at: range.to });
  const { repository, tip } = end.opened;
  const from = [...(range.from === null ? [] : [await resolveRevision(repository, range.from)]), ...(range.without ?? [])];
  const commits = tip === null ? [] : await listReachable(repository, tip, from);
  const parents = tip === null ? new Map<string, string[]>() : await listParents(repository, [tip], from);
  const facts = new Map(end.ledger.commits.map((fact) => [fact.commit, fact]));
  const ofServices = await commitsOfServices(end, from);
  const cut = await commitsAtEdge(end, parents);
  const states = openStates(dir, options, how);
  const findings: Finding[] = [];
  for (const commit of commits.filter((each) => !cut.has(each))) {
    const judged = { commit, fact: facts.get(commit) ?? null, parents: parents.get(commit) ?? [] };
    // A merge that takes one side over whole changes no file, and may lose all that the other side wrote.
    if (judged.fact !== null || (await joinsRecords(end, judged))) findings.push(...(await judgeCommit(await states.open(commit), judged, { states, how })));
    else if (ofServices.has(commit)) findings.push(...(await judgeServices(judged, states)));
  }
  for (const { place } of findings) if (place?.rev === tip) delete place.rev;
  return { ...end, findings, commits: commits.length - cut.size, cut: cut.size };
}

/** Commits of a shallow clone whose parents are not here: what they changed cannot be told. */
async function commitsAtEdge({ opened: { repository } }: OpenedLedger, parents: ReadonlyMap<string, readonly string[]>): Promise<ReadonlySet<string>> {
  if (!repository.shallow) return new Set();
  const edge = new Set<string>();
  for (const commit of parents.keys()) {
    const written = await readParents(repository, commit);
    const here = await resolveCommits(repository, written);
    if (written.some((parent) => here.get(parent)?.status !== 'commit')) edge.add(commit);
  }
  return edge;
}

/** The commits that change what says what waits for what: with a specification they may make a gate wait for itself. */
async function commitsOfServices({ opened }: OpenedLedger, from: readonly string[]): Promise<ReadonlySet<string>> {
  const file = opened.files.others.find(({ path }) => path === infraPath)?.blob ?? null;
  const text = file === null ? undefined : (await opened.readContents([file])).get(file)?.bytes?.toString('utf8');
  if (text === undefined || opened.tip === null) return new Set();
  const { readOrderFolders } = await import('../../ledger/infra/order-folders.ts');
  const folders = readOrderFolders(text).filter((folder) => folder !== '.');
  return new Set(await listReachable(opened.repository, opened.tip, from, [infraPath, ...folders]));
}

/** Is this a merge whose parents have the record otherwise than the merge itself? */
async function joinsRecords({ opened, ledger }: OpenedLedger, { commit, parents }: CommitToJudge): Promise<boolean> {
  if (parents.length < 2) return false;
  if (ledger.documents.some(({ path }) => !path.startsWith(`${recordFolder}/`))) return true;
  const trees = await readFolderIds(opened.repository, [commit, ...parents], recordFolder);
  return new Set(trees).size > 1;
}

async function judgeServices({ commit, parents }: CommitToJudge, states: States): Promise<Finding[]> {
  const before = new Set((await Promise.all(parents.map((parent) => states.judged(parent)))).flat().map(({ fingerprint }) => fingerprint));
  return (await states.judged(commit)).filter(({ rule, fingerprint }) => aboutServices.has(rule) && !before.has(fingerprint)).map((finding) => atCommit(finding, commit));
}

const aboutServices: ReadonlySet<string> = new Set(['gate-cycle', 'toothless-gate', 'identity-blind']);

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

interface CommitToJudge {
  commit: string;
  /** Null where neither its message nor its files are of the record. */
  fact: CommitFact | null;
  parents: readonly string[];
}

async function judgeCommit(state: OpenedLedger, judged: CommitToJudge, { states, how }: { states: States; how: JudgeOptions }): Promise<Finding[]> {
  const { commit, fact, parents } = judged;
  const { opened, ledger } = state;
  const changes = await changesOf(state, judged);
  const facts = fact === null ? [] : [fact];
  const own = await judgeChanges(state, { changes, facts, declined: await judgeDeclarations(opened.repository, ledger, facts.map((each) => each.commit)), parents }, how);
  if ((fact?.documents.length ?? 0) === 0 && changes.every(({ documents }) => documents.length === 0)) return own.map((finding) => atCommit(finding, commit));
  const now = await states.judged(commit);
  const before = new Set((await Promise.all(parents.map((parent) => states.judged(parent)))).flat().map(({ fingerprint }) => fingerprint));
  const made = now.filter((finding) => !before.has(finding.fingerprint) || standsInTouched(finding, changes, ledger));
  return [...own, ...made].map((finding) => atCommit(finding, commit));
}

async function changesOf({ opened }: OpenedLedger, { commit, fact, parents }: CommitToJudge): Promise<Change[]> {
  if (parents.length > 1) {
    const blobs = new Map([...opened.files.documents, ...opened.files.alerts].flatMap(({ path, blob }) => (blob === null ? [] : [[path, blob] as const])));
    return readMerge(opened, { commit, parents }, blobs);
  }
  const changes: Change[] = [];
  if (fact !== null) for await (const group of readChanges(opened, new Map([[commit, fact]]))) changes.push(...group);
  return changes;
}

/** The same finding, told of the commit: its lines are those of the commit. */
function atCommit(finding: Finding, commit: string): Finding {
  return { ...finding, commit: finding.commit ?? commit, place: finding.place === null || finding.place.rev ? finding.place : { ...finding.place, rev: commit } };
}
