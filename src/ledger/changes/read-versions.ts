import { readSource } from '../../documents/outline/source.ts';
import type { Vocabulary } from '../../documents/vocabulary/vocabulary.ts';
import type { ReadContents } from '../sources/read-contents.ts';
import { openVersionReader } from '../sources/reading-store.ts';
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

export function openVersions(readContents: ReadContents, vocabulary: Vocabulary): VersionReader {
  const readers = new Map<string, ReturnType<typeof openVersionReader>>();
  const readerOf = (path: string): ReturnType<typeof openVersionReader> => {
    const known = readers.get(path) ?? openVersionReader(path, vocabulary);
    readers.set(path, known);
    return known;
  };
  return {
    read: async (wanted) => {
      const contents = await readContents(wanted.map(({ blob }) => blob));
      const versions = new Map<string, DocumentVersion>();
      for (const { path, blob } of wanted) {
        const bytes = contents.get(blob)?.bytes;
        if (!bytes || versions.has(`${path}\0${blob}`)) continue;
        versions.set(`${path}\0${blob}`, { path, reading: await readerOf(path)(bytes), lines: linesOf(bytes) });
      }
      return ({ path, blob }) => versions.get(`${path}\0${blob}`) ?? null;
    },
  };
}

function linesOf(bytes: Buffer): string[] {
  const source = readSource(bytes);
  return Array.from({ length: source.lines }, (_, index) => source.sliceLines(index + 1, index + 1).replace(/[\r\n]+$/u, ''));
}
