import { unsafeCharacters } from '../../reports/safe-text.ts';
import { defineRule } from '../engine/rule.ts';

/** Lines with characters that docket itself would never let through to a terminal. A byte order mark at the head and carriage returns at line ends are fine. */
export const terminalEscape = defineRule({
  id: 'terminal-escape',
  inputs: ['texts'],
  readsEntries: () => false,
  *check({ texts }) {
    for (const [path, text] of texts) {
      for (const [index, line] of text.split('\n').entries()) {
        const plain = (index === 0 ? line.replace(/^\uFEFF/u, '') : line).replace(/\r/gu, ' ');
        const found = unsafeCharacters(plain);
        const [first] = found;
        if (first === undefined) continue;
        const names = [...new Set(found.map(({ name }) => name))];
        yield {
          found: `${names.length === 1 ? 'character' : 'characters'} ${names.slice(0, 4).join(', ')}`, expected: 'visible text', place: { path, line: index + 1, column: first.index + 1 },
          key: `${names.join(' ')} ${plain.replace(/[^\p{L}\p{N}]+/gu, ' ').trim().slice(0, 80)}`,
        };
      }
    }
  },
});
