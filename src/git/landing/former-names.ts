import { decodePath } from '../path-names.ts';
import { runGit, type GitPlace } from '../run-git.ts';

/** The names that a file of a commit had before it, by following renames backwards from there; newest first, without the present name. */
export async function readFormerNames(repository: GitPlace, commit: string, path: string): Promise<string[]> {
  const args = ['--bare', 'log', '--follow', '--find-renames=50%', '--diff-filter=R', '--name-only', '-z', '--format=', '--no-ext-diff', '--no-textconv', '--name-status', commit, '--', `:(top,literal)${path}`];
  const out = await runGit(repository, args.filter((arg) => arg !== '--name-only'));
  const fields = out.toString('latin1').split('\0');
  const names: string[] = [];
  for (const [index, field] of fields.entries()) {
    if (/^\n?R\d*$/.test(field)) names.push(decodePath(Buffer.from(fields[index + 1] ?? '', 'latin1')));
  }
  return names.filter((name) => name !== '' && name !== path);
}
