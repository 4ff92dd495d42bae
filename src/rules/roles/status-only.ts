import type { Draft } from '../../documents/reading.ts';
import type { ChangedDocument, DocumentVersion } from '../../ledger/changes/types.ts';
import { entriesOfVersion, fateOf, type EntryText } from './compare-entries.ts';

/** What a record of its own file says of its state, and the day that it was last changed. */
const stateField = /^(?:status|date|last updated|updated|super[sc]eded[\s_-]?by|amended[\s_-]?by)$/iu;

/**
 * Did an architecture decision record, which has a file of its own, get another status and nothing else? So adr-tools and MADR retire a decision: the
 * old record names its successor. Taking a retired one back into force without a new record is none of this.
 */
export function changedOnlyStatus(entry: EntryText, { before, after }: ChangedDocument): boolean {
  if (before === null || after === null) return false;
  const [was, is] = [recordOf(before), recordOf(after)];
  if (was === null || is === null || was !== entry.draft || comesBack(was, is)) return false;
  const [old] = entriesOfVersion(withoutState(before, was));
  return old !== undefined && fateOf(old, [after]).kind === 'kept';
}

/** Is this an architecture decision record, which has a file of its own, whose words were changed, and that did not come back into force by it? */
export function isRewordedRecord(draft: Draft, { before, after }: ChangedDocument): boolean {
  const [was, is] = [before && recordOf(before), after && recordOf(after)];
  return was === draft && is !== null && !comesBack(was, is);
}

function comesBack(was: Draft, is: Draft): boolean {
  return was.state === 'superseded' && is.state !== 'superseded';
}

/** The only decision of a file, below its title, with a status. */
function recordOf({ reading: { drafts }, lines }: DocumentVersion): Draft | null {
  const decisions = drafts.filter(({ kind }) => kind === 'decision');
  const [record] = decisions;
  if (record === undefined || decisions.length > 1 || !isTitle(lines, record.line)) return null;
  return record.fields.some(({ name, value }) => /^status$/iu.test(name) && value.trim() !== '') ? record : null;
}

function isTitle(lines: readonly string[], line: number): boolean {
  return /^#\s/u.test(lines[line - 1] ?? '') || /^=+\s*$/u.test(lines[line] ?? '');
}

/** The version with the lines of the state left empty; longer ones are prose, and stay. */
function withoutState(version: DocumentVersion, record: Draft): DocumentVersion {
  const lines = [...version.lines];
  for (const { name, line, endLine } of record.fields) {
    if (stateField.test(name)) for (let at = line - 1; at < endLine; at += 1) if ((lines[at]?.length ?? 0) <= 160) lines[at] = '';
  }
  return { ...version, lines };
}
