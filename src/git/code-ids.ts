import { createHash } from 'node:crypto';
import { openObjectReader, type ObjectReader } from './object-reader.ts';
import type { GitPlace } from './run-git.ts';

/** The code of a commit: the same for all commits that have the same files but for one folder of the root. */
export interface CommitCode {
  id: string;
  /** Commit time, in seconds since 1970. */
  at: number;
}

/** The code of some commits without what lies below `folder`, by commit; those that are not here are left out. One process of git, whatever their number. */
export async function readCodeIds(repository: GitPlace, commits: readonly string[], folder: string): Promise<Map<string, CommitCode>> {
  const found = new Map<string, CommitCode>();
  if (commits.length === 0) return found;
  const reader = openObjectReader(repository);
  try {
    await Promise.all(commits.map(async (commit) => {
      const code = await readCode(reader, commit, folder);
      if (code !== null) found.set(commit, code);
    }));
    return found;
  } finally {
    reader.close();
  }
}

async function readCode(reader: ObjectReader, commit: string, folder: string): Promise<CommitCode | null> {
  const [tree, own] = await Promise.all([reader.read(`${commit}^{tree}`), reader.read(commit)]);
  const [bytes, header] = [tree?.bytes ?? null, own?.bytes ?? null];
  if (bytes === null || header === null) return null;
  const at = /^committer .* (\d+) [+-]\d{4}$/mu.exec(header.toString('latin1'))?.[1] ?? '0';
  return { id: digestWithout(bytes, folder, commit.length / 2), at: Number(at) };
}

/** A tree is a row of `MODE NAME\0ID`. */
function digestWithout(tree: Buffer, folder: string, idLength: number): string {
  const digest = createHash('sha256');
  for (let from = 0; from < tree.length; ) {
    const end = tree.indexOf(0, from);
    if (end < 0) break;
    const next = end + 1 + idLength;
    if (tree.subarray(tree.indexOf(0x20, from) + 1, end).toString('latin1') !== folder) digest.update(tree.subarray(from, next));
    from = next;
  }
  return digest.digest('hex');
}
