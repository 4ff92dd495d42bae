import { coverUnparsed, isFree } from '../cover-lines.ts';
import { fieldValue } from '../fields.ts';
import { leadingStrong } from '../leads.ts';
import type { Block, Box, Item, Paragraph, Prose, Table } from '../outline/types.ts';
import { addDraft, readContent, type Page } from '../page.ts';
import type { DraftField } from '../reading.ts';
import { readReferences } from '../references.ts';
import { allBlocks, walkSections, type Section } from '../sections.ts';
import { namesState, stateOfSection } from './deferred-sections.ts';
import { readTitle } from '../titles.ts';
import { findWhen, plainWhen } from '../vocabulary/when.ts';
import { findPhase, findRole, isNothing } from '../vocabulary/words.ts';
import { findClosing } from './closings.ts';

const frame = /^(?:conventions?|format|template|how to|rules?|index|legend|about|notes?)\b/iu;
/** `Closed`, `Closed (2026-04-28)`, `Resolved by`; not `Closed part` or `Resolved sub-items`, which leave the rest open. */
const stateField = /^(Closed|Resolved|Reopened)(?:\s*$|\s*[^\p{L}\s-]|[\s-]+(?:by|on|at|in|as|with|via|again|now|since|when|after)\b(?!\s+part))/iu;
const itemField = /^(?:What|Filed by|Reason|Re-entry|Trigger|Why|Operator action|Closed|Status)\b/iu;

function firstBox(blocks: Block[]): { box: Box; line: number } | null {
  let first: { box: Box; line: number } | null = null;
  for (const block of blocks) {
    if (block.type !== 'list') continue;
    for (const item of block.items) {
      if (item.box === null) continue;
      const text = item.children[0]?.type === 'paragraph' ? item.children[0].prose.text : '';
      if (/^\W*What\b/iu.test(text)) return { box: item.box, line: item.line };
      first ??= { box: item.box, line: item.line };
    }
  }
  return first;
}

function sectionName(section: Section | null): string | undefined {
  for (let at = section; at; at = at.parent) if (at.heading && at.depth > 1) return at.text;
  return section?.heading ? section.text : undefined;
}

interface Parts {
  text: string;
  box: { box: Box; line: number } | null;
  blocks: Block[];
  line: number;
  endLine: number;
  section: Section | null;
}

/** The box wins over every word, and without one the last word of the item over its section. `reopened` needs an open box. */
function readState({ box, section }: Parts, fields: DraftField[], raw: string): string {
  const last = fields.findLast(({ name }) => stateField.test(name))?.name ?? '';
  const isReopened = fields.some(({ name }) => /^Reopened\b/iu.test(name));
  if (box) return box.box === 'done' || box.box === 'dropped' ? 'closed' : isReopened ? 'reopened' : 'open';
  if (last !== '') return /^Reopened/iu.test(last) ? 'open' : 'closed';
  const status = /^\W*(\p{L}+)/u.exec(fieldValue(fields, /^(?:Status|State)$/iu) ?? '')?.[1] ?? '';
  if (/^(?:closed|resolved|done|dropped|fixed|landed|completed|withdrawn)$/iu.test(status) || /\bRESOLVED\b/u.test(raw)) return 'closed';
  if (/^(?:open|active|deferred|parked|pending|reopened)$/iu.test(status)) return 'open';
  return stateOfSection(section) ?? 'open';
}

