import type { Page } from '../page.ts';
import { nameGatesOfUnits } from './claims.ts';
import { recogniseNotes } from './notes.ts';
import { recogniseVerdicts } from './verdicts.ts';
import { recogniseVetoes } from './vetoes.ts';

/** REVIEW: vetoes first (their headings may name results), then verdicts, then dated sections that are neither as notes. */
export function recogniseReview(page: Page): void {
  nameGatesOfUnits(page);
  const vetoLines = recogniseVetoes(page);
  recogniseVerdicts(page, (unit) => vetoLines.has(unit.line));
  recogniseNotes(page);
  sortDrafts(page);
}

/** Puts drafts into file order and keeps the cover's indexes right. */
export function sortDrafts(page: Page): void {
  const sorted = page.drafts.map((draft, index) => ({ draft, index })).toSorted((a, b) => a.draft.line - b.draft.line || a.index - b.index);
  const moved = new Map(sorted.map(({ index }, position) => [index, position]));
  page.drafts = sorted.map(({ draft }) => draft);
  page.cover.owners = page.cover.owners.map((owner) => moved.get(owner) ?? owner);
}
