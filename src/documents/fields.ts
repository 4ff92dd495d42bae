import type { Block, Item, Prose } from './outline/types.ts';
import type { DraftField } from './reading.ts';
import { findLeads } from './leads.ts';
import { lineAt } from './masked.ts';

/** Gives the source of some lines; values that are blocks of their own (a list below its lead) are taken from it as they are. */
export type SourceLines = (from: number, to: number) => string;

interface Options {
  /** Look into bullets below bullets too (deferred items are written that way). */
  nested?: boolean;
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

function dedent(text: string): string {
  const lines = text.replace(/\r\n?/gu, '\n').split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^[ \t]*/u.exec(line)?.[0].length ?? 0);
  const indent = Math.min(...indents, 1000);
  return lines.map((line) => line.slice(indent).trimEnd()).join('\n').trim();
}

function fieldsOfProse(prose: Prose, line: number, endLine: number, bullet: boolean): DraftField[] {
  return findLeads(prose, { bullet }).map((lead) => ({
    name: lead.name,
    value: oneLine(prose.text.slice(lead.valueStart, lead.valueEnd)),
    line: lineAt(line, prose.text, lead.start),
    endLine: lead.valueEnd >= prose.text.length ? endLine : lineAt(line, prose.text, lead.valueEnd) - 1,
  }));
}

function fieldsOfItem(item: Item, source: SourceLines, options: Options): DraftField[] {
  const fields: DraftField[] = [];
  const [first, ...rest] = item.children;
  if (first?.type === 'paragraph') fields.push(...fieldsOfProse(first.prose, first.line, first.endLine, true));
  const last = fields.at(-1);
  const below = rest[0];
  if (last?.value === '' && below) {
    last.value = dedent(source(below.line, below.endLine));
    last.endLine = below.endLine;
  }
  for (const block of rest) {
    if (block.type === 'paragraph') fields.push(...fieldsOfProse(block.prose, block.line, block.endLine, false));
    if (options.nested && block.type === 'list') fields.push(...block.items.flatMap((child) => fieldsOfItem(child, source, options)));
  }
  return fields;
}

/**
 * The fields of an entry, in file order: bold lead-ins and `Name: value` bullets with their continuation lines. A lead with nothing behind it
 * takes the block below it (a list, a fence, a paragraph) as its value, as that stands in the file.
 */
export function readFields(blocks: Block[], source: SourceLines, options: Options = {}): DraftField[] {
  const fields: DraftField[] = [];
  for (const block of blocks) {
    const open = fields.at(-1);
    const isBelow = open !== undefined && open.value === '' && block.type !== 'heading' && block.type !== 'rule';
    const found = block.type === 'paragraph' ? fieldsOfProse(block.prose, block.line, block.endLine, false) : block.type === 'list' ? block.items.flatMap((item) => fieldsOfItem(item, source, options)) : [];
    if (isBelow && (block.type !== 'paragraph' || found.length === 0)) {
      open.value = dedent(source(block.line, block.endLine));
      open.endLine = block.endLine;
    }
    fields.push(...found);
  }
  return fields;
}

/** The value of the last field whose name begins with one of the words, or null. */
export function fieldValue(fields: DraftField[], name: RegExp): string | null {
  return fields.findLast((field) => name.test(field.name))?.value ?? null;
}
