import type { CommitFact } from '../../ledger/ledger.ts';
import { commitOf } from '../engine/entries.ts';
import { defineRule } from '../engine/rule.ts';

/** Lines that are trailers by their value too: "Decision: we wait" in prose is none. */
const meant: Readonly<Record<string, RegExp>> = {
  'closes-deferred': /\S/u,
  'closes-finding': /\S/u,
  decision: /^(?:decision:)?[\p{L}\p{Nd}/-]+$/u,
  phase: /^[A-Za-z0-9]+$/u,
  role: /^(?:builder|adversary|operator)$/iu,
};

/** Is this a trailer by its name and its value? */
export function isMeant({ name, value }: Pick<CommitFact['trailers'][number], 'name' | 'value'>): boolean {
  return meant[name.toLowerCase()]?.test(value.trim()) === true;
}

export const commitTrailerHidden = defineRule({
  id: 'commit-trailer-hidden',
  inputs: ['commits'],
  *check({ commits }) {
    for (const fact of commits.facts) {
      const names = hiddenTrailers(fact);
      if (names.length === 0) continue;
      yield { found: `trailers that git does not see: ${names.join(', ')}`, expected: 'them in one last paragraph', place: null, commit: commitOf(fact), key: names.join(' ') };
    }
  },
});

function hiddenTrailers({ trailers }: CommitFact): string[] {
  const hidden = trailers.filter((trailer) => trailer.hidden && isMeant(trailer));
  return [...new Set(hidden.map(({ name }) => name))].toSorted();
}
