import type { Reading } from '../../documents/reading.ts';
import { nameEntry, type EntryName } from './entry-name.ts';

/** Gives out ids in the order in which it is asked: numbers from 1, `~2` for the second entry of one name. */
export interface IdBook {
  take(name: EntryName): string;
}

export function openIdBook(): IdBook {
  const counts = new Map<string, number>();
  const taken = new Set<string>();
  const count = (base: string): number => {
    const next = (counts.get(base) ?? 0) + 1;
    counts.set(base, next);
    return next;
  };
  return {
    take: ({ base, numbered }) => {
      for (;;) {
        const number = count(base);
        const id = numbered ? `${base}${numbered}${number}` : number === 1 ? base : `${base}~${number}`;
        if (taken.has(id)) continue;
        taken.add(id);
        return id;
      }
    },
  };
}

/** The ids of one document's drafts, read alone: in file order, claims and verdicts numbered from 1. */
export function assignIds(reading: Pick<Reading, 'drafts' | 'path' | 'owner'>): string[] {
  const book = openIdBook();
  return reading.drafts.map((draft) => book.take(nameEntry(draft, reading)));
}
