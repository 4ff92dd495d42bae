import { defineRule } from '../engine/rule.ts';

/** What the reader of front matter could not read. */
export const frontMatter = defineRule({
  id: 'front-matter',
  inputs: ['documents'],
  readsEntries: () => false,
  *check({ documents }) {
    for (const { rule, message, place } of documents.diagnostics) {
      if (rule !== 'front-matter') continue;
      const [found = message, expected] = message.replace(/^Unexpected /, '').split(', expected ');
      yield { found, expected: expected ?? 'names with values in plain YAML', place };
    }
  },
});
