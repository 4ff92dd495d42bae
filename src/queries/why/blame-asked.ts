import { blameFile, type BlamedCommit, type LineRange } from '../../git/blame.ts';
import { Failure } from '../../contract/failure.ts';
import { readBlobs } from '../../git/read-blobs.ts';
import { readWorktreeFile } from '../../git/read-worktree.ts';
import type { Docket } from '../../ledger/open-docket.ts';
import { compareLines, keptLines, splitLines } from '../../ledger/history/compare-lines.ts';
import { quoteArgument } from '../shell-word.ts';
import type { AskedFile } from './find-file.ts';

/** Who brought which lines of a file, and which are in no commit yet. Lines are those of the file that was asked for. */
export interface Blame {
  commits: BlamedCommit[];
  uncommitted: LineRange[];
  /** Of the whole file. */
  lines: number;
  /** The working file differs from that of the commit, be it by lines that went. */
  changed: boolean;
}

/** Blames the asked lines; those of a working file through what was changed in it since. Throws a `Failure` for a file that cannot be read, or is shorter. */
export async function blameAsked({ repository, cache, ledger }: Docket, file: AskedFile): Promise<Blame> {
  const { commit } = ledger.revision;
  const { path, blob } = file;
  const committed = blob === null ? null : readOr(path, (await readBlobs(repository, [blob])).get(blob));
  const now = file.present ? readOr(path, readWorktreeFile(repository, path)) : (committed ?? []);
  const asked = { from: file.lines?.from ?? 1, to: file.lines?.to ?? now.length };
  if (asked.to > now.length) throw new Failure('usage', `${path} has ${now.length} lines, expected one of them instead of ${asked.to}.`, { next: `docket why ${quoteArgument(path)}` });
  if (committed === null || commit === null) return { commits: [], uncommitted: now.length === 0 ? [] : [asked], lines: now.length, changed: true };
  const lines = mapLines(committed, now);
  const ranges = file.lines === null ? null : lines.toOld(asked);
  const blamed = now.length === 0 ? [] : await blameFile(repository, commit, path, ranges, cache);
  const commits = blamed.map((each) => Object.assign(each, { lines: each.lines.flatMap((range) => lines.toNew(range)) })).filter((each) => each.lines.length > 0);
  return { commits, uncommitted: lines.added(asked), lines: now.length, changed: committed.join('\n') !== now.join('\n') };
}

/** Line ends are left out of account: git may have written the working file with others. */
function readOr(path: string, content: { bytes: Buffer | null; unreadable: string | null } | undefined): string[] {
  if (content?.bytes) return splitLines(content.bytes).map((line) => line.replace(/\r$/, ''));
  throw new Failure('unreadable', `${path} cannot be read: ${content?.unreadable ?? 'it is gone'}`, { place: { path, line: 1 } });
}

/** Lines of a file before and after what is not committed. */
interface LineMap {
  toOld(range: LineRange): LineRange[];
  toNew(range: LineRange): LineRange[];
  /** Lines that no old one became. */
  added(range: LineRange): LineRange[];
}

function mapLines(before: readonly string[], after: readonly string[]): LineMap {
  const kept = keptLines(compareLines(before, after));
  const newOf = new Map([...kept.entries()].flatMap(([line, old]) => (old > 0 ? [[old, line] as const] : [])));
  return {
    toOld: (range) => runsOf(linesOf(range).flatMap((line) => kept[line] || [])),
    toNew: (range) => runsOf(linesOf(range).flatMap((old) => newOf.get(old) ?? [])),
    added: (range) => runsOf(linesOf(range).filter((line) => kept[line] === 0)),
  };
}

function linesOf({ from, to }: LineRange): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}

/** Rising numbers as runs. */
function runsOf(lines: readonly number[]): LineRange[] {
  const runs: LineRange[] = [];
  for (const line of lines) {
    const last = runs.at(-1);
    if (last?.to === line - 1) last.to = line;
    else runs.push({ from: line, to: line });
  }
  return runs;
}
