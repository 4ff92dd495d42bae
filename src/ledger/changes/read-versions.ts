import { readSource } from '../../documents/outline/source.ts';
import type { Reading } from '../../documents/reading.ts';
import type { Vocabulary } from '../../documents/vocabulary/vocabulary.ts';
import type { ReadContents } from '../sources/read-contents.ts';
import { openVersionReader, type ReadingStore } from '../sources/reading-store.ts';
import type { DocumentVersion } from './types.ts';

/** A version of a document by its path and blob. */
export interface VersionName {
  path: string;
  blob: string;
}

/** Reads versions of documents. What versions of one path share is parsed once; a version that cannot be read is null. */
export interface VersionReader {
  read(wanted: readonly VersionName[]): Promise<(name: VersionName) => DocumentVersion | null>;
}

/** With a store the readings are kept there, for versions that will be asked for again; old ones would only fill it. */
export function openVersions(readContents: ReadContents, vocabulary: Vocabulary, store: ReadingStore | null = null): VersionReader {
  const readers = new Map<string, ReturnType<typeof openVersionReader>>();
  const readOnce = (path: string, bytes: Buffer): Promise<Reading> => {
    const reader = readers.get(path) ?? openVersionReader(path, vocabulary);
    readers.set(path, reader);
    return reader(bytes);
  };
  const readKept = async (kept: ReadingStore, { path, blob }: VersionName, bytes: Buffer): Promise<Reading> => (kept.find(path, blob, 'alone') ?? (await kept.read(path, blob, bytes, 'alone'))).reading;
  return {
    read: async (wanted) => {
      const contents = await readContents(wanted.map(({ blob }) => blob));
      const versions = new Map<string, DocumentVersion>();
      for (const { path, blob } of wanted) {
        const bytes = contents.get(blob)?.bytes;
        if (!bytes || versions.has(`${path}\0${blob}`)) continue;
        const reading = await (store === null ? readOnce(path, bytes) : readKept(store, { path, blob }, bytes));
        versions.set(`${path}\0${blob}`, { path, reading, lines: linesOf(bytes) });
      }
      return ({ path, blob }) => versions.get(`${path}\0${blob}`) ?? null;
    },
  };
}

function linesOf(bytes: Buffer): string[] {
  const source = readSource(bytes);
  return Array.from({ length: source.lines }, (_, index) => source.sliceLines(index + 1, index + 1).replace(/[\r\n]+$/u, ''));
}
