import type { Entry } from '../../contract/schema/entry.ts';
import { findDecisions } from './find-decision.ts';

/**
 * Links decisions with those that they supersede, both ways. The successor's word is enough: what it names is superseded, unless the successor
 * is only proposed. What names its own successor is superseded too.
 */
export function linkDecisions(entries: readonly Entry[]): void {
  const decisions = entries.filter(({ kind }) => kind === 'decision');
  for (const decision of decisions) {
    for (const link of decision.supersedes ?? []) link.target = targetOf(decisions, decision, link.words, 'before');
    for (const link of decision.supersededBy ?? []) link.target = targetOf(decisions, decision, link.words, 'after');
  }
  const byId = new Map(decisions.map((decision) => [decision.id, decision]));
  for (const successor of decisions) {
    for (const { target } of successor.supersedes ?? []) {
      const retired = target === null ? undefined : byId.get(target);
      if (!retired || successor.state === 'proposed') continue;
      retired.state = 'superseded';
      if (!retired.supersededBy?.some((link) => link.target === successor.id)) retired.supersededBy = [...(retired.supersededBy ?? []), { words: successor.title, target: successor.id }];
    }
  }
}

/** Of several that the words fit, the one on the right side of the decision in time and file; null where that still leaves several. */
function targetOf(decisions: readonly Entry[], self: Entry, words: string, side: 'before' | 'after'): string | null {
  const found = findDecisions(decisions.filter(({ id }) => id !== self.id), words);
  const fitting = found.filter((other) => (isBefore(other, self) ? 'before' : 'after') === side);
  const pool = fitting.length > 0 ? fitting : found;
  return pool.length === 1 ? (pool[0]?.id ?? null) : null;
}

function isBefore(a: Entry, b: Entry): boolean {
  if (a.date !== null && b.date !== null && a.date !== b.date) return a.date < b.date;
  return a.place.path === b.place.path ? a.place.line < b.place.line : a.place.path < b.place.path;
}
