import type { Ref } from '../../contract/schema/entry.ts';
import type { DraftRef } from '../../documents/reading.ts';
import type { LinkIndex } from './link-index.ts';

/** A path that words may mean, from the root of the repository. */
export interface PathCandidates {
  /** Outside of the repository: absolute, in a home folder, above the root. */
  external: boolean;
  /** What to look for, best first. */
  paths: string[];
}

/** Where a path that an entry of `holder` mentions may be: below the root, else beside the document, else a document of that name. */
export function candidatesOf(index: LinkIndex, holder: string, value: string): PathCandidates {
  const plain = value.replace(/\/+$/u, '');
  if (/^(?:\/|~|[A-Za-z]:[\\/])/u.test(plain)) return { external: true, paths: [] };
  const folder = holder.includes('/') ? holder.slice(0, holder.lastIndexOf('/')) : '';
  const fromRoot = normalise(plain);
  const beside = folder === '' ? null : normalise(`${folder}/${plain}`);
  const named = plain.includes('/') ? [] : (index.documents.get(plain) ?? []);
  const paths = [fromRoot, beside, ...(named.length === 1 ? named : [])].filter((path): path is string => path !== null && path !== '');
  return { external: paths.length === 0, paths: [...new Set(paths)] };
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

/**
 * What a path means: the first of its candidates that is there; for a file name alone, the only mentioned file of that name. Null: a word that only
 * looks like a file name.
 */
export function meaningOfPath(mention: DraftRef, candidates: PathCandidates, there: ReadonlySet<string>, byName: ReadonlyMap<string, readonly string[]>): Pick<Ref, 'target' | 'status'> | null {
  if (candidates.external) return { target: mention.value, status: 'external' };
  const found = candidates.paths.find((path) => there.has(path));
  if (found !== undefined) return { target: found, status: 'resolved' };
  const alike = mention.value.includes('/') ? [] : (byName.get(mention.value) ?? []);
  if (alike.length === 1) return { target: alike[0] ?? null, status: 'resolved' };
  if (alike.length > 1) return { target: null, status: 'ambiguous' };
  return mention.weak ? null : { target: null, status: 'dangling' };
}
