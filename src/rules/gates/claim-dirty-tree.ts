import type { Entry } from '../../contract/schema/entry.ts';
import { findEvidence } from '../../gates/evidence/evidence-of-gate.ts';
import { entriesOf } from '../engine/entries.ts';
import { placeOf, toPlace } from '../engine/finding.ts';
import { defineRule } from '../engine/rule.ts';

const shownPaths = 4;

/** Claims that rest on code which is in no commit: while they are not committed themselves, or because a reproduction of theirs was recorded on it. */
export const claimDirtyTree = defineRule({
  id: 'claim-dirty-tree',
  inputs: ['linked', 'uncommitted'],
  *check({ linked, uncommitted }) {
    for (const claim of entriesOf(linked, 'claim')) {
      const name = `${claim.phase}/${claim.gate ?? ''}`;
      const place = toPlace(claim.place, claim.place.line);
      if (claim.introduced === null && uncommitted.length > 0) {
        yield { found: `claim of ${name} beside uncommitted ${listPaths(uncommitted)}`, expected: 'the code that it speaks of in a commit', place, entry: claim.id, key: 'now', next: 'git status' };
      }
      for (const entry of recordedOnChanges(linked.entries, claim)) {
        yield {
          found: `claim of ${name} that rests on ${entry.id}, recorded on uncommitted ${listPaths(entry.recording?.dirty ?? [])}`, expected: 'a recording of what a commit holds',
          place, entry: claim.id, commit: claim.introduced?.commit ?? null, key: entry.id, related: [{ message: entry.id, place: placeOf(entry, entry.place.line) }],
        };
      }
    }
  },
});

function recordedOnChanges(entries: readonly Entry[], { phase, gate = '' }: Entry): Entry[] {
  const own = entries.filter((entry) => entry.phase === phase);
  const { reproductions } = findEvidence(own, phase, gate);
  return own.filter(({ id, recording }) => reproductions.includes(id) && (recording?.dirty.length ?? 0) > 0);
}

function listPaths(paths: readonly string[]): string {
  const rest = paths.length - shownPaths;
  return `${paths.slice(0, shownPaths).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
