import type { Entry } from '../../contract/schema/entry.ts';

/** Words that say nothing of which decision is meant. */
const empty = new Set(['the', 'a', 'an', 'of', 'and', 'in', 'on', 'to', 'for', 'by', 'with', 'entry', 'decision', 'decisions', 'phase', 'old', 'former', 'earlier', 'previous', 'stance', 'above', 'below', 'is', 'as', 'at', 'md']);
/** From this share of its words on, a title is what was meant. */
const enough = 0.6;

/**
 * The decision that some words mean: by its id, else by date, phase and words of its title. Several where the words do not tell them apart, none
 * where too few of them are in any title.
 */
export function findDecisions(decisions: readonly Entry[], text: string): Entry[] {
  const plain = text.trim().replace(/[`"“”'*_]/gu, '');
  const byId = decisions.filter(({ id }) => id === plain || id === `decision:${plain}` || id.endsWith(`/${plain}`));
  if (byId.length > 0) return byId;
  const date = /(?<![\d-])\d{4}-\d{2}-\d{2}(?!\d)/u.exec(plain)?.[0];
  const words = wordsOf(date === undefined ? plain : plain.replace(date, ' ')).filter((word) => !empty.has(word));
  const dated = date === undefined ? decisions : decisions.filter((decision) => decision.date === date || (decision.dateEnd !== undefined && decision.date !== null && decision.date <= date && date <= decision.dateEnd));
  if (words.length === 0) return date === undefined ? [] : [...dated];
  const scored = dated.map((decision) => ({ decision, score: scoreOf(decision, words) })).filter(({ score }) => score >= enough);
  const best = Math.max(0, ...scored.map(({ score }) => score));
  const nearest = scored.filter(({ score }) => score === best).map(({ decision }) => decision);
  // Of titles that hold all the words, the one that holds little else is meant.
  const exact = nearest.filter((decision) => wordsOf(decision.title).filter((word) => !empty.has(word) && word !== decision.phase.toLowerCase()).length <= words.length);
  return exact.length === 1 ? exact : nearest;
}

function scoreOf(decision: Entry, words: readonly string[]): number {
  const title = new Set([...wordsOf(decision.title), ...wordsOf(decision.phase)]);
  return words.filter((word) => title.has(word)).length / words.length;
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{Nd}]+/gu) ?? [];
}
