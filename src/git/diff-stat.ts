import { runGit, type GitPlace } from './run-git.ts';

/** What a file gained and lost between two commits; nulls for a binary one. */
export interface FileStat {
  path: string;
  added: number | null;
  deleted: number | null;
}

/** The files that differ between two commits, by path; `from` null: against nothing. Renames are two files. Executes no external diff. */
export async function readDiffStat(repository: GitPlace, from: string | null, to: string): Promise<FileStat[]> {
  const before = from ?? (await runGit(repository, ['--bare', 'hash-object', '-t', 'tree', '--stdin'])).toString('latin1').trim();
  const out = await runGit(repository, ['--bare', 'diff-tree', '-r', '-z', '--numstat', '--no-renames', '--no-ext-diff', '--no-textconv', before, to]);
  return out.toString('utf8').split('\0').flatMap((row) => {
    const found = /^(\d+|-)\t(\d+|-)\t(.+)$/su.exec(row);
    return found ? [{ path: found[3] ?? '', added: countOf(found[1]), deleted: countOf(found[2]) }] : [];
  });
}

function countOf(text: string | undefined): number | null {
  return text === undefined || text === '-' ? null : Number(text);
}
