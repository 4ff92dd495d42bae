import type { Entry } from '../../contract/schema/entry.ts';
import type { FindDecisions } from './find-decision.ts';
import { namesDecision } from './find-named-decision.ts';

const sides = [['supersedes', 'before'], ['supersededBy', 'after'], ['amends', 'before'], ['amendedBy', 'after']] as const;

/**
 * Links decisions with those that they supersede, both ways. The successor's word is enough: what it names is superseded, unless the successor
 * is only proposed. What names its own successor is superseded too. What is amended stays in force.
 */
export function linkDecisions(decisions: readonly Entry[], find: FindDecisions): void {
  for (const decision of decisions) {
    for (const [name, side] of sides) {
      const links = decision[name];
      if (links) decision[name] = links.flatMap(({ words }) => targetsOf(find, decision, words, side));
    }
  }
  const byId = new Map(decisions.map((decision) => [decision.id, decision]));
  for (const later of decisions) {
    if (later.state === 'proposed') continue;
    for (const earlier of targetsIn(later.supersedes, byId)) {
      earlier.state = 'superseded';
      earlier.supersededBy = withLink(earlier.supersededBy, later);
    }
    for (const earlier of targetsIn(later.amends, byId)) earlier.amendedBy = withLink(earlier.amendedBy, later);
  }
}

function targetsIn(links: Succession | undefined, byId: ReadonlyMap<string, Entry>): Entry[] {
  return (links ?? []).flatMap(({ target }) => (target === null ? [] : (byId.get(target) ?? [])));
}

function withLink(links: Succession | undefined, { id, title }: Entry): Succession {
  return links?.some(({ target }) => target === id) ? links : [...(links ?? []), { words: title, target: id }];
}

type Succession = NonNullable<Entry['supersedes']>;

/** What words mean: one decision, or several where each part of "A and B" is one; else one link without a target. */
function targetsOf(find: FindDecisions, self: Entry, words: string, side: 'before' | 'after'): Succession {
  const parts = words.split(/\]\s+(?=\S)/u).flatMap((piece, index, all) => (index < all.length - 1 ? `${piece}]` : piece).split(/\s+and\s+|\s*[,;+&]\s+/u)).map((part) => part.replace(/^\s*(?:and\b|[,;+&])\s*/u, '')).filter((part) => part.trim() !== '');
  const isListed = parts.length > 1 && parts.every(namesDecision);
  const target = isListed ? null : targetOf(find, self, words, side);
  const targets = target === null && parts.length > 1 ? parts.map((part) => ({ words: part.trim(), target: targetOf(find, self, part, side) })) : [];
  return targets.length > 0 && (isListed || targets.every((part) => part.target !== null)) ? targets : [{ words, target }];
}

/** Of several that the words fit, the one on the right side of the decision in time and file; null where that still leaves several. */
function targetOf(find: FindDecisions, self: Entry, words: string, side: 'before' | 'after'): string | null {
  const found = find(words, self);
  const fitting = found.filter((other) => (isBefore(other, self) ? 'before' : 'after') === side);
  const pool = fitting.length > 0 ? fitting : found;
  return pool.length === 1 ? (pool[0]?.id ?? null) : null;
}

function isBefore(a: Entry, b: Entry): boolean {
  if (a.date !== null && b.date !== null && a.date !== b.date) return a.date < b.date;
  return a.place.path === b.place.path ? a.place.line < b.place.line : a.place.path < b.place.path;
}
