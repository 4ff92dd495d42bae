import { coverUnparsed } from './cover-lines.ts';
import { maskProse } from './masked.ts';
import type { Block, Box, Item, Prose } from './outline/types.ts';
import type { Page } from './page.ts';
import type { Section } from './sections.ts';
import { walkSections } from './sections.ts';

/** A piece of text that can carry a claim, a verdict or a task: a heading, a bullet's first paragraph, a paragraph, or the row of a table. */
export interface Unit {
  type: 'heading' | 'item' | 'paragraph' | 'row';
  prose: Prose;
  /** The text with quoted words blanked out. */
  masked: string;
  line: number;
  /** Last line of the whole heading, bullet or paragraph. */
  endLine: number;
  box: Box | null;
  /** The section that the unit stands in; for a heading, the section that it opens. */
  section: Section;
  item: Item | null;
}

/** Nobody writes a claim or a verdict into a longer piece: it is a log, or an attack. */
const longestUnit = 20_000;

function* unitsOfItem(item: Item, section: Section): Generator<Unit> {
  const [first, ...rest] = item.children;
  const prose = first?.type === 'paragraph' ? first.prose : { text: '', code: [], strong: [], struck: [], links: [] };
  yield { type: 'item', prose, masked: maskProse(prose), line: item.line, endLine: item.endLine, box: item.box, section, item };
  for (const block of rest) if (block.type === 'list') for (const child of block.items) yield* unitsOfItem(child, section);
}

/** The units of some blocks of one section. */
function* unitsOfBlocks(blocks: Block[], section: Section): Generator<Unit> {
  for (const block of blocks) {
    if (block.type === 'list') for (const item of block.items) yield* unitsOfItem(item, section);
    if (block.type === 'paragraph') yield { type: 'paragraph', prose: block.prose, masked: maskProse(block.prose), line: block.line, endLine: block.endLine, box: null, section, item: null };
  }
}

/** All units of a section and its children, in file order, those left out that are too long to carry anything. */
export function* walkUnits(root: Section): Generator<Unit> {
  for (const unit of walkAllUnits(root)) if (unit.prose.text.length <= longestUnit) yield unit;
}

/** Says of the units that are too long that nobody looked for claims and verdicts in them. */
export function coverLongUnits(page: Page): void {
  for (const { prose, line, endLine } of walkAllUnits(page.root)) {
    if (prose.text.length > longestUnit) coverUnparsed(page.cover, line, endLine, `too large: ${prose.text.length} characters without a break, more than ${longestUnit}`);
  }
}

function* walkAllUnits(root: Section): Generator<Unit> {
  for (const section of walkSections(root)) {
    if (section.heading) {
      yield { type: 'heading', prose: section.heading.prose, masked: section.masked, line: section.line, endLine: section.heading.endLine, box: section.heading.box, section, item: null };
    }
    yield* unitsOfBlocks(section.blocks, section);
  }
}

function joinCells(cells: readonly Prose[]): Prose {
  const row: Prose = { text: '', code: [], strong: [], struck: [], links: [] };
  for (const cell of cells) {
    const at = row.text === '' ? 0 : row.text.length + 3;
    row.text = row.text === '' ? cell.text : `${row.text} | ${cell.text}`;
    for (const kind of ['code', 'strong', 'struck'] as const) row[kind].push(...cell[kind].map((offset) => offset + at));
  }
  return row;
}

/** The rows of all tables below a section, their header left out. */
export function* walkRows(root: Section): Generator<Unit> {
  for (const section of walkSections(root)) {
    for (const block of section.blocks) {
      if (block.type !== 'table') continue;
      for (const row of block.rows.slice(1)) {
        const prose = joinCells(row.cells);
        if (prose.text.length > longestUnit) continue;
        yield { type: 'row', prose, masked: maskProse(prose), line: row.line, endLine: row.line, box: null, section, item: null };
      }
    }
  }
}
