import type { Change, ChangedDocument, DocumentVersion } from '../../ledger/changes/types.ts';
import { quote } from '../engine/entries.ts';
import type { RuleFinding } from '../engine/finding.ts';
import { defineRule } from '../engine/rule.ts';
import { entriesOfVersion, fateOf, lostElsewhere, type EntryText, type Fate } from './compare-entries.ts';
import { idInVersion, placeAfter, placeBefore } from './places.ts';
import { isRestored } from './restored.ts';
import { changedOnlyStatus, isRewordedRecord } from './status-only.ts';
import { openTeller } from './tell-once.ts';
import { rewrittenVerdicts } from './verdict-rewritten.ts';

const kinds: ReadonlySet<string> = new Set(['journal', 'review', 'decisions', 'deferred']);

/**
 * Old entries of documents that only grow, edited or deleted. Moving them, wrapping lines anew, ticking boxes, adding lines, and putting something in the
 * place of a placeholder are no offences, nor is another status of a record in a file of its own; rewording such a record is a warning, since many who
 * keep them do. What `verdict-rewritten` tells is not told twice.
 */
export const appendOnly = defineRule({
  id: 'append-only',
  inputs: ['changes'],
  *check({ changes }) {
    const isNew = openTeller();
    for (const change of changes) {
      const told = new Set(rewrittenVerdicts(change).map(({ draft }) => draft));
      for (const document of change.documents) {
        const { before } = document;
        if (before === null || !kinds.has(document.kind)) continue;
        for (const entry of entriesOfVersion(before)) {
          const fate = fateOf(entry, versionsAfter(change, document));
          if (fate.kind === 'kept' || told.has(entry.draft) || lostElsewhere(entry, document) || isRestored(entry, fate, document) || changedOnlyStatus(entry, document)) continue;
          if (isNew(change, document, entry.lines.join('\n'))) yield findingOf({ change, document, before }, entry, fate);
        }
      }
    }
  },
});

/** The document itself comes first: an entry that stands there and elsewhere is the one that stands there. */
function versionsAfter(change: Change, { after }: ChangedDocument): DocumentVersion[] {
  return [...(after === null ? [] : [after]), ...change.documents.flatMap((other) => (other.after === null || other.after === after ? [] : [other.after]))];
}

interface Seen {
  change: Change;
  document: ChangedDocument;
  before: DocumentVersion;
}

function findingOf({ change, document, before }: Seen, { draft }: EntryText, fate: Fate): RuleFinding {
  const what = `${draft.kind} ${quote(draft.title)}`;
  const at = fate.kind === 'edited' ? placeAfter(change, { ...document, after: fate.version }, fate.line) : placeAfter(change, document, draft.line);
  return {
    found: fate.kind === 'edited' ? `change of ${what}: the line ${quote(fate.was)} is no longer there` : `deletion of ${what}`,
    expected: 'old entries as they were, and a new one below', place: at, entry: idInVersion(before, draft), commit: change.commit, key: `${draft.kind} ${draft.title}`, related: placeBefore(change, before, draft),
    ...(change.revert || (fate.kind === 'edited' && isRewordedRecord(draft, document)) ? { atMost: 'warning' } : {}),
  };
}
