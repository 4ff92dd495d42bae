import { runGit, type GitPlace } from '../run-git.ts';

/** What one hunk takes away and puts in its place; lines without their ends. */
export interface TextHunk {
  removed: string[];
  added: string[];
}

/** Beyond this a patch is not compared hunk by hunk. */
const patchLimit = 16 * 1024 * 1024;

/** The hunks of a commit against its first parent, by path after the change; null when they are too many to compare. */
export async function readHunks(repository: GitPlace, commit: string): Promise<Map<string, TextHunk[]> | null> {
  const args = ['--bare', 'diff-tree', '-r', '--root', '--no-commit-id', '-m', '--first-parent', '-p', '-U0', '--no-color', '--no-ext-diff', '--no-textconv', '--find-renames=50%', '--no-relative', '-z', commit];
  const patch = await runGit(repository, args.filter((arg) => arg !== '-z'));
  if (patch.length > patchLimit) return null;
  return parseHunks(patch.toString('latin1'));
}

function parseHunks(patch: string): Map<string, TextHunk[]> {
  const files = new Map<string, TextHunk[]>();
  let path: string | null = null;
  let hunk: TextHunk | null = null;
  let left = 0;
  for (const line of patch.split('\n')) {
    if (hunk && left > 0 && (line.startsWith('-') || line.startsWith('+'))) {
      (line.startsWith('-') ? hunk.removed : hunk.added).push(line.slice(1));
      left -= 1;
      continue;
    }
    const header = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/.exec(line);
    if (header && path !== null) {
      left = Number(header[1] ?? 1) + Number(header[2] ?? 1);
      hunk = { removed: [], added: [] };
      files.get(path)?.push(hunk);
      continue;
    }
    const name = /^(?:\+\+\+ b\/|--- a\/)(.*?)\t?$/.exec(line) ?? /^(?:\+\+\+ "b\/|--- "a\/)(.*)"\t?$/.exec(line);
    if (name) {
      path = name[1] ?? '';
      if (!files.has(path)) files.set(path, []);
    }
  }
  for (const [file, hunks] of files) if (hunks.length === 0) files.delete(file);
  return files;
}
