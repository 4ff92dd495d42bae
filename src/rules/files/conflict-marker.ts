import { defineRule } from '../engine/rule.ts';

/** Stretches that a failed merge left: the outline does not read them. */
export const conflictMarker = defineRule({
  id: 'conflict-marker',
  inputs: ['documents'],
  readsEntries: () => false,
  *check({ documents }) {
    for (const { path, unparsed } of documents.documents) {
      for (const { line, endLine, why } of unparsed) {
        if (why !== 'conflict marker') continue;
        yield { found: 'conflict markers', expected: 'the entries of both sides, one after the other', place: { path, line, endLine }, key: 'conflict' };
      }
    }
  },
});
