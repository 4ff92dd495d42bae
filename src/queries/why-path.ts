import type { Diagnostic } from '../contract/schema/envelope.ts';
import type { Entry, Role } from '../contract/schema/entry.ts';
import type { LineRange } from '../git/blame.ts';
import { findPaths } from '../git/find-paths.ts';
import type { Docket } from '../ledger/open-docket.ts';
import { quoteWord } from './shell-word.ts';
import { blameAsked, type Blame } from './why/blame-asked.ts';
import { explainLines, type Reason } from './why/explain-lines.ts';
import { findFile, type AskedFile } from './why/find-file.ts';

/** A commit that brought lines of the file. */
export interface WhyCommit {
  commit: string;
  at: string;
  author: string;
  subject: string;
  /** By trailer, prefix or configuration, where the commit is part of the record. */
  role: Role | null;
  phase: string | null;
  /** Lines of the file as it was asked for. */
  lines: LineRange[];
  /** The names under which it changed them: before a rename, or of the file that they were moved from. */
  paths: string[];
}

export type WhyEntry = Entry & { reasons: Reason[] };

export interface Why {
  path: string;
  lines: LineRange;
  /** `untracked` and `uncommitted` files are in no commit, a `changed` one differs from its commit, a `deleted` one is only there. */
  state: 'committed' | 'changed' | 'uncommitted' | 'untracked' | 'deleted';
  /** Lines that no commit has brought yet. */
  uncommitted: LineRange[];
  /** Those that brought most of the lines first. */
  commits: WhyCommit[];
  /** The nearest reason first. */
  entries: WhyEntry[];
}

/**
 * Which commits brought the lines of a file, and which entries explain them. `target` is `PATH`, `PATH:LINE` or `PATH:FROM-TO`, as seen from the folder `dir` or
 * from the root. Renames and moved lines are followed. Throws a `Failure` of kind usage for what is no file of the repository or a line that it does not have.
 */
export async function whyPath(docket: Docket, dir: string, target: string): Promise<{ why: Why; diagnostics: Diagnostic[] }> {
  const { ledger, repository } = docket;
  const file = await findFile({ repository, revision: ledger.revision, dir }, target);
  const blame = await blameAsked(docket, file);
  const state = await stateOf(docket, file, blame);
  const lines = file.lines ?? { from: Math.min(1, blame.lines), to: blame.lines };
  const facts = new Map(ledger.commits.map((fact) => [fact.commit, fact]));
  const commits = blame.commits
    .map(({ commit, at, author, subject, lines: own, paths }): WhyCommit => ({ commit, at, author, subject, role: facts.get(commit)?.role ?? null, phase: facts.get(commit)?.phase ?? null, lines: own, paths }))
    .toSorted((a, b) => count(b.lines) - count(a.lines) || (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
  const entries = explainLines(ledger, file.path, file.lines, blame.commits).map(({ entry, reasons }): WhyEntry => Object.assign({}, entry, { reasons }));
  return { why: { path: file.path, lines, state, uncommitted: blame.uncommitted, commits, entries }, diagnostics: [...tellState(file, state, blame), ...tellBoundary(file, blame)] };
}

async function stateOf({ repository, ledger }: Docket, { present, blob, path }: AskedFile, { changed }: Blame): Promise<Why['state']> {
  if (blob === null) return (await findPaths(repository, { kind: 'index' }, [path])).has(path) ? 'uncommitted' : 'untracked';
  if (!present) return ledger.revision.source === 'commit' ? 'committed' : 'deleted';
  return changed ? 'changed' : 'committed';
}

const plain = { related: [], entry: null, fixable: false };

function tellState({ path }: AskedFile, state: Why['state'], { uncommitted }: Blame): Diagnostic[] {
  const tell = (message: string, next: string): Diagnostic[] => [{ ...plain, rule: 'uncommitted', level: 'info', message, place: { path, line: Math.max(1, uncommitted[0]?.from ?? 1) }, next }];
  if (state === 'untracked') return tell(`${path} is not tracked, so no commit explains it`, `git add -- ${quoteWord(path)}`);
  if (state === 'uncommitted') return tell(`${path} is not committed yet, so no commit explains it`, 'git commit');
  if (state === 'deleted') return tell(`${path} is gone from the working tree; this is its last commit`, `git checkout HEAD -- ${quoteWord(path)}`);
  if (state === 'changed' && uncommitted.length > 0) return tell(`${path}: ${count(uncommitted)} of its lines ${count(uncommitted) === 1 ? 'is' : 'are'} not committed yet`, 'git commit');
  return [];
}

function tellBoundary({ path }: AskedFile, { commits }: Blame): Diagnostic[] {
  if (!commits.some(({ boundary }) => boundary)) return [];
  return [{ ...plain, rule: 'shallow-clone', level: 'info', message: `this clone is shallow: lines of ${path} that seem to come from its edge may be older`, place: { path, line: 1 }, next: 'git fetch --unshallow' }];
}

function count(ranges: readonly LineRange[]): number {
  return ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0);
}
