import type { Ref } from '../../contract/schema/entry.ts';
import type { DraftRef } from '../../documents/reading.ts';
import type { LinkIndex } from './link-index.ts';

/** A path that words may mean, from the root of the repository. */
export interface PathCandidates {
  /** Outside of the repository: absolute, in a home folder, above the root. */
  external: boolean;
  /** What to look for, best first. */
  paths: string[];
  /** Where a branch, an image or `and/or` would look the same: the folders of which one must be there, for this to be a path. */
  tops: string[] | null;
}

/** Says where a path may be that an entry of a file mentions: below the root, else beside the document, else a document of that name. */
export type FindCandidates = (holder: string, value: string) => PathCandidates;

/** The record names the same paths again and again: each is looked at once for each folder. */
export function openCandidates(index: LinkIndex): FindCandidates {
  const known = new Map<string, Map<string, PathCandidates>>();
  return (holder, value) => {
    const folder = holder.includes('/') ? holder.slice(0, holder.lastIndexOf('/')) : '';
    const ofFolder = known.get(folder) ?? new Map<string, PathCandidates>();
    known.set(folder, ofFolder);
    const found = ofFolder.get(value) ?? candidatesOf(index, folder, value);
    ofFolder.set(value, found);
    return found;
  };
}

function candidatesOf(index: LinkIndex, folder: string, value: string): PathCandidates {
  const plain = value.replace(/\/+$/u, '');
  if (/^(?:\/|~|[A-Za-z]:[\\/])/u.test(plain)) return { external: true, paths: [], tops: null };
  const fromRoot = normalise(plain);
  const beside = folder === '' ? null : normalise(`${folder}/${plain}`);
  const named = plain.includes('/') ? [] : (index.documents.get(plain) ?? index.documents.get(`${plain}.md`) ?? []);
  const paths = [fromRoot, beside, ...(named.length === 1 ? named : [])].filter((path): path is string => path !== null && path !== '');
  const isVague = value.includes('/') && !/^\.|\.[\p{L}\p{N}]+$/u.test(plain);
  const top = plain.slice(0, plain.indexOf('/') < 0 ? undefined : plain.indexOf('/'));
  return { external: paths.length === 0, paths: [...new Set(paths)], tops: isVague ? [top, folder === '' ? top : `${folder}/${top}`] : null };
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

/** What a path leads to: a file or folder that is there, one that was there when it was cited, nothing. */
export type PathMeaning = Pick<Ref, 'target' | 'status'>;

export interface PathFacts {
  there: ReadonlySet<string>;
  /** Mentioned files that are there, by file name. */
  byName: ReadonlyMap<string, readonly string[]>;
}

/** The first candidate that is there; for a file name alone, the only mentioned file of that name. Null: none is. */
export function findThere(mention: DraftRef, candidates: PathCandidates, { there, byName }: PathFacts): PathMeaning | null {
  if (candidates.external) return { target: mention.value, status: 'external' };
  const found = candidates.paths.find((path) => there.has(path));
  if (found !== undefined) return { target: found, status: 'resolved' };
  const alike = mention.value.includes('/') ? [] : (byName.get(mention.value) ?? []);
  if (alike.length === 0) return null;
  return alike.length === 1 ? { target: alike[0] ?? null, status: 'resolved' } : { target: null, status: 'ambiguous' };
}

/** What is not there: it was when it was cited, or leads nowhere. Null: words that only look like a path, as nothing says that they are one. */
export function meaningOfGone(mention: DraftRef, candidates: PathCandidates, facts: PathFacts, was: (path: string) => boolean): PathMeaning | null {
  const gone = candidates.paths.find(was);
  if (gone !== undefined) return { target: gone, status: 'stale' };
  const isPath = candidates.tops === null || candidates.tops.some((top) => facts.there.has(top));
  return mention.weak || !isPath ? null : { target: null, status: 'dangling' };
}
