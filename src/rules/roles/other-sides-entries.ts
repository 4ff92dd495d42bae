import type { Role } from '../../contract/schema/entry.ts';
import type { Draft } from '../../documents/reading.ts';
import type { Change, ChangedDocument, DocumentVersion } from '../../ledger/changes/types.ts';
import { assignIds } from '../../ledger/ids/assign-ids.ts';
import { entriesOfVersion, fateOf, type EntryText } from './compare-entries.ts';

type Side = 'builder' | 'adversary';

/** What a change did to an entry of the other side in a backlog. */
export interface ForeignEdit {
  document: ChangedDocument;
  draft: Draft;
  /** Its id, in the version that has it. */
  id: string;
  what: 'added' | 'changed' | 'deleted' | 'closed' | 'opened';
}

/** The role of a change, where it is one of the two sides. */
export function sideOf({ role }: { role: Role | null }): Side | null {
  return role === 'builder' || role === 'adversary' ? role : null;
}

/** The edits of a backlog to what is not the author's: findings are the Adversary's, tasks the Builder's. */
export function foreignEdits(change: Change): ForeignEdit[] {
  const side = sideOf(change);
  if (side === null) return [];
  const kind = side === 'builder' ? 'finding' : 'task';
  return change.documents.flatMap((document) => (document.kind === 'backlog' ? compare(document, kind, change) : []));
}

function compare(document: ChangedDocument, kind: Draft['kind'], change: Change): ForeignEdit[] {
  const { before, after } = document;
  const old = named(before, kind);
  const now = named(after, kind);
  const elsewhere = change.documents.flatMap((other) => (other.after === null || other === document ? [] : [other.after]));
  const versions = [...(after === null ? [] : [after]), ...elsewhere];
  const edits: ForeignEdit[] = [];
  for (const [id, entry] of old) {
    const other = now.get(id);
    if (other !== undefined && isDone(entry.draft) !== isDone(other.draft)) edits.push({ document, id, draft: other.draft, what: isDone(other.draft) ? 'closed' : 'opened' });
    else if (fateOf(entry, versions).kind !== 'kept' || !versions.some((version) => speaksOf(version, entry.draft))) edits.push({ document, id, draft: other?.draft ?? entry.draft, what: other ? 'changed' : 'deleted' });
  }
  const came = [...now].filter(([id, entry]) => !old.has(id) && (before === null || fateOf(entry, [before]).kind !== 'kept'));
  return [...edits, ...came.map(([id, { draft }]): ForeignEdit => ({ document, id, draft, what: 'added' }))];
}

/** Does a version still have the entry, and not its lines only, as in a comment? */
function speaksOf({ reading }: DocumentVersion, { kind, key, title }: Draft): boolean {
  return reading.drafts.some((draft) => draft.kind === kind && (draft.key ?? draft.title) === (key ?? title));
}

function named(version: DocumentVersion | null, kind: Draft['kind']): Map<string, EntryText> {
  if (version === null) return new Map();
  const ids = assignIds(version.reading);
  const entries = entriesOfVersion(version).filter(({ draft }) => draft.kind === kind);
  return new Map(entries.map((entry) => [ids[version.reading.drafts.indexOf(entry.draft)] ?? '', entry]));
}

function isDone({ state }: Draft): boolean {
  return state === 'closed' || state === 'done' || state === 'dropped';
}
