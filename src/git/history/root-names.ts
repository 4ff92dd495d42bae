import type { Pathspecs } from '../pathspecs.ts';
import { gitPathspecs, rootNameMatcher } from '../pathspecs.ts';
import { decodePath } from '../path-names.ts';
import { runGit, streamGit, type GitPlace } from '../run-git.ts';

/** More names than this are not worth to be listed one by one. */
const mostNames = 200;

/** Files that fit the patterns at the root of a commit. */
export async function namesAtRoot(repository: GitPlace, commit: string, pathspecs: Pathspecs): Promise<string[]> {
  const matches = rootNameMatcher(pathspecs);
  const records = splitRecords(await runGit(repository, ['--bare', 'ls-tree', '-z', commit]));
  return records.flatMap((record) => {
    const name = decodePath(record.subarray(record.indexOf(9) + 1));
    return record[0] === blobMode && matches(name) ? [name] : [];
  });
}

/**
 * Files that fit the patterns at the root of any commit at or above a tip; null where a folder does. Looks at root folders only, which costs a fraction of
 * what a pattern costs a walk: with one, git opens every folder that a commit changed.
 */
export async function namesEverAtRoot(repository: GitPlace, tip: string, { rootNames }: Pathspecs): Promise<string[] | null> {
  const commits = streamGit(repository, ['--bare', 'rev-list', tip]);
  const args = ['--bare', 'diff-tree', '--stdin', '--root', '--no-commit-id', '--raw', '-z', '--no-renames', '--no-ext-diff', '--diff-merges=first-parent'];
  const records = splitRecords(await runGit(repository, [...args, '--', ...gitPathspecs({ folders: [], rootNames })], commits));
  const names = new Set<string>();
  for (let index = 0; index < records.length; index += 2) {
    if (/^:040000 |^:\d+ 040000 /.test(records[index]?.toString('latin1') ?? '')) return null;
    names.add(decodePath(records[index + 1] ?? Buffer.alloc(0)));
  }
  return [...names];
}

/** Modes of files and links begin with `1`. */
const blobMode = 49;

function splitRecords(out: Buffer): Buffer[] {
  const records: Buffer[] = [];
  for (let start = 0, end = out.indexOf(0); end >= 0; start = end + 1, end = out.indexOf(0, start)) records.push(out.subarray(start, end));
  return records;
}

/** The pathspecs with these names in place of the patterns; null where a pattern is the better way. */
export function withNames(pathspecs: Pathspecs, names: Iterable<string>): Pathspecs | null {
  const listed = [...new Set(names)].toSorted();
  // What a command line cannot hold, and what would be a pattern again.
  const isOdd = listed.length > mostNames || listed.some((name) => /[\\*?[\]\n]/.test(name));
  return isOdd ? null : { folders: pathspecs.folders, rootNames: listed };
}
