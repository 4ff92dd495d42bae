import { placeOf } from '../engine/finding.ts';
import { defineRule } from '../engine/rule.ts';

export const timeWithoutZone = defineRule({
  id: 'time-without-zone',
  inputs: ['documents'],
  *check({ documents }) {
    for (const entry of documents.entries) {
      if (entry.zone !== false || entry.time === null || entry.place.rev !== null || entry.kind === 'gate') continue;
      yield { found: `time ${entry.time} without a zone`, expected: `${entry.time}Z`, place: placeOf(entry, entry.place.line), entry: entry.id, key: entry.time };
    }
  },
});
