import { blobId } from '../../git/blob-id.ts';
import { sortListing, type FileListing } from '../../git/file-listing.ts';
import type { ObjectFormat } from '../../git/open-repository.ts';
import type { ReadContents } from './read-contents.ts';

/** What would be written, by path. */
type Overlay = ReadonlyMap<string, Uint8Array>;

/** A listing as it would be with some files written. */
export function overlayFiles(listing: FileListing, overlay: Overlay, format: ObjectFormat): FileListing {
  if (overlay.size === 0) return listing;
  const kept = listing.files.filter(({ path }) => !overlay.has(path));
  const written = [...overlay].map(([path, bytes]) => ({ path, blob: blobId(bytes, format), mode: '100644', bytes: bytes.length, conflict: false, unreadable: null }));
  return sortListing({ files: [...kept, ...written], skipped: listing.skipped.filter(({ path }) => !overlay.has(path)) });
}

/** Reads what would be written from memory, all else as before. */
export function overlayReader(read: ReadContents, overlay: Overlay, format: ObjectFormat): ReadContents {
  if (overlay.size === 0) return read;
  const own = new Map([...overlay.values()].map((bytes) => [blobId(bytes, format), bytes]));
  return async (ids) => {
    const wanted = [...ids];
    const contents = await read(wanted.filter((id) => !own.has(id)));
    for (const id of wanted) {
      const bytes = own.get(id);
      if (bytes) contents.set(id, { bytes: Buffer.from(bytes), unreadable: null });
    }
    return contents;
  };
}
