import type { Role } from '../../contract/schema/entry.ts';
import { nameDocument } from '../../documents/name-document.ts';
import type { Hunk } from '../../git/parse-patch.ts';
import type { Vocabulary } from '../../documents/vocabulary/vocabulary.ts';

/** A file of the record as a change has it. */
export interface FileOfChange {
  path: string;
  from: string | null;
  /** Blobs of regular files; null where there is none. */
  before: string | null;
  after: string | null;
  /** The stretches that changed; null where they are not known, and then all of it counts as changed. */
  hunks: readonly Hunk[] | null;
}

/** Did no line that was there go or become another one? */
function onlyAdds({ hunks }: FileOfChange): boolean {
  return hunks?.every(({ oldCount }) => oldCount === 0) ?? false;
}

/** The lines of a file that a change touched, from 1. */
export function touchedLines({ path, after, hunks }: FileOfChange): { path: string; line: number; endLine: number }[] {
  if (after === null) return [];
  if (hunks === null) return [{ path, line: 1, endLine: Number.MAX_SAFE_INTEGER }];
  return hunks.map(({ newStart, newCount }) => (newCount > 0 ? { path, line: newStart + 1, endLine: newStart + newCount } : { path, line: Math.max(1, newStart), endLine: newStart + 1 }));
}

const appendOnly: ReadonlySet<string> = new Set(['journal', 'review', 'decisions', 'deferred']);

/**
 * Has a rule to look into what became of this file? Into what was taken from a document that only grows; into files of the other side, and into those of
 * both; into inboxes.
 */
export function isTelling(file: FileOfChange, role: Role | null, vocabulary: Vocabulary): boolean {
  const { kind, owner } = nameDocument(file.from ?? file.path, vocabulary);
  if (kind === 'unknown' || file.before === file.after) return false;
  if (file.before !== null && !onlyAdds(file) && (appendOnly.has(kind) || kind === 'inbox')) return true;
  if (role === null || role === 'operator') return false;
  return kind === 'backlog' || kind === 'inbox' || (owner !== null && owner !== role);
}
