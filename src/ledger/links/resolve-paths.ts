import type { Ref } from '../../contract/schema/entry.ts';
import type { LinkIndex } from './link-index.ts';

/** What a path leads to: a file or folder that is there, one that was there when it was cited, something outside, nothing. */
export type PathMeaning = Pick<Ref, 'target' | 'status'>;

/** What cited lines of a file mean, and where they have gone. */
export type CitedMeaning = Pick<Ref, 'target' | 'status' | 'now'>;

/** A path that words may mean, as entries of one folder write it. */
export interface PathCandidates {
  /** As written. */
  value: string;
  /** Outside of the repository: absolute, in a home folder, above the root. */
  external: boolean;
  /** What to look for, from the root, best first. */
  paths: string[];
  /** Where a branch, an image or `and/or` would look the same: the folders of which one must be there, for this to be a path. */
  tops: string[] | null;
  /** What is there, once that is known; null: nothing is. */
  found: PathMeaning | null;
  /** The lines of the file that was found, where lines of it are cited and it can be read. */
  text: readonly string[] | null;
  /** What a mention of lines beyond the end of the file means, once there is one. */
  beyond: PathMeaning | null;
  /** Some mention cites lines of it. */
  isCited: boolean;
  /** What cited lines mean, by the commit that cites them and the place of the lines: the same ones are cited again and again. */
  cited: Map<string | null, Map<number, CitedMeaning>>;
}

/** Where a path may be that an entry of a file mentions: below the root, else beside the document, else a document of that name. */
export interface CandidateBook {
  find(holder: string, value: string): PathCandidates;
  /** Every one that was asked for, once. */
  all: readonly PathCandidates[];
}

/** The record names the same paths again and again: each is looked at once for each folder. */
export function openCandidates(index: LinkIndex): CandidateBook {
  const known = new Map<string, Map<string, PathCandidates>>();
  const all: PathCandidates[] = [];
  let last: { holder: string; folder: string; ofFolder: Map<string, PathCandidates> } | null = null;
  const turnTo = (holder: string): NonNullable<typeof last> => {
    const folder = holder.slice(0, Math.max(0, holder.lastIndexOf('/')));
    const ofFolder = known.get(folder) ?? new Map<string, PathCandidates>();
    known.set(folder, ofFolder);
    return { holder, folder, ofFolder };
  };
  return {
    all,
    find: (holder, value) => {
      // Mentions are asked for document by document.
      if (last?.holder !== holder) last = turnTo(holder);
      const before = last.ofFolder.get(value);
      if (before) return before;
      const made = candidatesOf(index, last.folder, value);
      last.ofFolder.set(value, made);
      all.push(made);
      return made;
    },
  };
}

function candidatesOf(index: LinkIndex, folder: string, value: string): PathCandidates {
  const plain = value.replace(/\/+$/u, '');
  if (/^(?:\/|~|[A-Za-z]:[\\/])/u.test(plain)) return { value, external: true, paths: [], tops: null, found: null, text: null, beyond: null, isCited: false, cited: new Map() };
  const fromRoot = normalise(plain);
  const beside = folder === '' ? null : normalise(`${folder}/${plain}`);
  const named = plain.includes('/') ? [] : (index.documents.get(plain) ?? index.documents.get(`${plain}.md`) ?? []);
  const paths = [fromRoot, beside, ...(named.length === 1 ? named : [])].filter((path): path is string => path !== null && path !== '');
  const isVague = value.includes('/') && !plain.startsWith('.') && !hasExtension(plain);
  const top = plain.slice(0, plain.indexOf('/') < 0 ? undefined : plain.indexOf('/'));
  return { value, external: paths.length === 0, paths: [...new Set(paths)], tops: isVague ? [top, folder === '' ? top : `${folder}/${top}`] : null, found: null, text: null, beyond: null, isCited: false, cited: new Map() };
}

/** Classes of Unicode cost more than all else here when they are first asked for, and are needed by the fewest names. */
function hasExtension(plain: string): boolean {
  return /\.[A-Za-z0-9]+$/.test(plain) || (/[^\0-\x7f]/.test(plain) && /\.[\p{L}\p{N}]+$/u.test(plain));
}

/** Without `.` and `..`; null where it leads out. */
function normalise(path: string): string | null {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join('/');
}

export interface PathFacts {
  there: ReadonlySet<string>;
  /** Mentioned files that are there, by file name. */
  byName: ReadonlyMap<string, readonly string[]>;
}

/** The first candidate that is there; for a file name alone, the only mentioned file of that name. Null: none is. */
export function findThere({ value, external, paths }: PathCandidates, { there, byName }: PathFacts): PathMeaning | null {
  if (external) return { target: value, status: 'external' };
  const found = paths.find((path) => there.has(path));
  if (found !== undefined) return { target: found, status: 'resolved' };
  const alike = value.includes('/') ? [] : (byName.get(value) ?? []);
  if (alike.length === 0) return null;
  return alike.length === 1 ? { target: alike[0] ?? null, status: 'resolved' } : { target: null, status: 'ambiguous' };
}

/**
 * What is not there: it was when it was cited, or leads nowhere. Null: words that only look like a path, as nothing says that they are one.
 *
 * @param weak only the shape of the words says that this is a path
 */
export function meaningOfGone({ paths, tops }: PathCandidates, weak: boolean, { there }: PathFacts, was: (path: string) => boolean): PathMeaning | null {
  const gone = paths.find(was);
  if (gone !== undefined) return { target: gone, status: 'stale' };
  const isPath = tops === null || tops.some((top) => there.has(top));
  return weak || !isPath ? null : { target: null, status: 'dangling' };
}
