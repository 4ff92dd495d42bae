import type { Entry } from '../../contract/schema/entry.ts';
import type { LandingCommit } from './types.ts';

/** What judging needs to know of paths. */
export interface PathFacts {
  isDocument: (path: string) => boolean;
  /** Names that a named file, or the files of a named folder, had later: an item may name one that was renamed since. */
  laterNames: (path: string) => Iterable<string>;
  /** Files and folders of the revision, to tell a path that is named from one that is only spoken of. */
  exists: (path: string) => boolean;
}

/** The files and folders that an item names: paths of the repository, without the docket's own documents. */
export function namedPaths(item: Entry, facts: Pick<PathFacts, 'isDocument' | 'exists'>): string[] {
  const named = item.refs.flatMap((ref) => {
    if (ref.type !== 'path' || ref.status === 'external') return [];
    const path = (ref.target ?? ref.value).replace(/^\.\//u, '').replace(/\/+$/u, '');
    const isPath = ref.status === 'stale' || path.includes('/') || facts.exists(path);
    return path !== '' && isPath && !facts.isDocument(path) ? [path] : [];
  });
  return [...new Set(named)];
}

function touches(changed: ReadonlySet<string>, named: string): boolean {
  return changed.has(named) || [...changed].some((path) => path.startsWith(`${named}/`) || (!named.includes('/') && path.endsWith(`/${named}`)));
}

function listed(paths: readonly string[]): string {
  return paths.length > 3 ? `${paths.slice(0, 3).join(', ')} and ${paths.length - 3} more` : paths.join(', ');
}

/**
 * The touch rule: a fix must change what the item names. Null when it does; else why it may not close the item. A commit that changes only
 * documents of the docket closes nothing, whatever the item names.
 */
export function judgeTouch(item: Entry, commit: LandingCommit, facts: PathFacts): string | null {
  const changed = new Set(commit.files.flatMap((file) => (file.from === null ? [file.path] : [file.path, file.from])));
  const outside = [...changed].filter((path) => !facts.isDocument(path));
  if (changed.size === 0) return 'changes no file';
  if (outside.length === 0) return `changes only docket documents (${listed([...changed])})`;
  const named = namedPaths(item, facts);
  if (named.length === 0 || named.some((path) => [path, ...facts.laterNames(path)].some((name) => touches(changed, name)))) return null;
  return `changes ${listed(outside)}${outside.length === 1 ? ' only' : ''}, the item names ${listed(named)}`;
}
