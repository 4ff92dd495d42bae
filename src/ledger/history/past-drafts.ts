import type { Draft } from '../../documents/reading.ts';
import type { Vocabulary } from '../../documents/vocabulary/vocabulary.ts';
import type { Cache } from '../../git/cache-store.ts';
import { cacheKey } from '../sources/cache-key.ts';
import type { ReadContents } from '../sources/read-contents.ts';
import { encode, openVersionReader, parse } from '../sources/reading-store.ts';

/** The claims and messages of one version of a file, in full. */
export type PastDrafts = (path: string, blob: string) => readonly Draft[];

/** Reads in full the versions that held something last: path → blobs. What earlier runs read is kept. */
export async function readPastDrafts(wanted: ReadonlyMap<string, readonly string[]>, vocabulary: Vocabulary, cache: Cache, readContents: ReadContents): Promise<PastDrafts> {
  const files = [...wanted].filter(([, blobs]) => blobs.length > 0).map(([path, blobs]) => {
    const key = cacheKey('past', path, vocabulary);
    const kept = parse<Record<string, Draft[]>>(cache.read(key)) ?? {};
    return { path, key, blobs: [...new Set(blobs)], drafts: new Map(Object.entries(kept)) };
  });
  const missing = files.filter(({ blobs, drafts }) => blobs.some((blob) => !drafts.has(blob)));
  const contents = missing.length === 0 ? null : await readContents(missing.flatMap(({ blobs, drafts }) => blobs.filter((blob) => !drafts.has(blob))));
  for (const { path, key, blobs, drafts } of missing) {
    const read = openVersionReader(path, vocabulary);
    for (const blob of blobs) {
      const bytes = contents?.get(blob)?.bytes;
      if (bytes && !drafts.has(blob)) drafts.set(blob, (await read(bytes)).drafts.filter(({ kind }) => kind === 'claim' || kind === 'inbox'));
    }
    cache.write(key, encode(Object.fromEntries(blobs.map((blob) => [blob, drafts.get(blob) ?? []]))));
  }
  const byPath = new Map(files.map(({ path, drafts }) => [path, drafts]));
  return (path, blob) => byPath.get(path)?.get(blob) ?? [];
}
