import { readTrees } from './read-trees.ts';
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

/**
 * The stable patch-ids of all that lies between pairs of commits, by the tree of the later one: what a squash of that stretch would have. Three processes of
 * git for all of them.
 */
export async function readRangePatchIds(repository: GitPlace, ranges: readonly { from: string; to: string }[], without: readonly string[]): Promise<(to: string) => string | null> {
  const trees = await readTrees(repository, [...new Set(ranges.flatMap(({ from, to }) => [from, to]))]);
  const pairs = ranges.flatMap(({ from, to }) => (trees.has(from) && trees.has(to) ? [`${trees.get(to)} ${trees.get(from)}\n`] : []));
  if (pairs.length === 0) return () => null;
  const limit = ['--', ':(top)', ...without.map((path) => `:(top,exclude,literal)${path}`)];
  // git names a pair of trees by its first, so the later one stands there, and the patch is turned round, its prefixes too.
  const patches = streamGit(repository, ['--bare', 'diff-tree', '--stdin', '-R', '--src-prefix=b/', '--dst-prefix=a/', '-r', ...diffOptions, ...limit], [...new Set(pairs)].join(''));
  const ids = parseIds(await runGit(repository, ['patch-id', '--stable'], patches));
  return (to) => ids.get(trees.get(to) ?? '') ?? null;
}