function fileItem(page: Page, parts: Parts): void {
  const read = readTitle(parts.text);
  const content = readContent(page, parts.blocks, { nested: true });
  const filedBy = fieldValue(content.fields, /^Filed by$/iu) ?? '';
  const raw = page.source(parts.line, parts.endLine);
  const reopenedField = content.fields.findLast((field) => /^Reopened\b/iu.test(field.name));
  const closing = findClosing(content.fields, raw);
  const state = readState(parts, content.fields, raw);
  const section = sectionName(parts.section);
  addDraft(page, 'deferred', {
    ...plainWhen(read.when),
    title: read.title,
    name: read.name,
    phase: findPhase(filedBy) ?? '-',
    author: findRole(filedBy),
    state,
    line: parts.line,
    endLine: parts.endLine,
    ...content,
    ...(section === undefined ? {} : { section }),
    ...(parts.box ? { boxLine: parts.box.line } : {}),
    ...(closing && (state !== 'open' || reopenedField) ? { closedBy: closing } : {}),
    ...(reopenedField ? { reopenedBy: /\b([0-9a-f]{7,40})\b/u.exec(reopenedField.value)?.[1] ?? reopenedField.value } : {}),
  });
}

const titleColumn = /^\W*(?:items?|what|deferred|title|entry|topic|subject|task|name|description|issue|work|gap|limitation)\b/iu;
const reasonColumn = /\b(?:why|reason|trigger|revisit|re-?entry|until|filed|phase|status|state|linked|owner|unblock\w*|blocked|condition)\b/iu;
const nameOfColumn = (header: string): string => header.replace(/[\s:*_]+$/u, '').replace(/^[\s*_]+/u, '');

/** `| Item | Why not now | Trigger |`: each row is an item, its columns are fields. A column of states or a box in the row decides; else it is open. */
function fileRows(page: Page, table: Table, section: Section): boolean {
  const headers = table.rows[0]?.cells.map(({ text }) => nameOfColumn(text)) ?? [];
  const titled = headers.findIndex((header) => titleColumn.test(header));
  if (titled < 0 || !headers.some((header, index) => index !== titled && reasonColumn.test(header))) return false;
  for (const row of table.rows.slice(1)) {
    const cell = row.cells[titled];
    if (cell && !isNothing(cell.text)) fileRow(page, row, { headers, titled, section });
  }
  return true;
}

function fileRow(page: Page, row: Table['rows'][number], columns: { headers: string[]; titled: number; section: Section }): void {
  const { headers, titled, section } = columns;
  const place = { line: row.line, endLine: row.line };
  const at = (name: RegExp): string => row.cells[headers.findIndex((header) => name.test(header))]?.text.trim() ?? '';
  const cell = row.cells[titled] as Prose;
  const read = readTitle((leadingStrong(cell)?.text ?? cell.text).replace(/^\[[ xX~-]\]\s+/u, ''));
  const fields = headers.flatMap((name, index) => (index === titled || name === '' ? [] : [{ name, value: row.cells[index]?.text.trim() ?? '', ...place }])).filter(({ value }) => value !== '');
  const state = at(/^(?:status|state|done|open\?|closed\??)$/iu);
  const closing = findClosing(fields.map((field) => (/^(?:status|state)$/iu.test(field.name) ? { ...field, name: 'Closed' } : field)), row.cells.map(({ text }) => text).join(' '));
  const isClosed = /^\W*(?:closed|resolved|done|dropped|fixed|landed|yes)\b|^\s*(?:\[[xX-]\]|[✓✔✅])/iu.test(state) || /^\s*\[[xX-]\]/u.test(cell.text);
  const filedBy = `${at(/^filed/iu)} ${at(/^(?:by|owner|who)$/iu)}`;
  const name = sectionName(section);
  addDraft(page, 'deferred', {
    ...plainWhen(read.when ?? findWhen(at(/^(?:date|when|filed|deferred|since)\b/iu))),
    title: read.title,
    name: read.name,
    phase: findPhase(filedBy) ?? (at(/^phase$/iu).replace(/^phase\s+/iu, '').match(/^[A-Za-z0-9]+$/u)?.[0] ?? '-'),
    author: findRole(filedBy),
    state: isClosed ? 'closed' : 'open',
    ...place,
    fields,
    refs: readReferences(row.cells.map((prose): Paragraph => ({ type: 'paragraph', prose, ...place }))),
    ...(name === undefined ? {} : { section: name }),
    ...(closing && isClosed ? { closedBy: closing } : {}),
  });
}

