import type { Entry } from '../../contract/schema/entry.ts';
import { findLinked, findNumbered } from './find-named-decision.ts';

/** Words that say nothing of which decision is meant. */
const empty = new Set(['the', 'a', 'an', 'of', 'and', 'in', 'on', 'to', 'for', 'by', 'with', 'entry', 'decision', 'decisions', 'phase', 'old', 'former', 'earlier', 'previous', 'stance', 'above', 'below', 'is', 'as', 'at', 'md']);
/** From this share of its words on, a title is what was meant. */
const enough = 0.6;

/**
 * The decision that some words mean: by its id, else by date, phase and words of its title. Several where the words do not tell them apart, none
 * where too few of them are in any title. `self` is the decision whose words they are: it cannot be meant, and links begin at its file.
 */
export type FindDecisions = (words: string, self?: Entry) => Entry[];

interface Titled {
  decision: Entry;
  words: ReadonlySet<string>;
  /** How many of them say something beside the phase. */
  telling: number;
}

/** Reads the titles once; each question then looks only at decisions that share a word or the date. */
export function openDecisionFinder(decisions: readonly Entry[]): FindDecisions {
  const titled = decisions.map(readTitled);
  const byWord = new Map<string, Titled[]>();
  for (const each of titled) {
    for (const word of each.words) {
      const known = byWord.get(word);
      if (known) known.push(each);
      else byWord.set(word, [each]);
    }
  }
  return (text, self) => {
    const linked = findLinked(decisions, text, self);
    if (linked?.length === 1) return linked;
    const plain = text.replace(/\s*\[[^\]\s]*(?:\.md|#)[^\]\s]*\]/gu, '').trim().replace(/[`"“”'*_]/gu, '');
    const others = (found: readonly Entry[]): Entry[] => found.filter(({ id }) => id !== self?.id);
    const byId = others(decisions.filter(({ id }) => id === text.trim() || id === plain || id === `decision:${plain}` || id.endsWith(`/${plain}`)));
    if (byId.length > 0) return byId;
    const numbered = findNumbered(decisions, plain, self);
    if (numbered !== null && numbered.length > 0) return numbered;
    const date = /(?<![\d-])\d{4}-\d{2}-\d{2}(?!\d)/u.exec(plain)?.[0];
    const words = tellingWords(date === undefined ? plain : plain.replace(date, ' '));
    if (words.length === 0) return date === undefined ? [] : others(decisions.filter((decision) => isOfDay(decision, date)));
    const near = [...new Set(words.flatMap((word) => byWord.get(word) ?? []))];
    const found = nearestOf(near.filter(({ decision }) => decision.id !== self?.id && (date === undefined || isOfDay(decision, date))), words);
    // Words that go on after the date of a decision are prose.
    return found.length > 0 || date === undefined ? found : others(decisions.filter((decision) => isOfDay(decision, date)));
  };
}

function readTitled(decision: Entry): Titled {
  const title = wordsOf(decision.title);
  const phase = decision.phase.toLowerCase();
  return { decision, words: new Set([...title, ...wordsOf(decision.phase)]), telling: title.filter((word) => !empty.has(word) && word !== phase).length };
}

function nearestOf(candidates: readonly Titled[], words: readonly string[]): Entry[] {
  const scored = candidates.map((titled) => ({ titled, score: words.filter((word) => titled.words.has(word)).length / words.length })).filter(({ score }) => score >= enough);
  const best = Math.max(0, ...scored.map(({ score }) => score));
  const nearest = scored.filter(({ score }) => score === best).map(({ titled }) => titled);
  // Of titles that hold all the words, the one that holds little else is meant.
  const exact = nearest.filter(({ telling }) => telling <= words.length);
  return (exact.length === 1 ? exact : nearest).map(({ decision }) => decision);
}

function isOfDay({ date, dateEnd }: Entry, day: string): boolean {
  return date === day || (dateEnd !== undefined && date !== null && date <= day && day <= dateEnd);
}

function tellingWords(text: string): string[] {
  return wordsOf(text).filter((word) => !empty.has(word));
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{Nd}]+/gu) ?? [];
}
