import type { LandingCommit } from './types.ts';

/** What one hunk takes away and puts in its place. */
interface Hunk {
  removed: string[];
  added: string[];
}

type Hunks = ReadonlyMap<string, readonly Hunk[]>;

function holdsRun(lines: readonly string[], run: readonly string[]): boolean {
  const last = lines.length - run.length;
  for (let start = 0; start <= last; start += 1) if (run.every((line, index) => lines[start + index] === line)) return true;
  return false;
}

/**
 * True when a larger diff contains every hunk of a fix: in the same file, its added lines in one run and its removed lines in one run. Files
 * that `ignore` names do not count; a fix with nothing else is contained in nothing.
 */
export function containsHunks(larger: Hunks, fix: Hunks, ignore: (path: string) => boolean): boolean {
  const files = [...fix].filter(([path]) => !ignore(path));
  return (
    files.length > 0 &&
    files.every(([path, hunks]) => {
      const others = larger.get(path);
      return others !== undefined && hunks.every((hunk) => others.some((other) => holdsRun(other.added, hunk.added) && holdsRun(other.removed, hunk.removed)));
    })
  );
}

/** True when a message cites a commit: by 7 or more digits of its sha, or by its subject on a line of its own (bullets and a PR number may stand around it). */
export function cites(message: string, commit: Pick<LandingCommit, 'commit' | 'subject'>): boolean {
  for (const hit of message.matchAll(/\b[0-9a-f]{7,64}\b/giu)) if (commit.commit.startsWith(hit[0].toLowerCase())) return true;
  const subject = commit.subject.trim();
  if (subject.length < 8) return false;
  return message.split('\n').some((line) => line.replace(/^[\s*+•-]+/u, '').replace(/\s*\(#\d+\)\s*$/u, '').trim() === subject);
}
