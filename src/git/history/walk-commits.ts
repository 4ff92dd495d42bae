import { commitFormat, stableLogOptions, type Commit, type FileChange } from '../commit-format.ts';
import { parseLog } from '../parse-log.ts';
import { emptyPatch, type FilePatch } from '../parse-patch.ts';
import { gitPathspecs, type Pathspecs } from '../pathspecs.ts';
import { streamGit, type GitPlace } from '../run-git.ts';
import { editOfPatch, type LineEdit } from './line-edit.ts';
import { namesAtRoot, namesEverAtRoot, withNames } from './root-names.ts';

/**
 * The same lines as changed that `git blame` takes for changed: no lines of context, the algorithm of Myers, hunks slid by
 * indentation, and every file as text.
 */
export const patchOptions: readonly string[] = ['--patch', '--unified=0', '--inter-hunk-context=0', '--text', '--diff-algorithm=myers', '--indent-heuristic'];

/** A commit as the walk met it. */
export interface WalkedCommit {
  id: string;
  parents: readonly string[];
  /** It changed a file that is asked for, or its message matters. */
  relevant: boolean;
  /** Null where nobody will ask for it: it is neither relevant nor a merge. */
  commit: Commit | null;
  /** `edits[i]` belongs to `commit.files[i]`. */
  edits: (LineEdit | null)[];
  /** Some of the files before or after cannot be read, and the edits are against empty files. */
  damaged: boolean;
}

/** All commits reachable from `tip` and from none of `known`, in one walk of git, in its order. Texts are read and dropped. */
export async function walkCommits(
  repository: GitPlace,
  range: { tip: string; known: readonly string[] },
  pathspecs: Pathspecs,
  matters: (commit: Commit) => boolean,
): Promise<WalkedCommit[]> {
  const patterns = pathspecs.rootNames.length > 0 && range.known.length === 0 ? withNames(pathspecs, await namesAtRoot(repository, range.tip, pathspecs)) : null;
  if (patterns === null) return walkOnce(repository, range, pathspecs, matters);
  // A few names are a good guess, and are checked while git walks; a name that only older commits have makes it walk again.
  const [walked, names] = await Promise.all([walkOnce(repository, range, patterns, matters), namesEverAtRoot(repository, range.tip, pathspecs)]);
  if (names?.every((name) => patterns.rootNames.includes(name))) return walked;
  return walkOnce(repository, range, (names && withNames(pathspecs, names)) ?? pathspecs, matters);
}

async function walkOnce(
  repository: GitPlace,
  range: { tip: string; known: readonly string[] },
  pathspecs: Pathspecs,
  matters: (commit: Commit) => boolean,
): Promise<WalkedCommit[]> {
  // A tip of which git no longer knows anything (after a rebase and a gc) leaves nothing out.
  const revisions = [range.tip, ...range.known.map((id) => `^${id}`)];
  const args = ['--bare', 'log', ...stableLogOptions, ...patchOptions, commitFormat, '--ignore-missing', ...revisions, '--', ...gitPathspecs(pathspecs)];
  const walked: WalkedCommit[] = [];
  for await (const { commit, patches } of parseLog(streamGit(repository, args), 'patches')) {
    walked.push(asWalked(commit, { edits: commit.files.length === 0 ? noEdits : editsOf(commit.files, patches), damaged: false }, matters));
  }
  return walked;
}

/** A commit as far as the history will ask for it. */
export function asWalked(commit: Commit, changed: Pick<WalkedCommit, 'edits' | 'damaged'>, matters: (commit: Commit) => boolean): WalkedCommit {
  const { commit: id, parents, files } = commit;
  const relevant = files.length > 0 || matters(commit);
  return { id, parents, relevant, commit: relevant ? commit : parents.length > 1 ? withoutWords(commit) : null, ...changed };
}

/** A merge that only joins what others did is asked for its parents alone. */
function withoutWords(commit: Commit): Commit {
  return { ...commit, subject: '', body: '', message: '', author: nobody };
}

const nobody: Commit['author'] = { name: '', email: '' };

/** Shared by the many commits that change none of the files. */
const noEdits: (LineEdit | null)[] = [];

/** What a commit did to each of its files; null where none is left, or no regular one. */
export function editsOf(files: readonly FileChange[], patches: readonly FilePatch[]): (LineEdit | null)[] {
  return files.map((file, index) => (file.after === null || !file.regular ? null : editOfPatch(lastOf(patches[index], file.status))));
}

/** Where a link became a file, the patch says what went and then what came; there is nothing before the latter. */
function lastOf(patch: FilePatch | undefined, status: string): FilePatch {
  if (patch === undefined) return emptyPatch();
  return status === 'T' ? { hunks: patch.hunks.filter((hunk) => hunk.oldCount === 0), removed: null, added: null } : patch;
}
