import type { Source } from './file-listing.ts';
import { decodePath } from './path-names.ts';
import { runGit, type GitPlace } from './run-git.ts';

/** A file or symbolic link of a commit or the index. */
export interface TrackedFile {
  path: string;
  /** `100644`, `100755`, or `120000` for a link, whose bytes are where it leads. */
  mode: string;
  blob: string;
}

/**
 * The files and links of a commit or the index below some folders; below the root when there are none. One process of git. Of a path that is not
 * merged our side counts, else theirs. Throws a `Failure` of kind usage for an unknown revision.
 */
export async function listTracked(repository: GitPlace, source: Exclude<Source, { kind: 'worktree' }>, folders: readonly string[]): Promise<TrackedFile[]> {
  const output =
    source.kind === 'commit'
      ? await runGit(repository, ['--bare', 'ls-tree', '-r', '-z', '--full-tree', '--end-of-options', source.rev, '--', ...folders])
      : await runGit(repository, ['--bare', 'ls-files', '-z', '--stage', '--full-name', '--', ...folders.map((folder) => `:(top,literal)${folder}`)]);
  const files = new Map<string, TrackedFile & { stage: string }>();
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(0, at);
    const tab = output.indexOf(9, at);
    if (end < 0 || tab < 0) break;
    const [mode = '', second = '', third = ''] = output.toString('latin1', at, tab).split(' ');
    const path = decodePath(output.subarray(tab + 1, end));
    // `MODE TYPE ID` in a tree, `MODE ID STAGE` in the index.
    const file = source.kind === 'commit' ? { path, mode, blob: third, stage: '0' } : { path, mode, blob: second, stage: third };
    if (mode !== '160000' && files.get(path)?.stage !== '2') files.set(path, file);
    at = end + 1;
  }
  return [...files.values()].map(({ path, mode, blob }) => ({ path, mode, blob }));
}
