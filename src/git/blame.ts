import { isUtf8 } from 'node:buffer';
import type { Cache } from './cache-store.ts';
import { utcTime } from './commit-format.ts';
import { openHistory } from './history/open-history.ts';
import type { Repository } from './open-repository.ts';
import { encodePath } from './path-names.ts';
import { runGit } from './run-git.ts';
import { readShallowBoundary } from './shallow-boundary.ts';
import { unquotePath } from './unquote-path.ts';

export interface LineRange {
  from: number;
  to: number;
}

/** A commit and the lines that it brought to a file as it now is. */
export interface BlamedCommit {
  commit: string;
  author: string;
  /** Commit time, UTC. */
  at: string;
  subject: string;
  /** The names under which it changed these lines: of the file then, or of the file that they were moved from. */
  paths: string[];
  /** In the order of the file, from 1. */
  lines: LineRange[];
  /** At the edge of a shallow clone: the lines may be older. */
  boundary: boolean;
}

/**
 * Who brought the lines of a file of a commit, through renames and moves inside the file and between files of one commit. `ranges` null: all lines. Runs no
 * program that the repository's configuration names. Throws a `Failure` of kind unreadable when git cannot read it.
 */
export async function blameFile(repository: Repository, commit: string, path: string, ranges: readonly LineRange[] | null, cache: Cache): Promise<BlamedCommit[]> {
  if (ranges?.length === 0) return [];
  // The name goes onto a command line, which cannot hold any other.
  const blamed = isUtf8(encodePath(path)) ? await askBlame(repository, commit, path, ranges) : await askHistory(repository, commit, path, cache);
  const boundary = readShallowBoundary(repository);
  return blamed.flatMap((each) => {
    const lines = ranges === null ? joinRanges(each.lines) : joinRanges(each.lines.flatMap((own) => ranges.flatMap((range) => common(own, range))));
    return lines.length === 0 ? [] : [Object.assign(each, { lines, boundary: boundary.has(each.commit) })];
  });
}

function common(a: LineRange, b: LineRange): LineRange[] {
  const [from, to] = [Math.max(a.from, b.from), Math.min(a.to, b.to)];
  return from <= to ? [{ from, to }] : [];
}

/** A line that moved is known by the block that moved with it: git is asked for so many lines around. */
const around = 100;

type Blamed = Omit<BlamedCommit, 'boundary'>;

async function askBlame(repository: Repository, commit: string, path: string, ranges: readonly LineRange[] | null): Promise<Blamed[]> {
  const asked = joinRanges((ranges ?? []).map(({ from, to }) => ({ from: Math.max(1, from - around), to: to + around })));
  const limits = asked.flatMap(({ from, to }) => ['-L', `${from},${to}`]);
  const args = ['--bare', 'blame', '--incremental', '-M', '-C', '--no-textconv', '--no-ext-diff', '--encoding=UTF-8', ...limits, commit, '--', encodePath(path).toString('utf8')];
  return parseBlame(await runGit(repository, args));
}

/** Records of git's incremental form: `SHA OLDLINE LINE COUNT`, what is known of the commit (at its first record only), `filename PATH`. */
function parseBlame(out: Buffer): Blamed[] {
  const commits = new Map<string, Blamed>();
  let open: { blamed: Blamed; range: LineRange } | null = null;
  for (let start = 0; start < out.length; ) {
    const end = out.indexOf(10, start);
    const line = out.subarray(start, end < 0 ? out.length : end);
    start = end < 0 ? out.length : end + 1;
    const text = line.toString('utf8');
    const head = /^([0-9a-f]{40,64}) \d+ (\d+) (\d+)$/.exec(text);
    if (head) {
      const [, commit = '', from = '0', count = '0'] = head;
      const blamed = commits.get(commit) ?? { commit, author: '', at: '', subject: '', paths: [], lines: [] };
      commits.set(commit, blamed);
      open = { blamed, range: { from: Number(from), to: Number(from) + Number(count) - 1 } };
    } else if (open) {
      const space = text.indexOf(' ');
      const value = text.slice(space + 1);
      const key = space < 0 ? text : text.slice(0, space);
      if (key === 'author') open.blamed.author = value;
      else if (key === 'committer-time') open.blamed.at = utcTime(value);
      else if (key === 'summary') open.blamed.subject = value;
      else if (key === 'filename') {
        const path = unquotePath(line.subarray('filename '.length));
        if (!open.blamed.paths.includes(path)) open.blamed.paths.push(path);
        open.blamed.lines.push(open.range);
      }
    }
  }
  return [...commits.values()];
}

/** The same from docket's own walk of history, which takes any name; it follows renames inside the folder, but no moved lines. */
async function askHistory(repository: Repository, commit: string, path: string, cache: Cache): Promise<Blamed[]> {
  const history = await openHistory(repository, commit, { pathspecs: pathspecsFor(path), matters: () => false, mattersName: 'none' }, cache);
  const origins = history.lines(path)?.changed ?? new Int32Array(0);
  const commits = new Map<number, Blamed>();
  for (const [index, ordinal] of origins.entries()) {
    const { commit: id, author, commitTime, subject } = history.commit(ordinal);
    const blamed = commits.get(ordinal) ?? { commit: id, author: author.name, at: commitTime, subject, paths: [path], lines: [] };
    commits.set(ordinal, blamed);
    blamed.lines.push({ from: index + 1, to: index + 1 });
  }
  return [...commits.values()];
}

/** The nearest folder with a name that a command line can hold; at the root, all names that differ in the odd bytes only. */
function pathspecsFor(path: string): { folders: string[]; rootNames: string[] } {
  const names = path.split('/');
  const odd = names.findIndex((name) => !isUtf8(encodePath(name)));
  if (odd > 0) return { folders: [names.slice(0, odd).join('/')], rootNames: [] };
  const bytes = encodePath(names[0] ?? '');
  const pattern = Array.from(bytes, (byte) => (byte < 128 && byte !== 42 ? String.fromCharCode(byte) : '?')).join('');
  return names.length === 1 ? { folders: [], rootNames: [pattern] } : { folders: [], rootNames: [`${pattern}/**`] };
}

function joinRanges(ranges: readonly LineRange[]): LineRange[] {
  const joined: LineRange[] = [];
  for (const { from, to } of ranges.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last && from <= last.to + 1) last.to = Math.max(last.to, to);
    else joined.push({ from, to });
  }
  return joined;
}
