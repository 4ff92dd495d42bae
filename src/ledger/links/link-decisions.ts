import type { Entry } from '../../contract/schema/entry.ts';
import type { FindDecisions } from './find-decision.ts';

/**
 * Links decisions with those that they supersede, both ways. The successor's word is enough: what it names is superseded, unless the successor
 * is only proposed. What names its own successor is superseded too.
 */
export function linkDecisions(decisions: readonly Entry[], find: FindDecisions): void {
  for (const decision of decisions) {
    if (decision.supersedes) decision.supersedes = decision.supersedes.flatMap(({ words }) => targetsOf(find, decision, words, 'before'));
    if (decision.supersededBy) decision.supersededBy = decision.supersededBy.flatMap(({ words }) => targetsOf(find, decision, words, 'after'));
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

type Succession = NonNullable<Entry['supersedes']>;

/** What words mean: one decision, or several where each part of "A and B" is one; else one link without a target. */
function targetsOf(find: FindDecisions, self: Entry, words: string, side: 'before' | 'after'): Succession {
  const target = targetOf(find, self, words, side);
  const parts = target === null ? words.split(/\s+and\s+|\s*[,;+&]\s+/u) : [];
  const targets = parts.length > 1 ? parts.map((part) => ({ words: part, target: targetOf(find, self, part, side) })) : [];
  return targets.length > 0 && targets.every((part) => part.target !== null) ? targets : [{ words, target }];
}

/** Of several that the words fit, the one on the right side of the decision in time and file; null where that still leaves several. */
function targetOf(find: FindDecisions, self: Entry, words: string, side: 'before' | 'after'): string | null {
  const found = find(words, self.id);
  const fitting = found.filter((other) => (isBefore(other, self) ? 'before' : 'after') === side);
  const pool = fitting.length > 0 ? fitting : found;
  return pool.length === 1 ? (pool[0]?.id ?? null) : null;
}

function isBefore(a: Entry, b: Entry): boolean {
  if (a.date !== null && b.date !== null && a.date !== b.date) return a.date < b.date;
  return a.place.path === b.place.path ? a.place.line < b.place.line : a.place.path < b.place.path;
}
