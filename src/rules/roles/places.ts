import type { Diagnostic, DiagnosticPlace } from '../../contract/schema/envelope.ts';
import type { Draft } from '../../documents/reading.ts';
import type { Change, ChangedDocument, DocumentVersion } from '../../ledger/changes/types.ts';
import { assignIds } from '../../ledger/ids/assign-ids.ts';

/** The id of an entry of one version of a document, by which a waiver can name it; null for one that is not of that version. */
export function idInVersion({ reading }: DocumentVersion, draft: Draft): string | null {
  return assignIds(reading)[reading.drafts.indexOf(draft)] ?? null;
}

/** A line of a document as a change left it; its first line where the document is gone. Of a commit the lines are those of that commit. */
export function placeAfter({ commit }: Change, { path, after, before }: ChangedDocument, line: number): DiagnosticPlace {
  const last = after?.lines.length ?? 1;
  const rev = commit === null ? {} : { rev: commit };
  return after === null ? { path: before?.path ?? path, line: 1, ...rev } : { path: after.path, line: Math.max(1, Math.min(line, last)), ...rev };
}

/** Where something stood before a commit, for `related`; nothing where it is not committed: git diff shows it. */
export function placeBefore({ commit }: Change, before: DocumentVersion, draft: Pick<Draft, 'line' | 'endLine'>): Diagnostic['related'] {
  if (commit === null) return [];
  return [{ message: 'as it was', place: { path: before.path, line: draft.line, endLine: Math.max(draft.line, draft.endLine), rev: `${commit}^` } }];
}
