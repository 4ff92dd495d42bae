import { recordFolder } from '../../ledger/sources/select-files.ts';
import { defineRule } from '../engine/rule.ts';

export const fileLocation = defineRule({
  id: 'file-location',
  inputs: ['documents'],
  *check({ documents }) {
    for (const { path, kind } of documents.documents) {
      const named = path in documents.config.documents;
      if (kind === 'unknown' || named || path.startsWith(`${recordFolder}/`)) continue;
      const name = path.slice(path.lastIndexOf('/') + 1);
      yield {
        found: `${kind} at ${path}`, expected: `it in ${recordFolder}/`, place: { path, line: 1 },
        next: `git mv ${path} ${recordFolder}/${name}`,
      };
    }
  },
});
