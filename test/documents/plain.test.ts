import { array, assert, asyncProperty, constantFrom, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blocksFromMdast } from '../../src/documents/outline/blocks-from-mdast.ts';
import { endOfFrontMatter } from '../../src/documents/outline/front-matter-lines.ts';
import { parseMarkdown } from '../../src/documents/outline/parse-markdown.ts';
import { readPlainProse } from '../../src/documents/outline/plain/plain-prose.ts';
import { readOutline } from '../../src/documents/outline/read-outline.ts';
import { readSource } from '../../src/documents/outline/source.ts';
import type { Block } from '../../src/documents/outline/types.ts';

/** The judge. */
function judge(text: string): Block[] {
  return blocksFromMdast(parseMarkdown(text, endOfFrontMatter(text, readSource(Buffer.from(text)).lineStarts) > 0), text);
}

const pieces = [
  'words', 'a', 'B2', '7', ' ', ' ', ' ', '\nand ', '.', ',', ':', ';', '(', ')', '"', "'", '-', '—', 'é', '→', '/', '=', '#', '+', '%', '$', '^', '{#name}', '|', '>', '`', '`code`', '` x `', '`a**b`', '``', '**', '**', '**bold**', '*', '***', '_', '__', 'snake_case', 'a_', '_a', '[', ']', '[ ]', '[x]',
  '[adversary]', '](', '][', '[^', '!', '![', '<', '<-', '<b>', '<!--', '&', '&amp;', '& ', '\\', '~', '~~', '~02:00', '@', '@2026-05-28', 'x@y.org', 'https://ci.example.org/runs/7570', 'http://a.b', 'HTTPS://A.B/c', 'https://x.example.org/a_b?c=d&e#f.', 'https://localhost:8080/x', 'www.example.org', 'wWW.', 'h', 'w',
  'http', '\u00A0', '\u2028', '\uFEFF', '\t', '  ',
];
const inline = array(constantFrom(...pieces), { minLength: 1, maxLength: 14 }).map((parts) => `a ${parts.join('')}`);
/** Lines that are read without remark, as records are full of them, next to what keeps them from it. */
const lines = [
  '## Heading **one** `two`', '# 2026-01-15 — start {#name}', '### [ ] box', '## ends #', 'Words go on.', 'and on', '(in brackets)', '**Lead:** words', '**Lead.**', '`code` first', '`a` `b` **c**', '"quoted"', '@2026-05-28', '~02:00 about', '-flag', '- item', '- **What:** port it', '- [ ] open', '- [x] done',
  '- [~] partial', '- [x](y)', '-  two blanks', '-', '* star', '+ plus', '1. one', '2. two', '12. twelve', '7) seven', '  goes on', '   goes on deeper', '  - nested', '    deep', '', '', '', ' ', '```', '```sh', '````', '``` a b {c}', '$ run it', '→ printed', '~~~', '---', '***', '===', '--', '| a | b |', '|---|---|', '| 1 | `2` |',
  'a | b', '> quote', '<div>', '<!-- x', '-->', 'see https://ci.example.org/runs/1.', 'snake_case and `x`', '2026-01-15 dated', '1) x', 'hard  ', 'tab\there', '\\escaped', '\\[ ] no box', '- \\[ ] no box', '!', '[adversary] words', 'M1 — CLAIMED, awaiting', 'trailing ',
];
const document = array(constantFrom(...lines), { maxLength: 18 }).chain((parts) => constantFrom('\n', '').map((end) => parts.join('\n') + end));
const runs = (usual: number): { numRuns: number } => ({ numRuns: process.env['DOCKET_LONG'] ? usual * 60 : usual });

describe('what is read without remark reads as remark reads it', () => {
  it('inline', () => {
    let read = 0;
    assert(
      property(inline, (text) => {
        const prose = readPlainProse(text);
        if (prose === null) return;
        read += 1;
        expect(judge(text)).toMatchObject([{ type: 'paragraph', prose }]);
      }),
      runs(6000),
    );
    expect(read).toBeGreaterThan(300);
  });

  it('any text', () => {
    assert(
      property(string({ unit: 'grapheme', maxLength: 20 }), (tail) => {
        const text = `a ${tail.replaceAll(/[\r\n]/g, '')}`;
        const prose = readPlainProse(text);
        if (prose !== null) expect(judge(text)).toMatchObject([{ type: 'paragraph', prose }]);
      }),
      runs(3000),
    );
  });

  it('lines', async () => {
    await assert(
      asyncProperty(document, async (text) => {
        expect((await readOutline(readSource(Buffer.from(text)))).blocks).toEqual(judge(text));
      }),
      runs(2500),
    );
  });
});
