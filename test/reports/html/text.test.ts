import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attributesOf, h, hrefOf, safeHref } from '../../../src/reports/html/markup.ts';
import { printMarkup } from '../../../src/reports/html/print-markup.ts';
import { drawText } from '../../../src/reports/html/text/draw-text.ts';
import { marksOf } from '../../../src/reports/html/text/draw-reproduction.ts';

const view = { linkOf: (name: string) => (name === 'A1' ? '#finding:p/A1' : null), marks: marksOf([]), level: 4 };
const draw = (text: string, steps: Parameters<typeof marksOf>[0] = []): string => drawText(text, 1, { ...view, marks: marksOf(steps) }).map(printMarkup).join('');

describe('the text of an entry', () => {
  test.each([
    ['## One\n### Two', '<h4>One</h4><h5>Two</h5>'],
    ['# Closed ##', '<h4>Closed</h4>'],
    ['a **b** `c` *d* ~~e~~', '<p>a <strong>b</strong> <code>c</code> <em>d</em> <del>e</del></p>'],
    ['see `A1`', '<p>see <a href="#finding:p/A1"><code>A1</code></a></p>'],
    ['``a ` b``', '<p><code>a ` b</code></p>'],
    ['- [x] done\n- [ ] open\n  more', '<ul><li class="boxed"><span class="box" role="img" aria-label="done">☑ </span>done</li><li class="boxed"><span class="box" role="img" aria-label="open">☐ </span>open\nmore</li></ul>'],
    ['3. c\n4. d', '<ol start="3"><li>c</li><li>d</li></ol>'],
    ['- a\n  - b\n- c', '<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>'],
    ['> q\n> r', '<blockquote><p>q\nr</p></blockquote>'],
    ['[w](https://e.org/x)', '<p><a href="https://e.org/x" rel="noreferrer noopener nofollow">w</a></p>'],
    ['[w](javascript:alert(1))', '<p><span>w (javascript:alert(1)</span>)</p>'],
    ['https://e.org/a.', '<p><a href="https://e.org/a" rel="noreferrer noopener nofollow">https://e.org/a</a>.</p>'],
    ['a < b & "c"', '<p>a &lt; b &amp; &quot;c&quot;</p>'],
    ['---', '<hr>'],
  ])('%j', (text, html) => expect(draw(text)).toBe(html));

  test('a table, a comment, a receipt, a fence that nobody closed', () => {
    expect(draw('| a | b |\n|---|---|\n| 1 \\| 2 | <i> |')).toContain('<td>1 | 2</td><td>&lt;i&gt;</td>');
    expect(draw('<!-- docket-receipt v1 {} -->')).toContain('<summary>receipt</summary>');
    expect(draw('```\na\n# b')).toContain('<code>a\n# b</code>');
    expect(draw('~~~\n```\n~~~\nafter')).toMatch(/<code>```<\/code><\/pre><p>after<\/p>/u);
  });

  test('lines of a reproduction say their role and how they end', () => {
    const html = draw('```\n# old\n$ x\n→ 404 ← FAILS\n$ y\n→ 200 ← PASSES\n```', [
      { line: 3, role: 'red', guessed: false, commands: [3], observations: [[4, 'fails']] },
      { line: 5, role: 'green', guessed: true, commands: [5], observations: [[6, 'passes']] },
    ]);
    expect(html).toContain('aria-label="reproduction: red, green"');
    expect(html).toMatch(/<span class="role">red<\/span>[^\n]*✘ fails[^\n]*<span class="role" title="[^"]+">green\?<\/span>[^\n]*✔ passes/u);
  });

  test('whatever it is, no word of it is lost', () => {
    const piece = fc.constantFrom('word', '**', '`', '```', '- ', '1. ', '> ', '# ', '| ', '|---|', '\n', '\n\n', '  ', '<b>', '[', '](', ')', 'https://x.y/z', '~~', '<!--', '-->', '[x] ', '\\|', '&', '"');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        const shown = drawText(text, 1, view);
        const letters = (part: string): string => part.replace(/word/gu, 'w').replace(/[^w]/gu, '');
        const html = shown.map(printMarkup).join('');
        // An address may stand in the link alone.
        expect(letters(html).length).toBeGreaterThanOrEqual(letters(text).length);
        expect(html).not.toMatch(/<b>(?!<)[^<]*$|<script|javascript:/u);
      }),
      { numRuns: process.env['DOCKET_LONG'] === undefined ? 300 : 20_000 },
    );
  });

  test.each([
    ['quotes', '>'.repeat(50_000)], ['marks', '*'.repeat(60_000)], ['strong', '**a '.repeat(20_000)], ['ticks', '` `` '.repeat(15_000)], ['brackets', '['.repeat(60_000)],
    ['heading', `#${' '.repeat(60_000)}x`], ['hashes', `# ${'# '.repeat(30_000)}x`], ['lists', Array.from({ length: 3000 }, (_, index) => `${' '.repeat(index % 13)}- a`).join('\n')], ['cells', `${'|a'.repeat(20_000)}\n|---|\n`.repeat(3)], ['comments', '<!--\n'.repeat(20_000)], ['points', `http://${'.'.repeat(50_000)}x`],
  ])('%s without end are drawn all the same', (_, text) => expect(draw(text).length).toBeGreaterThan(0), 5000);
});

describe('where a link may lead', () => {
  test.each(['javascript:x', 'JAVASCRIPT:x', ' javascript:x', '\tjavascript:x', 'data:text/html,x', 'vbscript:x', 'file:///etc/passwd', '//evil', '/x', 'x', 'blob:x', ''])('not to %j', (address) => {
    expect(safeHref(address)).toBeNull();
    expect([...attributesOf(h('a', { href: address }))]).toEqual([]);
  });
  test.each(['#x', 'https://x', 'http://x', 'HTTPS://x'])('to %j', (address) => expect(safeHref(address)).toBe(address));
  test('the fragment of an id reads back as the id', () => fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (id) => void expect(decodeURIComponent(hrefOf(id).slice(1))).toBe(id))));
});
