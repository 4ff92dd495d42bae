import { readdirSync, readFileSync } from 'node:fs';
import { array, assert, asyncProperty, constantFrom, oneof, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blocksFromMdast } from '../../src/documents/outline/blocks-from-mdast.ts';
import { endOfFrontMatter } from '../../src/documents/outline/front-matter-lines.ts';
import { parseMarkdown } from '../../src/documents/outline/parse-markdown.ts';
import { readOutline } from '../../src/documents/outline/read-outline.ts';
import { readSource } from '../../src/documents/outline/source.ts';
import type { Block } from '../../src/documents/outline/types.ts';

/** The judge: the whole file in one piece through remark. */
function judge(bytes: Buffer): Block[] {
  const { text, lineStarts } = readSource(bytes);
  return blocksFromMdast(parseMarkdown(text, endOfFrontMatter(text, lineStarts) > 0), text);
}

async function split(bytes: Buffer): Promise<{ blocks: Block[]; whole: boolean; sections: number }> {
  const { blocks, whole, parsed } = await readOutline(readSource(bytes));
  return { blocks, whole: Boolean(whole), sections: parsed.sections };
}

/** What can join or part sections: everything that may stand open across a line that looks like a heading. */
const lines = [
  '# Title', '## One', '## Two ##', '### Deeper', '#not a heading', ' ## indented by one', '    ## in code', '\t## in code', '####### seven', '##', '## ', 'Setext', '===', '---', '- - -', '***', '___', '',
  '', '', 'words', '  words', 'a *b', 'c* d', '**bold', 'still** x', '`code', 'ends`', '```', '````', '~~~', '```js', '    code', '- item', '  - nested', '- [ ] box', '- [x] done', '* star', '1. one', '12) twelve', '    deep', '  lazy', '> quote', '> ## in a quote', '> ```',
  '>', '> - item', '- > quote', '- ```', '  ```', '- ## in an item', '<!--', '-->', '<!-- whole -->', '<div>', '</div>', '<pre>', '</pre>', '<script>', '<?php', '?>', '<![CDATA[', ']]>', '<b>inline</b>', '<x', '| a | b |', '|---|---|', '| 1 | 2 |', 'a | b', '-|-', '[a]: https://example.org', '[a]', '[b]:',
  "'title'", '[^1]: note', '    more of the note', '[^1]', '![x](y)', '\\', 'hard  ', 'break\\', '&amp;', 'https://example.org/a_b_', '---js', '--- ', '\uFEFF', '\u2028', '\0', '+ plus', '-', '1.', '\f', '<!DOCTYPE x>', '<a href="', '">', '* * *', '~~struck', 'out~~', '<<<<<<< ours', '=======', '>>>>>>> theirs',
];
const document = array(oneof({ weight: 12, arbitrary: constantFrom(...lines) }, { weight: 1, arbitrary: string({ maxLength: 12 }) }), { maxLength: 24 }).chain((parts) => constantFrom('\n', '\r\n', '\r').map((end) => parts.join(end)));

const withoutConflicts = (text: string): boolean => !/^(?:<{7}|>{7})/m.test(text);

describe('a document that is split reads as the whole one, places included', () => {
  it('whatever is strung together', async () => {
    await assert(
      asyncProperty(document, async (text) => {
        const bytes = Buffer.from(text);
        // Stretches that a failed merge left are kept from remark on purpose.
        if (withoutConflicts(text.replaceAll('\r', '\n'))) expect((await split(bytes)).blocks).toEqual(judge(bytes));
      }),
      { numRuns: process.env['DOCKET_LONG'] ? 200_000 : 3000 },
    );
  });

  const folders = ['../example', '../cases/forms', '../cases/blind/harbour', '../cases/blind/orchard', '../cases/blind/loom', '../cases/invented/quarry', '../cases/blind2/heron', '../../machine-docs', '../..'];
  const files = folders.flatMap((folder) => readdirSync(new URL(folder, import.meta.url)).filter((name) => name.endsWith('.md')).map((name) => `${folder}/${name}`));
  it.each(files)('%s', async (file) => {
    const bytes = readFileSync(new URL(file, import.meta.url));
    const { blocks } = await split(bytes);
    expect(blocks).toEqual(judge(bytes));
  });

  it('and it is split: the real files are not read as one piece', async () => {
    const outlines = await Promise.all(files.map((file) => split(readFileSync(new URL(file, import.meta.url)))));
    expect(outlines.filter(({ whole }) => !whole).length).toBeGreaterThan(files.length / 2);
  });
});
