import type { Role } from '../../contract/schema/entry.ts';
import { nameDocument } from '../../documents/name-document.ts';
import type { Vocabulary } from '../../documents/vocabulary/vocabulary.ts';

/** A file of the record as a change has it. */
export interface FileOfChange {
  path: string;
  from: string | null;
  /** Blobs of regular files; null where there is none. */
  before: string | null;
  after: string | null;
  /** No line that was there went or became another one. */
  onlyAdds: boolean;
}

const appendOnly: ReadonlySet<string> = new Set(['journal', 'review', 'decisions', 'deferred']);

/**
 * Has a rule to look into what became of this file? Into what was taken from a document that only grows; into files of the other side, and into those of
 * both; into inboxes.
 */
export function isTelling(file: FileOfChange, role: Role | null, vocabulary: Vocabulary): boolean {
  const { kind, owner } = nameDocument(file.from ?? file.path, vocabulary);
  if (kind === 'unknown' || file.before === file.after) return false;
  if (file.before !== null && !file.onlyAdds && (appendOnly.has(kind) || kind === 'inbox')) return true;
  if (role === null || role === 'operator') return false;
  return kind === 'backlog' || kind === 'inbox' || (owner !== null && owner !== role);
}
