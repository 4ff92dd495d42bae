import type { Draft } from '../../documents/reading.ts';
import type { Change, ChangedDocument, DocumentVersion } from '../../ledger/changes/types.ts';
import { defineRule } from '../engine/rule.ts';
import { entriesOfVersion, lostElsewhere } from './compare-entries.ts';
import { idInVersion, placeAfter, placeBefore } from './places.ts';
import { openTeller } from './tell-once.ts';

interface Rewritten {
  document: ChangedDocument;
  before: DocumentVersion;
  draft: Draft;
  /** The verdict that stands in its place. */
  now: Draft | null;
}

/** Verdicts that no version after the change gives any more: of the same gate, with the same result and the same written time. */
export const verdictRewritten = defineRule({
  id: 'verdict-rewritten',
  inputs: ['changes'],
  *check({ changes }) {
    const isNew = openTeller();
    for (const change of changes) {
      for (const { document, before, draft, now } of rewrittenVerdicts(change)) {
        const gate = draft.key ?? 'a gate';
        if (!isNew(change, document, [gate, draft.state, draft.date, draft.time].join(' '))) continue;
        yield {
          found: now ? `${wordOf(now)} of ${gate} where ${wordOf(draft)} stood` : `deletion of the ${wordOf(draft)} of ${gate}`, expected: 'the old verdict as it was, and a new one below',
          place: placeAfter(change, document, now?.line ?? draft.line), entry: idInVersion(before, draft), commit: change.commit, key: [gate, draft.state, draft.date, draft.time].join(' '), related: placeBefore(change, before, draft),
          ...(change.revert ? { atMost: 'warning' } : {}),
        };
      }
    }
  },
});

/** The verdicts that a change took back by an edit. */
export function rewrittenVerdicts(change: Change): Rewritten[] {
  const given = change.documents.flatMap(({ after }) => after?.reading.drafts.filter(isJudged) ?? []);
  return change.documents.flatMap((document): Rewritten[] => {
    const { before, kind } = document;
    if (before === null || kind !== 'review') return [];
    const lost = before.reading.drafts.filter((draft) => isJudged(draft) && !given.some((other) => isSame(draft, other)) && !wasLost(before, draft, document) && !cameBack(draft, document));
    return lost.map((draft) => ({ document, before, draft, now: given.find((other) => other.key === draft.key && (other.state !== draft.state || other.line === draft.line)) ?? null }));
  });
}

/** Is this a verdict that judges: PASS, FAIL or CONDITIONAL? */
function isJudged({ kind, state }: Draft): boolean {
  return kind === 'verdict' && (state === 'pass' || state === 'fail' || state === 'conditional');
}

function isSame(a: Draft, b: Draft): boolean {
  return a.key === b.key && a.state === b.state && (a.date === null || (a.date === b.date && a.time === b.time));
}

function wordOf({ state }: Draft): string {
  return (state ?? '').toUpperCase();
}

/** Did a verdict only give its place back to one that an earlier version gave, before this one was there? */
function cameBack(draft: Draft, { past = [], before, after }: ChangedDocument): boolean {
  const standing = before?.reading.drafts.filter(isJudged) ?? [];
  const came = (after?.reading.drafts ?? []).filter((other) => isJudged(other) && other.key === draft.key && !standing.some((old) => isSame(old, other)));
  return came.length > 0 && past.some(({ reading }) => came.every((other) => reading.drafts.some((old) => isJudged(old) && isSame(other, old))) && !reading.drafts.some((old) => isJudged(old) && isSame(draft, old)));
}

function wasLost(before: DocumentVersion, draft: Draft, document: ChangedDocument): boolean {
  const entry = entriesOfVersion(before).find(({ draft: own }) => own === draft);
  return entry !== undefined && lostElsewhere(entry, document);
}
