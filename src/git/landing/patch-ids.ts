import { runGit, streamGit, type GitPlace } from '../run-git.ts';

const diffOptions = ['--no-color', '--no-ext-diff', '--no-textconv', '--no-renames', '--no-relative', '--full-index', '-p', '-U3', '--diff-algorithm=myers', '--no-indent-heuristic'];

function parseIds(out: Buffer): Map<string, string> {
  const ids = new Map<string, string>();
  for (const line of out.toString('latin1').split('\n')) {
    const [patch, commit] = line.split(' ');
    if (patch && commit) ids.set(commit, patch);
  }
  return ids;
}

/**
 * The stable patch-ids (`git patch-id --stable`) of single commits, by commit. Paths below `without` are left out, so that a fix keeps its
 * id when the record beside it is merged differently; a commit that changes nothing else has no id. Merges have none. The patches go from
 * one process of git to the other piece by piece, however long they are.
 */
export async function readPatchIds(repository: GitPlace, commits: readonly string[], without: readonly string[]): Promise<Map<string, string>> {
  if (commits.length === 0) return new Map();
  const limit = ['--', ':(top)', ...without.map((path) => `:(top,exclude,literal)${path}`)];
  const patches = streamGit(repository, ['--bare', 'diff-tree', '--stdin', '-r', '--root', ...diffOptions, ...limit], commits.map((commit) => `${commit}\n`).join(''));
  return parseIds(await runGit(repository, ['patch-id', '--stable'], patches));
}

/** The stable patch-id of all that lies between two commits: what a squash of that stretch would have. Null when nothing changed. */
export async function readRangePatchId(repository: GitPlace, from: string, to: string, without: readonly string[]): Promise<string | null> {
  const limit = ['--', ':(top)', ...without.map((path) => `:(top,exclude,literal)${path}`)];
  const patch = streamGit(repository, ['--bare', 'diff-tree', '-r', ...diffOptions, from, to, ...limit]);
  return [...parseIds(await runGit(repository, ['patch-id', '--stable'], named(patch))).values()][0] ?? null;
}

/** `git patch-id` wants to know of which commit a patch is. */
async function* named(patch: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield Buffer.from(`commit ${'0'.repeat(40)}\n`);
  yield* patch;
}
