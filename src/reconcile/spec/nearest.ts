import leven from 'leven';

/** The known word that was most probably meant, or null when none is near: at most one slip in three letters, two at least, and
 *  never all of its letters. */
export function findNearest(word: string, known: Iterable<string>): string | null {
  let best: string | null = null;
  let least = Math.min(Math.max(2, Math.floor(word.length / 3)) + 1, word.length);
  for (const candidate of known) {
    const distance = leven(word.toLowerCase(), candidate.toLowerCase());
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}
