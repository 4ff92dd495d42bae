import { encodePath } from './path-names.ts';
import { runGit, type GitPlace } from './run-git.ts';

/** The blobs that a file has had up to a commit, oldest first, each once; renames are not followed. One process of git. */
export async function listPastBlobs(place: GitPlace, commit: string, path: string): Promise<string[]> {
  const input = Buffer.concat([Buffer.from(`${commit}\n--\n:(top,literal)`), encodePath(path), Buffer.from('\n')]);
  const output = await runGit(place, ['--bare', 'log', '--format=', '--raw', '--no-abbrev', '--no-renames', '--no-ext-diff', '--no-textconv', '-z', '--full-history', '--stdin'], input);
  const blobs = output.toString('latin1').split('\0').flatMap((record) => /^\n?:\d+ 100\d+ [0-9a-f]+ ([0-9a-f]+) /.exec(record)?.[1] ?? []);
  return [...new Set(blobs.toReversed())];
}
