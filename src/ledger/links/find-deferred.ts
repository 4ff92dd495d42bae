import type { Entry } from '../../contract/schema/entry.ts';

/** Words that say nothing of which item is meant. */
const empty = new Set(['the', 'a', 'an', 'entry', 'item', 'deferred', 'deferral', 'md', 'of', 'is', 'closed', 'when', 'once', 'after', 'before', 'until', 'closes', 'and', 'in', 'with', 'by', 'to', 'for']);

/**
 * The deferred items that some words speak of: by a whole id, by date and words ("2026-06-13 circular-dependency entry"), by the date alone where
 * it is the only thing said. Empty where no date stands; several where the words do not tell them apart.
 */
export function findDeferred(entries: readonly Entry[], text: string): Entry[] {
  const deferred = entries.filter(({ kind }) => kind === 'deferred');
  const lower = text.toLowerCase();
  const whole = deferred.filter(({ id }) => mentions(lower, id.slice('deferred:'.length).toLowerCase()));
  if (whole.length > 0) return whole;
  const date = /(?<![\d-])\d{4}-\d{2}-\d{2}(?!\d)/u.exec(text)?.[0];
  if (date === undefined) return [];
  const dated = deferred.filter((entry) => entry.date === date);
  const words = wordsOf(text.replace(date, ' ')).filter((word) => word.length > 1 && !empty.has(word));
  const scored = dated.map((entry) => ({ entry, score: words.filter((word) => wordsOf(entry.title).includes(word)).length }));
  const best = Math.max(0, ...scored.map(({ score }) => score));
  return best === 0 && words.length > 0 && dated.length > 1 ? dated : scored.filter(({ score }) => score === best).map(({ entry }) => entry);
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{Nd}]+/gu) ?? [];
}

function mentions(text: string, id: string): boolean {
  const at = text.indexOf(id);
  return at >= 0 && !/[\p{L}\p{N}-]/u.test(text.charAt(at + id.length));
}
