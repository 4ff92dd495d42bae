import type { Change, ChangedDocument, DocumentVersion } from '../../ledger/changes/types.ts';
import { lostMessages } from '../inbox/lost-messages.ts';
import { quote } from '../engine/entries.ts';
import type { RuleFinding } from '../engine/finding.ts';
import { defineRule } from '../engine/rule.ts';
import { comparable, isPlaceholder } from './compare-entries.ts';
import { foreignEdits, sideOf } from './other-sides-entries.ts';
import { idInVersion, placeAfter } from './places.ts';

/** Changes of one side in files and sections of the other. An empty scaffold, a moved file and blanks are nobody's word. */
export const notOwner = defineRule({
  id: 'not-owner',
  inputs: ['changes'],
  *check({ changes }) {
    for (const change of changes) {
      if (sideOf(change) === null) continue;
      for (const { document, id, draft, what } of foreignEdits(change)) {
        if (what !== 'added' && what !== 'changed' && what !== 'deleted') continue;
        yield findingOf(change, document, { line: draft.line, entry: id, found: `${draft.kind} ${quote(draft.key ?? draft.title)} ${what} by the ${change.role ?? ''}` });
      }
      for (const document of change.documents) yield* judgeFile(change, document);
    }
  },
});

function* judgeFile(change: Change, document: ChangedDocument): Generator<RuleFinding> {
  if (document.kind === 'backlog' || document.owner === null) return;
  if (document.kind === 'inbox') yield* judgeInbox(change, document);
  else if (document.owner !== change.role) {
    const line = firstForeignLine(change, document);
    if (line !== null) yield findingOf(change, document, { line, entry: entryAt(document, line), found: `change of ${document.path} by the ${change.role ?? ''}` });
  }
}

/** The owner of an inbox writes into it; the other one deletes what is read. */
function* judgeInbox(change: Change, document: ChangedDocument): Generator<RuleFinding> {
  const { lost, came } = lostMessages(document);
  const [first] = came;
  if (document.owner !== change.role) {
    if (first) yield findingOf(change, document, { line: first.line, entry: document.after === null ? null : idInVersion(document.after, first.draft), found: `message ${quote(first.draft.title)} to the ${change.role ?? ''} by the ${change.role ?? ''}` });
  } else if (first === undefined) {
    for (const { draft, line } of lost) yield findingOf(change, document, { line, entry: document.before === null ? null : idInVersion(document.before, draft), found: `unread message ${quote(draft.title)} deleted by its sender` });
  }
}

/** The entry that a line of the changed document belongs to. */
function entryAt({ after }: ChangedDocument, line: number): string | null {
  const own = after?.reading.spans.find((span) => span.line <= line && line <= span.endLine)?.draft ?? null;
  const draft = own === null ? undefined : after?.reading.drafts[own];
  return after === null || draft === undefined ? null : idInVersion(after, draft);
}

function findingOf(change: Change, document: ChangedDocument, { line, entry, found }: { line: number; entry: string | null; found: string }): RuleFinding {
  const place = placeAfter(change, document, line);
  const expected = document.owner === null || document.kind === 'inbox' ? 'each side to write its own' : `the ${document.owner} to write it`;
  return { found, expected, place, entry, commit: change.commit, key: found, ...(change.revert ? { atMost: 'warning' } : {}) };
}

/** The first line that says something and was not there before; of a file that came, the first of an entry. Null: nothing was said. */
function firstForeignLine(change: Change, { before, after }: ChangedDocument): number | null {
  if (before === null) return after?.reading.drafts.find(({ state, kind }) => state !== 'pending' && kind !== 'plan')?.line ?? null;
  const old = countLines(before);
  const moved = change.documents.flatMap((other) => (other.after === null || other.after === after ? [] : [other.after]));
  for (const [index, line] of (after?.lines ?? []).entries()) {
    if (!isSaying(line)) continue;
    const count = old.get(comparable(line)) ?? 0;
    if (count === 0) return index + 1;
    old.set(comparable(line), count - 1);
  }
  for (const version of moved) for (const line of version.lines) old.set(comparable(line), (old.get(comparable(line)) ?? 0) - 1);
  return [...old.values()].some((count) => count > 0) ? 1 : null;
}

function countLines({ lines }: DocumentVersion): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of lines) if (isSaying(line)) counts.set(comparable(line), (counts.get(comparable(line)) ?? 0) + 1);
  return counts;
}

function isSaying(line: string): boolean {
  return line.trim() !== '' && !isPlaceholder(line);
}
