import { defineRule } from '../engine/rule.ts';

export const unknownDocument = defineRule({
  id: 'unknown-document',
  inputs: ['documents'],
  options: { ignore: ['README.md'] },
  *check({ documents }, { options }) {
    for (const { path, kind } of documents.documents) {
      const name = path.slice(path.lastIndexOf('/') + 1);
      if (kind !== 'unknown' || options.ignore.includes(name) || options.ignore.includes(path)) continue;
      yield { found: `document ${path}`, expected: 'the name of a known kind, such as JOURNAL-PHASE.md', place: { path, line: 1 } };
    }
  },
});
