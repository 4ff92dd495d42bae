import type { Entry } from '../../contract/schema/entry.ts';
import { findCommits } from '../../git/landing/find-commits.ts';
import { listPaths } from '../../git/list-paths.ts';
import { readCommitsById } from '../../git/read-commits.ts';
import { landingRef } from '../../git/slow-git.ts';
import { openTouch } from '../../ledger/landing/open-touch.ts';
import { messagePatterns, readRevert } from '../../ledger/landing/read-declarations.ts';
import { readLandings } from '../../ledger/landing/read-landings.ts';
import type { LandingCommit } from '../../ledger/landing/types.ts';
import { isDocument, recordFolder } from '../../ledger/sources/select-files.ts';
import type { Pen } from '../writer/pen.ts';
import { findCommit, unknownCommit } from './find-commit.ts';

/** What a commit is worth as the closing of an entry. */
export interface JudgedClosing {
  commit: LandingCommit;
  /** How the closing line says it: `landed by ancestor`, or `by hand`. */
  how: string;
  /** Why it counts by hand only; null where it has landed and touches what the entry names. */
  why: string | null;
}

/**
 * Judges a commit that somebody names as the closing of an entry, as sync would: has it landed, and does it touch what the entry names?
 * Throws a usage failure for a commit that is not there or not the only one of its name.
 */
export async function judgeClosing(pen: Pen, entry: Entry, given: string): Promise<JudgedClosing> {
  const { repository, ledger } = pen.docket;
  const [commit] = await readAll(readCommitsById(repository, [await findCommit(pen, '--commit', given)], null));
  if (commit === undefined) throw unknownCommit('--commit', given, 'is not there');
  const isOwn = (path: string): boolean => isDocument(path, pen.vocabulary) || path.startsWith(`${recordFolder}/`);
  const paths = await listPaths(repository, commit.commit);
  const now = repository.head === null ? paths : await listPaths(repository, repository.head);
  const touch = await openTouch(repository, { isDocument: isOwn, exists: (path) => paths.has(path) || now.has(path) }, [{ item: entry, commit }]);
  const untouched = touch(entry, commit);
  if (untouched !== null) return { commit, how: 'by hand', why: untouched };
  const landing = await landingRef(repository, ledger.config.landing);
  if (landing === null) return { commit, how: 'by hand', why: 'has not landed' };
  const reverts = (await findCommits(repository, landing.commit, messagePatterns)).filter(({ message }) => readRevert(message) !== null);
  const landings = await readLandings({ repository, landing: landing.commit, commits: [commit], reverts, documents: [recordFolder], isDocument: isOwn });
  const found = landings.get(commit.commit);
  if (!found?.landed) return { commit, how: 'by hand', why: `has not landed on ${landing.name}` };
  if (found.revertedBy) return { commit, how: 'by hand', why: `was undone by ${found.revertedBy.commit.slice(0, 12)}` };
  return { commit, how: `landed by ${found.landed.route}`, why: null };
}

async function readAll<T>(all: AsyncIterable<T>): Promise<T[]> {
  const read: T[] = [];
  for await (const each of all) read.push(each);
  return read;
}
