import { defineRule } from '../engine/rule.ts';

/** Lines of known documents that no recogniser took; conflicts have a rule of their own. */
export const unparsed = defineRule({
  id: 'unparsed',
  inputs: ['documents'],
  *check({ documents }) {
    for (const document of documents.documents) {
      if (document.kind === 'unknown') continue;
      for (const { line, endLine, why } of document.unparsed) {
        if (why === 'conflict marker') continue;
        yield { found: why, expected: `what a ${document.kind} document holds`, place: { path: document.path, line, endLine }, key: why };
      }
    }
  },
});
