import type { Diagnostic } from '../../contract/schema/envelope.ts';
import type { ListedFile } from '../../git/file-listing.ts';
import { openReadingStore, type Detail } from './reading-store.ts';
import type { OpenedRevision } from './open-revision.ts';
import type { StoredReading } from './stored-reading.ts';

export interface ReadFile {
  file: ListedFile & { blob: string };
  stored: StoredReading;
}

export interface ReadDocuments {
  documents: ReadFile[];
  diagnostics: Diagnostic[];
}

/** So many bytes of documents are held at a time. */
const groupSize = 40;

/** The readings of a revision's documents, by path; only what no earlier run has read is read. What cannot be read is said, and hides nothing else. */
export async function readDocuments(opened: OpenedRevision, detail: Detail): Promise<ReadDocuments> {
  const store = openReadingStore(opened.cache, opened.vocabulary);
  const documents = new Map<string, ReadFile>();
  const diagnostics = opened.files.skipped.map(({ path, why }) => unreadable(path, why));
  const missing: (ListedFile & { blob: string })[] = [];
  for (const file of opened.files.documents) {
    if (file.blob === null) {
      diagnostics.push(unreadable(file.path, file.unreadable ?? 'it cannot be read'));
      continue;
    }
    const known = store.find(file.path, file.blob, detail);
    if (known) documents.set(file.path, { file: { ...file, blob: file.blob }, stored: known });
    else missing.push({ ...file, blob: file.blob });
  }
  for (let from = 0; from < missing.length; from += groupSize) {
    const group = missing.slice(from, from + groupSize);
    const contents = await opened.readContents(group.map(({ blob }) => blob));
    for (const file of group) {
      const content = contents.get(file.blob);
      if (content?.bytes) documents.set(file.path, { file, stored: await store.read(file.path, file.blob, content.bytes, detail) });
      else diagnostics.push(unreadable(file.path, content?.unreadable ?? 'it cannot be read'));
    }
  }
  return { documents: opened.files.documents.flatMap(({ path }) => documents.get(path) ?? []), diagnostics };
}

/** The diagnostic for a file that cannot be read. */
export function unreadable(path: string, why: string): Diagnostic {
  return { rule: 'unreadable', level: 'error', message: `${path} cannot be read: ${why}`, place: { path, line: 1 }, related: [], entry: null, next: `Make ${path} a plain file that can be read.`, fixable: false };
}
