import { Failure } from '../../contract/failure.ts';
import { lookInWorktree, locatePath } from '../../git/locate-path.ts';
import type { Repository } from '../../git/open-repository.ts';
import { findInCommit } from '../../git/read-tree.ts';
import { findLastCommit } from '../../git/find-last-commit.ts';
import type { LineRange } from '../../git/blame.ts';
import type { Revision } from '../../ledger/ledger.ts';
import { quoteArgument, quoteWord } from '../shell-word.ts';

/** The file that is asked for. At least one of the two is there. */
export interface AskedFile {
  path: string;
  /** It is in the working tree, and the working tree is asked for. */
  present: boolean;
  /** The blob under this path in the commit that is asked for, or that the working tree stands on. */
  blob: string | null;
  /** Null: all lines. */
  lines: LineRange | null;
}

/** Where to look: a commit, or the working tree on one. */
export interface FilePlace {
  repository: Repository;
  revision: Revision;
  /** The folder that paths are written from. */
  dir: string;
}

/**
 * The file and the lines that `PATH`, `PATH:LINE` or `PATH:FROM-TO` means. Throws a `Failure` of kind usage for what is no file: outside of the repository,
 * behind a link, a folder, gone, never there.
 */
export async function findFile(place: FilePlace, text: string): Promise<AskedFile> {
  const counted = /^(.+?):(\d{1,9})(?:[-–,](\d{1,9}))?$/su.exec(text);
  const readings = [{ written: text, lines: null }, ...(counted ? [{ written: counted[1] ?? '', lines: readRange(text, counted[2] ?? '', counted[3]) }] : [])];
  const wrong: Failure[] = [];
  for (const { written, lines } of readings) {
    for (const path of locate(place, written, readings.length > 1 && lines === null)) {
      const found = await look(place, path);
      if (found instanceof Failure) wrong.push(found);
      else if (found) return { ...found, path, lines };
    }
  }
  throw wrong.at(-1) ?? (await gone(place, readings.at(-1)?.written ?? text));
}

/** Of `a:1` the whole may lead nowhere although the file `a` is there. */
function locate({ repository, dir }: FilePlace, written: string, mayLeadOut: boolean): string[] {
  try {
    return locatePath(repository, dir, written);
  } catch (error) {
    if (mayLeadOut && error instanceof Failure) return [];
    throw error;
  }
}

function readRange(text: string, first: string, last: string | undefined): LineRange {
  const [from, to] = [Number(first), Number(last ?? first)];
  if (from < 1 || to < from) throw new Failure('usage', `Unexpected lines in "${text}", expected a line from 1, or the first and the last of some.`, { next: 'docket why --help' });
  return { from, to };
}

async function look({ repository, revision }: FilePlace, path: string): Promise<{ present: boolean; blob: string | null } | Failure | null> {
  if (path === '') return notAFile('.', 'a folder');
  const inTree = revision.source === 'commit' ? null : lookInWorktree(repository, path);
  if (inTree?.type === 'link') return aLink(path, inTree);
  if (inTree !== null && inTree.type !== 'file') return notAFile(path, inTree.type === 'folder' ? 'a folder' : 'no plain file');
  const committed = revision.commit === null ? null : await findInCommit(repository, revision.commit, path);
  if (inTree) return { present: true, blob: committed?.type === 'file' ? committed.id : null };
  if (committed === null) return null;
  if (committed.type === 'file') return { present: false, blob: committed.id };
  if (committed.type === 'link') return aLink(path, { at: committed.at, target: null });
  return notAFile(path, committed.type === 'folder' ? 'a folder' : 'part of a submodule');
}

function aLink(path: string, { at, target }: { at: string; target: string | null }): Failure {
  const where = at === path ? `${path} is a symbolic link` : `${path} lies behind the symbolic link ${at}`;
  return new Failure('usage', `${where}, and links are not followed.`, { next: target === null ? 'Ask for the file that it leads to.' : `docket why ${quoteArgument(target)}` });
}

function notAFile(path: string, what: string): Failure {
  return new Failure('usage', `${path} is ${what}, expected a file.`, { next: what === 'a folder' ? `git ls-files -- ${quoteWord(path)}` : 'docket why --help' });
}

/** A file that once was: the last commit that had it is named, to ask there. */
async function gone(place: FilePlace, written: string): Promise<Failure> {
  const { repository, revision } = place;
  const paths = locatePath(repository, place.dir, written);
  for (const path of paths) {
    const last = revision.commit === null || path === '' ? null : await findLastCommit(repository, revision.commit, path);
    if (last) return new Failure('usage', `There is no file ${path} any more; ${last.slice(0, 12)} took it away.`, { next: `docket why --at ${last.slice(0, 12)}^ ${quoteArgument(written)}` });
  }
  const where = revision.source === 'commit' ? ` in ${revision.commit?.slice(0, 12)}` : '';
  return new Failure('usage', `There is no file ${paths[0] ?? written}${where}.`, { next: `git ls-files -- ${quoteWord(`*${written.slice(written.lastIndexOf('/') + 1)}`)}` });
}
