import { describe, expect, it } from 'vitest';
import { readDocument } from '../../src/documents/read-document.ts';
import type { Reading } from '../../src/documents/reading.ts';
import { defaultVocabulary } from '../../src/documents/vocabulary/vocabulary.ts';

const read = (name: string, text: string | Buffer): Promise<Reading> => readDocument(`machine-docs/${name}`, Buffer.from(text), defaultVocabulary);
const around = (odd: string): string => `# J\n\n## 2026-06-01 — before\n\n${odd}\n\n## 2026-06-02 — after\n\nwords\n`;

/** What was not understood, as far as the reason goes. */
const reasons = ({ unparsed }: Reading): string[] => unparsed.map(({ why }) => why.split(':')[0] ?? '');

/** No file may stop a hook. The time limit of a test tells the endless from the slow. */
const limit = 30_000;

describe('odd text between two entries leaves both where they are', () => {
  const shapes: [string, string, string[]][] = [
    ['2,000 levels of quotes', `${'>'.repeat(2000)} x`, ['too deep']],
    ['400 levels of indented lists', Array.from({ length: 400 }, (_, level) => `${' '.repeat(level * 2)}- a`).join('\n'), ['too deep']],
    ['marks that are never closed', '*a '.repeat(50_000), ['too deep']],
    ['100,000 brackets', '['.repeat(100_000), ['too deep']],
    ['20,000 links in each other', '[a]('.repeat(20_000), ['too deep']],
    ['runs of backticks, each longer', Array.from({ length: 700 }, (_, length) => '`'.repeat(length + 1)).join(' '), ['too large']],
    ['a table of 3,000 columns', `|${'a|'.repeat(3000)}\n|${'-|'.repeat(3000)}\n${`|${'b|'.repeat(3000)}\n`.repeat(20)}`.trimEnd(), ['too large']],
    ['a merge that failed', '<<<<<<< ours\nx\n=======\ny\n>>>>>>> theirs', ['conflict marker']],
    ['20,000 shas', Array.from({ length: 20_000 }, (_, index) => (index * 7919 + 1e15).toString(16).padStart(40, 'a')).join(' '), []],
    ['NUL and bytes that are no text', '\0\u{1}\u{7F}', []],
  ];
  it.each(shapes)('%s', async (_, odd, why) => {
    const reading = await read('JOURNAL-k1.md', around(odd));
    const after = 5 + odd.split('\n').length + 1;
    expect(reading.drafts.map(({ title, line }) => ({ title, line }))).toEqual([{ title: 'before', line: 3 }, { title: 'after', line: after }]);
    expect(reasons(reading)).toEqual(why);
  }, limit);

  it.each(['\r\n', '\r'])('line ends %j behind a BOM', async (end) => {
    const reading = await read('JOURNAL-k1.md', `\uFEFF${around('plain')}`.replaceAll('\n', end));
    expect(reading.drafts.map(({ title, line }) => ({ title, line }))).toEqual([{ title: 'before', line: 3 }, { title: 'after', line: 7 }]);
  });

  it('bytes that are not UTF-8', async () => {
    const [before, after] = around('|').split('|').map((part) => Buffer.from(part));
    const reading = await read('JOURNAL-k1.md', Buffer.concat([before ?? Buffer.of(), Buffer.from([0xff, 0xfe, 0xc3]), after ?? Buffer.of()]));
    expect(reading.drafts.map(({ line }) => line)).toEqual([3, 7]);
  });
});

describe('large files', () => {
  it('of 10,000 entries are read', async () => {
    const reading = await read('JOURNAL-k1.md', `# J\n\n${Array.from({ length: 10_000 }, (_, index) => `## 2026-06-${String((index % 28) + 1).padStart(2, '0')} — h${index}\n\nx\n\n`).join('')}`);
    expect(reading.drafts).toHaveLength(10_000);
    expect(reading.drafts.at(-1)).toMatchObject({ title: 'h9999', line: 39_999 });
  }, limit);

  it('of one endless line are reported', async () => {
    const reading = await read('JOURNAL-k1.md', around('x'.repeat(5_000_000)));
    expect(reasons(reading)).toEqual(['too large']);
    expect(reading.drafts.map(({ title }) => title)).toEqual(['after']);
  }, limit);
});

describe('one line that claims and judges without end', () => {
  it.each([
    ['STATUS-k1.md', `## ${'M1 CLAIMED '.repeat(20_000)}`],
    ['STATUS-k1.md', `- ${'M1 CLAIMED. '.repeat(20_000)}`],
    ['REVIEW-k1.md', `## ${Array.from({ length: 20_000 }, (_, gate) => `M${gate}`).join('+')} PASS`],
    ['REVIEW-k1.md', 'VETO '.repeat(20_000)],
  ])('%s: reported, not believed', async (name, line) => {
    const reading = await read(name, `# X\n\n${line}\n\n## M2 — PASS @2026-06-02\n`);
    expect(reasons(reading)).toEqual(['too large']);
    expect(reading.drafts.filter(({ kind, line: at }) => kind !== 'note' && at === 3)).toEqual([]);
  }, limit);

  it('says each thing once where a line repeats itself', async () => {
    const { drafts } = await read('STATUS-k1.md', '# S\n\n- M1 CLAIMED, and again M1 CLAIMED; M2 CLAIMED\n');
    expect(drafts.filter(({ kind }) => kind === 'claim').map(({ key }) => key)).toEqual(['M1', 'M2']);
  });
});
