import { createHash } from 'node:crypto';
import { emptyTree } from './file-listing.ts';
import type { Repository } from './open-repository.ts';
import { decodePath } from './path-names.ts';
import { runGit } from './run-git.ts';

/** What the index has otherwise than a commit: one file. */
export interface StagedFile {
  path: string;
  /** Blobs of regular files; null where there is none, or something else than a file. */
  before: string | null;
  after: string | null;
  gone: boolean;
}

export interface Staged {
  /** Names all of it: with the commit it says what the whole index holds. */
  digest: string;
  files: StagedFile[];
}

/** What the index changes against a commit (null: against nothing), renames told as a file that goes and one that comes. One process of git. */
export async function readStaged(repository: Repository, onto: string | null): Promise<Staged> {
  const args = ['--bare', 'diff-index', '--cached', '--ita-invisible-in-index', '--raw', '-z', '--no-abbrev', '--no-renames', '--no-ext-diff', '--no-textconv', '--ignore-submodules=none'];
  const output = await runGit(repository, [...args, onto ?? emptyTree[repository.objectFormat], '--']);
  return { digest: createHash('sha256').update(output).digest('hex'), files: parseRaw(output) };
}

/** `:100644 100644 ID ID M NUL PATH NUL`. */
function parseRaw(output: Buffer): StagedFile[] {
  const files: StagedFile[] = [];
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(0, at);
    const pathEnd = output.indexOf(0, end + 1);
    if (end < 0 || pathEnd < 0) break;
    const [from = '', to = '', before = '', after = '', status = ''] = output.toString('latin1', at + 1, end).split(' ');
    files.push({ path: decodePath(output.subarray(end + 1, pathEnd)), before: from.startsWith('100') ? before : null, after: to.startsWith('100') && !/^0+$/.test(after) ? after : null, gone: status.startsWith('D') });
    at = pathEnd + 1;
  }
  return files;
}
