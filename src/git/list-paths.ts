import { decodePath } from './path-names.ts';
import { runGit, type GitPlace } from './run-git.ts';

/** All files of a commit and the folders that hold them, as paths from the root. */
export async function listPaths(repository: GitPlace, commit: string): Promise<Set<string>> {
  const out = await runGit(repository, ['--bare', 'ls-tree', '-r', '-t', '-z', '--name-only', '--full-tree', commit]);
  const paths = new Set<string>();
  let start = 0;
  for (let end = out.indexOf(0); end !== -1; end = out.indexOf(0, start)) {
    paths.add(decodePath(out.subarray(start, end)));
    start = end + 1;
  }
  return paths;
}
