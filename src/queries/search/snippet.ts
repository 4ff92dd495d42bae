import type { Entry } from '../../contract/schema/entry.ts';
import { countTerm, type SearchTerm } from './search-terms.ts';
import { foldText, wordsOf } from './words.ts';

const longest = 160;

/** The line of the entry in which the rarest terms meet, and what stands there. Of equal lines the first below the heading, as titles are shown anyway. */
export function findSnippet(entry: Entry, body: string, terms: readonly SearchTerm[], rarity: readonly number[]): { line: number; snippet: string } {
  let best = { index: -1, weight: 0 };
  const lines = body.split(/\r\n|\n|\r/);
  lines.forEach((line, index) => {
    const words = wordsOf(foldText(line));
    const weight = terms.reduce((sum, term, at) => sum + (countTerm(term, words) > 0 ? (rarity[at] ?? 0) : 0), 0);
    if (weight > best.weight || (weight === best.weight && best.index === 0 && weight > 0)) best = { index, weight };
  });
  if (best.index < 0) return { line: entry.place.line, snippet: clip(entry.title, terms) };
  return { line: entry.place.line + best.index, snippet: clip(lines[best.index] ?? '', terms) };
}

/** At most 160 characters of a line, with the first term in sight. Folding may change the length of the text, so that place is a good guess. */
function clip(line: string, terms: readonly SearchTerm[]): string {
  const letters = [...line.trim()];
  if (letters.length <= longest) return letters.join('');
  const folded = foldText(letters.join(''));
  const places = terms.map((term) => folded.indexOf(term.words[0] ?? '')).filter((at) => at >= 0).map((at) => Array.from(folded.slice(0, at)).length);
  const start = Math.max(0, Math.min(Math.min(...places, letters.length) - 40, letters.length - longest));
  const shown = letters.slice(start, start + longest).join('').trim();
  return `${start > 0 ? '…' : ''}${shown}${start + longest < letters.length ? '…' : ''}`;
}
