import leven, { closestMatch } from 'leven';

/**
 * The candidates that somebody who typed `word` most likely meant, best first: those that contain it or are contained in it, then those
 * few letters away (at most a third of the longer one, at least one). At most `count`; empty when nothing is near.
 */
export function findNearest(word: string, candidates: Iterable<string>, count = 3): string[] {
  const wanted = word.toLowerCase();
  const scored: { candidate: string; distance: number }[] = [];
  for (const candidate of new Set(candidates)) {
    const distance = distanceTo(wanted, candidate.toLowerCase());
    if (distance !== null) scored.push({ candidate, distance });
  }
  scored.sort((a, b) => a.distance - b.distance || a.candidate.length - b.candidate.length || (a.candidate < b.candidate ? -1 : 1));
  return scored.slice(0, count).map(({ candidate }) => candidate);
}

function distanceTo(wanted: string, candidate: string): number | null {
  const limit = Math.max(1, Math.floor(Math.max(wanted.length, candidate.length) / 3));
  const letters = leven(wanted, candidate, { maxDistance: limit + 1 });
  if (letters <= limit) return letters;
  const long = wanted.length >= 3 && candidate.includes(wanted);
  return long || (candidate.length >= 3 && wanted.includes(candidate)) ? limit + 1 : null;
}

/**
 * A sentence that names the nearest candidates, with a blank before it, to follow another sentence: those that are near, else the one
 * that is least far. Empty only without candidates.
 */
export function suggestNearest(word: string, candidates: Iterable<string>): string {
  const all = [...candidates];
  const near = findNearest(word, all);
  const names = near.length > 0 ? near : [closestMatch(word, all)].filter((name) => name !== undefined);
  return didYouMean(names);
}

/** The sentence `Did you mean A, B or C?` with a space before it, to follow another sentence; empty when no name is given. */
export function didYouMean(names: readonly string[]): string {
  const last = names.at(-1);
  if (last === undefined) return '';
  const before = names.slice(0, -1);
  return ` Did you mean ${before.length > 0 ? `${before.join(', ')} or ` : ''}${last}?`;
}
