import { openObjectReader } from './object-reader.ts';
import type { GitPlace } from './run-git.ts';

/** The ids of the trees of one folder in some commits, in their order; null where a commit has no such folder. */
export async function readFolderIds(repository: GitPlace, commits: readonly string[], folder: string): Promise<(string | null)[]> {
  const reader = openObjectReader(repository);
  try {
    const trees = await Promise.all(commits.map((commit) => reader.read(`${commit}:${folder}`)));
    return trees.map((tree) => (tree?.type === 'tree' ? tree.id : null));
  } finally {
    reader.close();
  }
}
