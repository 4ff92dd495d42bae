import { h, type Child, type Markup, type Tag } from '../markup.ts';
import { drawReproduction, type StepMarks } from './draw-reproduction.ts';
import { readBlocks, type Block, type Item, type Line } from './read-blocks.ts';
import { readInline, type LinkOf } from './read-inline.ts';

export interface TextView {
  linkOf: LinkOf;
  /** What the lines of reproductions are. */
  marks: StepMarks;
  /** Headings of the text begin at this level. */
  level: number;
}

/** The text of an entry for reading. `firstLine` is the number of its first line in its file. */
export function drawText(text: string, firstLine: number, view: TextView): Markup[] {
  const blocks = readBlocks(text, firstLine);
  const least = Math.min(...blocks.flatMap((block) => (block.type === 'heading' ? [block.level] : [])));
  return blocks.map((block) => drawBlock(block, view, least));
}

const boxes: Readonly<Record<string, [string, string]>> = { ' ': ['☐', 'open'], x: ['☑', 'done'], X: ['☑', 'done'], '~': ['◪', 'partly'], '-': ['☒', 'dropped'] };

function drawBlock(block: Block, view: TextView, least: number): Markup {
  switch (block.type) {
    case 'heading':
      return h(headingOf(view.level + block.level - least), {}, readInline(block.text, view.linkOf));
    case 'paragraph':
      return h('p', {}, readInline(block.text, view.linkOf));
    case 'code':
      return drawCode(block, view);
    case 'list':
      return h(block.start === null ? 'ul' : 'ol', block.start === null || block.start === 1 ? {} : { start: block.start }, block.items.map((item) => drawItem(item, view, least)));
    case 'table':
      return drawTable(block, view.linkOf);
    case 'quote':
      return h('blockquote', {}, block.blocks.map((each) => drawBlock(each, view, least)));
    case 'comment':
      return h('details', { class: 'comment' }, h('summary', {}, block.text.startsWith('<!-- docket-receipt') ? 'receipt' : 'comment'), h('pre', { tabindex: 0, role: 'region', 'aria-label': 'comment' }, h('code', {}, block.text)));
    case 'rule':
      return h('hr');
  }
}

function drawCode({ info, lines }: { info: string; lines: readonly Line[] }, { marks }: TextView): Markup {
  const code = marks.isReproduction(lines)
    ? drawReproduction(lines, marks)
    : h('pre', { tabindex: 0, role: 'region', 'aria-label': 'code' }, h('code', {}, lines.map(({ text }) => text).join('\n')));
  return info === '' ? code : h('figure', {}, h('figcaption', {}, info), code);
}

function headingOf(level: number): Tag {
  const tags: readonly Tag[] = ['h2', 'h3', 'h4', 'h5', 'h6'];
  return tags[Math.min(Math.max(level, 2), 6) - 2] ?? 'h6';
}

function drawItem({ box, blocks }: Item, view: TextView, least: number): Markup {
  const [sign, word] = boxes[box ?? ''] ?? [];
  const [first, ...rest] = blocks;
  const lead: Child[] = first?.type === 'paragraph' ? readInline(first.text, view.linkOf) : first === undefined ? [] : [drawBlock(first, view, least)];
  const mark = sign === undefined ? null : h('span', { class: 'box', role: 'img', 'aria-label': word }, sign, ' ');
  return h('li', box === null ? {} : { class: 'boxed' }, mark, lead, rest.map((each) => drawBlock(each, view, least)));
}

function drawTable({ head, rows }: { head: readonly string[]; rows: readonly (readonly string[])[] }, linkOf: LinkOf): Markup {
  const cells = (row: readonly string[], tag: 'td' | 'th'): Markup[] => row.map((cell) => h(tag, tag === 'th' ? { scope: 'col' } : {}, readInline(cell, linkOf)));
  return h('div', { class: 'wide', tabindex: 0, role: 'region', 'aria-label': 'table' }, h('table', {}, h('thead', {}, h('tr', {}, cells(head, 'th'))), h('tbody', {}, rows.map((row) => h('tr', {}, cells(row, 'td'))))));
}
