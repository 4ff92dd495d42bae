import { coverUnparsed, isFree } from '../cover-lines.ts';
import { fieldValue } from '../fields.ts';
import { leadingStrong } from '../leads.ts';
import type { Block, Box, Item } from '../outline/types.ts';
import { addDraft, readContent, type Page } from '../page.ts';
import { allBlocks, walkSections, type Section } from '../sections.ts';
import { readTitle } from '../titles.ts';
import { plainWhen } from '../vocabulary/when.ts';
import { findPhase, findRole, isNothing } from '../vocabulary/words.ts';
import { findClosing } from './closings.ts';

const frame = /^(?:conventions?|format|template|how to|rules?|index|legend|about|notes?)\b/iu;
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

/** `reopened` needs an open box and a later "Reopened" line; the box wins over every word. */
function readState(parts: Parts, reopened: boolean, saysClosed: boolean): string {
  if (!parts.box) return saysClosed && !reopened ? 'closed' : 'open';
  if (parts.box.box === 'done' || parts.box.box === 'dropped') return 'closed';
  return reopened ? 'reopened' : 'open';
}

function fileItem(page: Page, parts: Parts): void {
  const read = readTitle(parts.text);
  const content = readContent(page, parts.blocks, { nested: true });
  const filedBy = fieldValue(content.fields, /^Filed by$/iu) ?? '';
  const raw = page.source(parts.line, parts.endLine);
  const reopenedField = content.fields.findLast((field) => /^Reopened\b/iu.test(field.name));
  const closing = findClosing(content.fields, raw);
  const saysClosed = content.fields.some((field) => /^(?:Closed|Resolved)\b/iu.test(field.name)) || /\bRESOLVED\b/u.test(raw);
  const state = readState(parts, reopenedField !== undefined, saysClosed);
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

function itemTitle(item: Item): string {
  const first = item.children[0];
  if (first?.type !== 'paragraph') return '';
  const strong = leadingStrong(first.prose);
  const bold = strong && !/^(?:What|Item|Deferred)[\s:.]*$/iu.test(strong.text) ? strong.text : null;
  const dated = readTitle(first.prose.text);
  return bold && !dated.when ? bold : first.prose.text.replace(/^(?:What|Item)\s*[:.]\s*/iu, '');
}

function isItem(section: Section): boolean {
  if (!section.heading || section.depth < 2) return false;
  if (section.heading.box || readTitle(section.text).when?.date) return true;
  if (frame.test(section.masked) || section.children.some(isItem)) return false;
  const fields = section.blocks.flatMap((block) => (block.type === 'list' ? block.items : [])).map((item) => (item.children[0]?.type === 'paragraph' ? item.children[0].prose.text : ''));
  return fields.some((text) => itemField.test(text.trim()) && /^[^\n]{1,40}:/u.test(text.trim()));
}

/**
 * Deferred items: a heading with a date, a box or the fields of an item; in older files a bullet with a box. The box decides the state. Frame
 * sections (conventions, the fenced sample, the open and closed headings) are containers.
 */
export function recogniseDeferred(page: Page): void {
  for (const section of walkSections(page.root)) {
    if (isItem(section)) {
      const heading = section.heading;
      const blocks = allBlocks(section);
      const box = heading?.box ? { box: heading.box, line: section.line } : firstBox(blocks);
      fileItem(page, { text: section.text, box, blocks: heading ? [...blocks] : blocks, line: section.line, endLine: section.endLine, section: section.parent });
      continue;
    }
    if (frame.test(section.masked) && section.depth > 1) continue;
    for (const block of section.blocks) {
      if (block.type !== 'list' || !isFree(page.cover, block.line)) continue;
      for (const item of block.items) {
        const text = itemTitle(item);
        if (item.box !== null) fileItem(page, { text, box: { box: item.box, line: item.line }, blocks: [{ type: 'list', ordered: false, items: [item], line: item.line, endLine: item.endLine }], line: item.line, endLine: item.endLine, section });
        else if (!isNothing(text) && section.depth > 1) coverUnparsed(page.cover, item.line, item.endLine, 'a bullet without a box in a list of deferred items');
      }
    }
  }
}
