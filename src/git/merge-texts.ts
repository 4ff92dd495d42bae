import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { explainFailure } from './explain-failure.ts';
import { tryGit } from './run-git.ts';

/** Three versions of one text, lines as bytes. */
export interface Versions {
  base: Uint8Array;
  ours: Uint8Array;
  theirs: Uint8Array;
}

export interface MergeStyle {
  /** Length of the conflict marks; git asks for longer ones where it merges the common ancestors of a merge. */
  markerSize: number;
  /** What stands behind the marks. */
  labels: { base: string; ours: string; theirs: string };
}

export interface MergedText {
  bytes: Buffer;
  /** Number of conflicts, which stand in `bytes` between git's marks. */
  conflicts: number;
}

/** More conflicts than this `git merge-file` does not count. */
const mostConflicts = 127;

/**
 * What git makes of a three-way merge of texts, as it would without a driver of our own, in the style that the user's configuration asks for.
 * Null where git takes them for binary. Throws a `Failure` when git cannot be run.
 */
export async function mergeTexts({ base, ours, theirs }: Versions, { markerSize, labels }: MergeStyle): Promise<MergedText | null> {
  const folder = mkdtempSync(join(tmpdir(), 'docket-merge-'));
  try {
    const files = Object.entries({ ours, base, theirs }).map(([name, bytes]) => {
      const file = join(folder, name);
      writeFileSync(file, bytes, { mode: 0o600 });
      return file;
    });
    const names = [labels.ours, labels.base, labels.theirs].flatMap((label) => ['-L', label]);
    const args = ['merge-file', '-p', '--quiet', `--marker-size=${markerSize}`, ...names, ...files];
    const place = { directory: process.cwd(), environment: {} };
    const outcome = await tryGit(place, args);
    if (outcome.code > mostConflicts) {
      if (/cannot merge binary/iu.test(outcome.stderr) || [base, ours, theirs].some((bytes) => bytes.includes(0))) return null;
      throw explainFailure(place.directory, args, outcome);
    }
    return { bytes: outcome.stdout, conflicts: outcome.code };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
