import { coverUnparsed } from '../cover-lines.ts';
import { leadingStrong } from '../leads.ts';
import type { Block, Heading, Paragraph } from '../outline/types.ts';
import { addDraft, blocksBetween, readContent, type Page } from '../page.ts';
import { readTitle } from '../titles.ts';
import { findWhen, plainWhen, type FoundWhen } from '../vocabulary/when.ts';

interface OpenEntry {
  block: Heading | Paragraph;
  depth: number;
  text: string;
}

const deepestEntry = 3;
const almostDated = /^[\s[(@~]*(?:\d{4}-\d{1,2}-\d{1,2}\b|\d{4}\/\d{2}\/\d{2}\b|\d{8}(?:T\d{4,6}Z?)?\b|\d{1,2}[./]\d{1,2}[./]\d{4}\b|\d{1,2}\.? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{4}\b|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}\b)/iu;

const dateAside = /[([][^()[\]]*(?<![\w./-])\d{4}-\d{2}-\d{2}(?![\w-])[^()[\]]*[)\]]/u;
const counted = /^(?:session|day|entry|iteration|round|shift|log|night|run)\b[^\d]{0,12}\d+\b/iu;

/** `Session 5 (2026-07-04) — …`: the date stands behind the words. Null where a heading only mentions one. */
function whenAside(text: string): FoundWhen | null {
  const aside = dateAside.exec(text);
  const from = aside ? aside.index + 1 : counted.exec(text)?.[0].length;
  const when = from === undefined ? null : findWhen(text, { from });
  return when?.date ? when : null;
}

/** When an entry was, by the words that it begins with. */
function readStart(text: string): FoundWhen | null {
  const { when } = readTitle(text);
  return when?.date ? when : whenAside(text);
}

/** `isMany`: the file has several headings of level 1. Where it has one, that is its title, dated or not. */
function startOf(block: Block, open: OpenEntry | null, isMany: boolean): OpenEntry | 'ends' | 'unread' | null {
  if (block.type === 'heading') {
    // Dates deeper than entries stand are parts of the entry above them.
    if (open && block.depth > Math.max(deepestEntry, open.depth)) return null;
    if (readTitle(block.prose.text).when?.date) return { block, depth: block.depth, text: block.prose.text };
    const isOuter = !open || open.block.type === 'paragraph' || block.depth <= open.depth;
    if (isOuter && block.depth <= deepestEntry && (block.depth > 1 || isMany) && whenAside(block.prose.text)) return { block, depth: block.depth, text: block.prose.text };
    if (block.depth > 1 && almostDated.test(block.prose.text)) return 'unread';
    return open && block.depth <= open.depth ? 'ends' : null;
  }
  if (block.type !== 'paragraph' || (open && open.block.type === 'heading')) return null;
  const strong = leadingStrong(block.prose);
  return strong && readTitle(strong.text).when?.date ? { block, depth: 7, text: strong.text } : null;
}

function fileEntry(page: Page, open: OpenEntry, endLine: number): void {
  const { block, text } = open;
  const read = readTitle(text);
  const blocks = blocksBetween(page, block.line, endLine);
  const body = block.type === 'heading' ? blocks.slice(1) : blocks;
  const content = readContent(page, body);
  const fields = block.type === 'paragraph' ? content.fields.filter((field) => field.line !== block.line) : content.fields;
  const refs = block.type === 'heading' ? readContent(page, blocks).refs : content.refs;
  addDraft(page, 'journal', { ...plainWhen(readStart(text)), title: read.title, name: read.name, line: block.line, endLine, fields, refs });
}

/**
 * Journal entries: headings that begin with a date, or have it in brackets behind their words; undated headings below one are its children, an undated one at its level ends it. In files
 * without dated headings a paragraph with a dated bold lead is an entry too. Headings whose date cannot be read are reported.
 */
export function recogniseJournal(page: Page): void {
  let open: OpenEntry | null = null;
  const isMany = page.outline.blocks.filter((block) => block.type === 'heading' && block.depth === 1).length > 1;
  for (const block of page.outline.blocks) {
    const start = startOf(block, open, isMany);
    if (start === null) continue;
    if (open) fileEntry(page, open, block.line - 1);
    open = typeof start === 'string' ? null : start;
    if (start === 'unread') coverUnparsed(page.cover, block.line, block.endLine, 'a heading with a date that is not YYYY-MM-DD');
  }
  if (open) fileEntry(page, open, page.outline.lines);
}