function itemTitle(item: Item): string {
  const first = item.children[0];
  if (first?.type !== 'paragraph') return '';
  const strong = leadingStrong(first.prose);
  const bold = strong && !/^(?:What|Item|Deferred)[\s:.]*$/iu.test(strong.text) ? strong.text : null;
  const dated = readTitle(first.prose.text);
  return bold && !dated.when ? bold : first.prose.text.replace(/^(?:What|Item)\s*[:.]\s*/iu, '');
}

function hasForm(section: Section): boolean {
  if (!section.heading || section.depth < 2) return false;
  if (section.heading.box || readTitle(section.text).when?.date) return true;
  if (frame.test(section.masked) || section.children.some(hasForm)) return false;
  const fields = section.blocks.flatMap((block) => (block.type === 'list' ? block.items : [])).map((item) => (item.children[0]?.type === 'paragraph' ? item.children[0].prose.text : ''));
  return fields.some((text) => itemField.test(text.trim()) && /^[^\n]{1,40}:/u.test(text.trim()));
}

/** `## Active`, and below it a heading with words of its own: an item. A heading that only holds further ones groups them. */
function isListed(page: Page, section: Section): boolean {
  if (!section.heading || stateOfSection(section.parent) === null || namesState(section) || !isFree(page.cover, section.line)) return false;
  if (isNothing(section.text) || section.children.some(hasForm)) return false;
  return hasWords(section) || (section.children.length === 0 && section.blocks.every(({ type }) => type === 'html' || type === 'rule'));
}

/** Words, or fields; boxes and rows are items of their own. */
function hasWords({ blocks }: Section): boolean {
  return blocks.some((block) => block.type === 'paragraph' || block.type === 'code' || block.type === 'quote' || (block.type === 'list' && block.items.every(({ box }) => box === null)));
}

/** What stands below a heading that is none of these: said, so that nobody takes it for read. */
function reportUnknown(page: Page, section: Section): void {
  if (!section.heading || section.depth < 2 || stateOfSection(section) !== null || !hasWords(section)) return;
  for (let line = section.line; line <= section.ownEnd; line += 1) if (!isFree(page.cover, line)) return;
  coverUnparsed(page.cover, section.line, section.ownEnd, 'a section that is no deferred item: it has no date, no box, none of the fields of an item, and no section of open or closed ones around it');
}

/**
 * Deferred items: a heading with a date, a box or the fields of an item, or below one that says "active" or "closed"; in older files a bullet with a box; a row of a table. The box decides the state. Frame
 * sections (conventions, the fenced sample, the open and closed headings) are containers.
 */
export function recogniseDeferred(page: Page): void {
  for (const section of walkSections(page.root)) {
    if (hasForm(section) || isListed(page, section)) {
      const heading = section.heading;
      const blocks = allBlocks(section);
      const box = heading?.box ? { box: heading.box, line: section.line } : firstBox(blocks);
      fileItem(page, { text: section.text, box, blocks: heading ? [...blocks] : blocks, line: section.line, endLine: section.endLine, section: section.parent });
      continue;
    }
    if (frame.test(section.masked) && section.depth > 1) continue;
    for (const block of section.blocks) {
      if (block.type === 'table' && isFree(page.cover, block.line) && !fileRows(page, block, section)) coverUnparsed(page.cover, block.line, block.endLine, 'a table without a column for what is deferred and one for why or until when');
      if (block.type !== 'list' || !isFree(page.cover, block.line)) continue;
      for (const item of block.items) {
        const text = itemTitle(item);
        if (item.box !== null) fileItem(page, { text, box: { box: item.box, line: item.line }, blocks: [{ type: 'list', ordered: false, items: [item], line: item.line, endLine: item.endLine }], line: item.line, endLine: item.endLine, section });
        else if (!isNothing(text) && section.depth > 1) coverUnparsed(page.cover, item.line, item.endLine, 'a bullet without a box in a list of deferred items');
      }
    }
    reportUnknown(page, section);
  }
}
