import { commitFormat, stableLogOptions, stableDiffOptions, type Commit, type FileChange } from '../commit-format.ts';
import { parseLog } from '../parse-log.ts';
import { gitPathspecs, type Pathspecs } from '../pathspecs.ts';
import { readBlobs } from '../read-blobs.ts';
import { streamGit, type GitPlace } from '../run-git.ts';
import type { LineEdit } from './line-edit.ts';
import { asWalked, editsOf, patchOptions, type WalkedCommit } from './walk-commits.ts';

/** So many files are held at a time while their lines are counted. */
const filesAtOnce = 200;
/** Renames of the very same file only: to know a changed one again it would have to be read. */
const exactRenames = '--find-renames=100%';

/**
 * The same walk where some files cannot be read: a clone without all of them, or a damaged one. Commits that touch such a file are
 * `damaged`: their files count as wholly new.
 */
export async function walkDamaged(
  repository: GitPlace,
  range: { tip: string; known: readonly string[] },
  pathspecs: Pathspecs,
  matters: (commit: Commit) => boolean,
): Promise<WalkedCommit[]> {
  const revisions = [range.tip, ...range.known.map((id) => `^${id}`)];
  const paths = gitPathspecs(pathspecs);
  const commits: Commit[] = [];
  const args = ['--bare', 'log', ...stableLogOptions, exactRenames, commitFormat, '--ignore-missing', ...revisions, '--', ...paths];
  for await (const { commit } of parseLog(streamGit(repository, args), 'files')) commits.push(commit);

  const lines = await countLines(repository, commits);
  const isWhole = (file: FileChange): boolean => [file.before, file.after].every((id) => id === null || lines.has(id));
  const sound = commits.filter(({ files }) => files.length > 0 && files.every(isWhole));
  const edits = new Map<string, (LineEdit | null)[]>();
  const diff = ['--bare', 'diff-tree', '--stdin', '--always', '-r', '--root', ...stableDiffOptions, '--diff-merges=first-parent', exactRenames, ...patchOptions, '--no-notes', commitFormat, '--', ...paths];
  for await (const { commit, patches } of parseLog(streamGit(repository, diff, sound.map(({ commit: id }) => `${id}\n`).join('')), 'patches')) {
    edits.set(commit.commit, editsOf(commit.files, patches));
  }
  return commits.map((commit) => {
    const known = commit.files.length === 0 ? [] : edits.get(commit.commit);
    return asWalked(commit, { edits: known ?? commit.files.map((file) => wholeFile(file, lines)), damaged: known === undefined }, matters);
  });
}

/** The number of lines of every file that can be read, before and after all changes, by blob id. */
async function countLines(repository: GitPlace, commits: readonly Commit[]): Promise<Map<string, number>> {
  const ids = [...new Set(commits.flatMap(({ files }) => files.flatMap(({ before, after }) => [before, after])))].filter((id) => id !== null);
  const counts = new Map<string, number>();
  for (let from = 0; from < ids.length; from += filesAtOnce) {
    for (const [id, { bytes }] of await readBlobs(repository, ids.slice(from, from + filesAtOnce))) {
      if (bytes !== null) counts.set(id, linesIn(bytes));
    }
  }
  return counts;
}

function linesIn(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) count++;
  return bytes.length > 0 && bytes.at(-1) !== 10 ? count + 1 : count;
}

function wholeFile(file: FileChange, lines: ReadonlyMap<string, number>): LineEdit | null {
  if (file.after === null || !file.regular) return null;
  const newCount = lines.get(file.after) ?? 0;
  return { hunks: [{ oldStart: 0, oldCount: 0, newStart: 0, newCount }], pairs: [] };
}
