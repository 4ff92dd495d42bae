import type { Diagnostic } from '../../contract/schema/envelope.ts';
import type { Entry } from '../../contract/schema/entry.ts';
import { branchesOnRemotes } from '../../git/landing/reach.ts';
import { changedPaths } from '../../git/scope/compare-files.ts';
import { filesOfCommit, filesOfWorktree } from '../../git/scope/read-files.ts';
import { scopeOf } from '../../git/scope/scope.ts';
import { runGit } from '../../git/run-git.ts';
import { wholeOf } from '../../ledger/isolation/withheld.ts';
import type { Docket } from '../../ledger/open-docket.ts';
import { lintDocuments } from '../../queries/lint-documents.ts';
import { findHiddenAttempts, type HiddenAttempt } from './find-hidden-attempts.ts';
import { judgeFreshness, type CodeNow, type Freshness } from './freshness.ts';

/** What git and the files say beside the record, when a gate is judged. */
export interface GateFacts {
  /** Paths outside of the record that are not committed. */
  dirty: string[];
  /** There is a remote, and no remote-tracking branch has HEAD. */
  unpushed: boolean;
  /** By id of a reproduction with a receipt. */
  freshness: ReadonlyMap<string, Freshness>;
  /** Failed attempts that were committed and taken out again, by id of the reproduction. */
  hidden: ReadonlyMap<string, HiddenAttempt[]>;
  /** What the reproductions lack, and what is only reasoned in the documents that hold them. */
  lint: Diagnostic[];
}

/** Reads the facts for some reproductions. Executes nothing. Null where there is no commit yet. */
export async function readGateFacts(docket: Docket, reproductions: readonly Entry[]): Promise<GateFacts | null> {
  const now = await readCodeNow(docket);
  if (now === null) return null;
  const freshness = new Map<string, Freshness>();
  const hidden = new Map<string, HiddenAttempt[]>();
  for (const entry of reproductions) {
    // What is hidden from who asks is judged all the same.
    const whole = wholeOf(entry);
    const { recording } = whole;
    if (recording !== undefined && recording.receipt !== null && recording.state !== 'superseded') {
      freshness.set(entry.id, await judgeFreshness(docket.repository, whole, recording, now.code));
      hidden.set(entry.id, await findHiddenAttempts(docket, whole, now.code.head));
    }
  }
  const paths = new Set(reproductions.map(({ place }) => place.path));
  const documents = docket.ledger.documents.filter(({ path }) => paths.has(path));
  return { dirty: now.dirty, unpushed: await isUnpushed(docket, now.code.head), freshness, hidden, lint: documents.length === 0 ? [] : (await lintDocuments(docket, documents)).findings };
}

async function readCodeNow({ repository, ledger: { revision } }: Docket): Promise<{ code: CodeNow; dirty: string[] } | null> {
  const head = revision.commit;
  const committed = head === null ? null : await filesOfCommit(repository, head);
  if (head === null || committed === null) return null;
  if (revision.source === 'commit') return { code: { head, files: committed, filtered: new Map() }, dirty: [] };
  const { files, filtered } = await filesOfWorktree(repository);
  const everything = scopeOf([]);
  const dirty = new Set([...changedPaths(committed, files, everything), ...[...filtered.keys()].filter(everything)]);
  return { code: { head, files, filtered }, dirty: [...dirty].toSorted() };
}

async function isUnpushed({ repository, ledger: { revision } }: Docket, head: string): Promise<boolean> {
  if (revision.source === 'commit' || (await runGit(repository, ['--bare', 'remote'])).length === 0) return false;
  return (await branchesOnRemotes(repository, head)).length === 0;
}
