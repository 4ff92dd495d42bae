import type { ChangedDocument } from '../../ledger/changes/types.ts';
import { entriesOfVersion, lostElsewhere, type EntryText } from '../roles/compare-entries.ts';

/**
 * The messages of an inbox that a change took away or reworded, and those that it brought. A message that only grew is neither, nor is one whose first line
 * was reworded while all its other lines are still there.
 */
export function lostMessages(document: ChangedDocument): { lost: EntryText[]; came: EntryText[] } {
  const { before, after } = document;
  const old = before === null ? [] : entriesOfVersion(before);
  const now = after === null ? [] : entriesOfVersion(after);
  const kept = (entry: EntryText, other: EntryText): boolean => holds(other, entry.lines) || (entry.lines.length > 1 && holds(other, entry.lines.slice(1)));
  return {
    lost: old.filter((entry) => !now.some((other) => kept(entry, other)) && !lostElsewhere(entry, document)),
    came: now.filter((other) => !old.some((entry) => kept(entry, other))),
  };
}

/** Do these lines stand in a message, in their order? */
function holds({ lines }: EntryText, wanted: readonly string[]): boolean {
  let at = 0;
  for (const line of lines) if (line === wanted[at]) at += 1;
  return at === wanted.length;
}
