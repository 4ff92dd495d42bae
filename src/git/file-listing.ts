/** Where files are read from. `rev` is anything that git takes for a commit. */
export type Source = { kind: 'commit'; rev: string } | { kind: 'index' } | { kind: 'worktree' };

/** One regular file. */
export interface ListedFile {
  /** From the root, with `/`; see `decodePath` for names that are not UTF-8. */
  path: string;
  /** Id of the blob of its bytes; null only where `unreadable` says why. */
  blob: string | null;
  /** `100644` or `100755`. */
  mode: string;
  /** Null where the source does not say. */
  bytes: number | null;
  /** The index holds several versions of it, because a merge is not resolved; `blob` is then our side's (stage 2), else theirs, else the base. */
  conflict: boolean;
  unreadable: string | null;
}

/** Something with a matching name that is not read: a symbolic link, a submodule, a device. */
export interface SkippedFile {
  path: string;
  why: string;
}

/** Sorted by path, as bytes sort. */
export interface FileListing {
  files: ListedFile[];
  skipped: SkippedFile[];
}

export const emptyBlob: ReadonlySet<string> = new Set([
  'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391',
  '473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813',
]);

/** The tree without entries, which every repository knows. */
export const emptyTree = {
  sha1: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
  sha256: '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321',
} as const;

/** A plain file that stands where a folder was asked for is no document. */
export function withoutFiles(listing: FileListing, folders: readonly string[]): FileListing {
  const misplaced = listing.files.filter((file) => folders.includes(file.path));
  return {
    files: listing.files.filter((file) => !misplaced.includes(file)),
    skipped: [...listing.skipped, ...misplaced.map(({ path }) => ({ path, why: 'a file, not a folder' }))],
  };
}

/** Sorts both lists by path. */
export function sortListing(listing: FileListing): FileListing {
  const byPath = (a: { path: string }, b: { path: string }): number => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);
  listing.files.sort(byPath);
  listing.skipped.sort(byPath);
  return listing;
}

/** Sorts a tree's or an index's entry into the listing by its mode. */
export function addEntry(listing: FileListing, entry: { path: string; mode: string; id: string; conflict: boolean }): void {
  const { path, mode, id, conflict } = entry;
  if (mode.startsWith('100')) listing.files.push({ path, blob: id, mode: mode === '100755' ? mode : '100644', bytes: null, conflict, unreadable: null });
  else listing.skipped.push({ path, why: mode === '120000' ? 'a symbolic link' : mode === '160000' ? 'a submodule' : `of mode ${mode}` });
}
