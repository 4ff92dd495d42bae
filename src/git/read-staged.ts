import { createHash } from 'node:crypto';
import { emptyTree } from './file-listing.ts';
import type { Repository } from './open-repository.ts';
import { decodePath } from './path-names.ts';
import { runGit } from './run-git.ts';
import { unquotePath } from './unquote-path.ts';

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

/** One process of git; `-z` or quoted paths come on top. Renames are told as a file that goes and one that comes. */
export const stagedArguments: readonly string[] = [
  'diff-index', '--cached', '--ita-invisible-in-index', '--raw', '--no-abbrev', '--no-renames', '--no-ext-diff', '--no-textconv', '--no-relative', '--ignore-submodules=none',
];

/** What the index changes against a commit (null: against nothing). */
export async function readStaged(repository: Repository, onto: string | null): Promise<Staged> {
  const output = await runGit(repository, ['--bare', ...stagedArguments, '-z', onto ?? emptyTree[repository.objectFormat], '--']);
  return toStaged(splitRecords(output));
}

/** The same from what git said of it already, a line for each file, odd names in quotes. */
export function parseStaged(said: string): Staged {
  const lines = said.split('\n').filter((line) => line !== '');
  return toStaged(lines.map((line) => ({ head: line.slice(0, line.indexOf('\t')), path: unquotePath(Buffer.from(line.slice(line.indexOf('\t') + 1), 'utf8')) })));
}

interface StagedRecord {
  /** `:100644 100644 ID ID M`. */
  head: string;
  path: string;
}

function toStaged(records: readonly StagedRecord[]): Staged {
  const digest = createHash('sha256');
  for (const { head, path } of records) digest.update(`${head}\0${path}\0`);
  return { digest: digest.digest('hex'), files: records.map(toFile) };
}

function toFile({ head, path }: StagedRecord): StagedFile {
  const [from = '', to = '', before = '', after = '', status = ''] = head.slice(1).split(' ');
  return { path, before: from.startsWith('100') ? before : null, after: to.startsWith('100') && !/^0+$/.test(after) ? after : null, gone: status.startsWith('D') };
}

function splitRecords(output: Buffer): StagedRecord[] {
  const records: StagedRecord[] = [];
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(0, at);
    const pathEnd = output.indexOf(0, end + 1);
    if (end < 0 || pathEnd < 0) break;
    records.push({ head: output.toString('latin1', at, end), path: decodePath(output.subarray(end + 1, pathEnd)) });
    at = pathEnd + 1;
  }
  return records;
}
