import type { Kind } from '../contract/schema/entry.ts';
import { coverEntry, type Cover } from './cover-lines.ts';
import type { ReceiptText } from './evidence/find-evidence.ts';
import { readFields, type SourceLines } from './fields.ts';
import type { DocumentName } from './name-document.ts';
import type { Block, Outline } from './outline/types.ts';
import type { DoneMark, Draft, NamedGate } from './reading.ts';
import { readReferences } from './references.ts';
import type { Section } from './sections.ts';

/** A document while it is being read: what recognisers look at, and what they have found so far. */
export interface Page {
  path: string;
  name: DocumentName;
  outline: Outline;
  root: Section;
  source: SourceLines;
  /** Mentions are looked for. */
  mentions: boolean;
  cover: Cover;
  drafts: Draft[];
  gates: NamedGate[];
  done: DoneMark | null;
  receipts: ReceiptText[];
}

export type NewDraft = Partial<Draft> & Pick<Draft, 'title' | 'line' | 'endLine'>;

/** Files a draft and gives it its lines. Phase and author are those of the document unless said otherwise. Returns its index. */
export function addDraft(page: Page, kind: Kind, draft: NewDraft, options: { covers?: boolean } = {}): number {
  page.drafts.push({ kind, phase: page.name.phase, name: null, author: page.name.owner, state: null, date: null, time: null, fields: [], refs: [], ...draft });
  const index = page.drafts.length - 1;
  if (options.covers !== false) coverEntry(page.cover, index, draft.line, draft.endLine);
  return index;
}

/** The top-level blocks that begin within some lines. */
export function blocksBetween(page: Page, from: number, to: number): Block[] {
  const blocks = page.outline.blocks;
  let low = 0;
  let high = blocks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((blocks[middle]?.line ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < blocks.length && (blocks[end]?.line ?? 0) <= to) end += 1;
  return blocks.slice(low, end);
}

/** Fields and references of some blocks, as a draft carries them. */
export function readContent(page: Page, blocks: Block[], options: { nested?: boolean } = {}): Pick<Draft, 'fields' | 'refs'> {
  return { fields: readFields(blocks, page.source, options), refs: page.mentions ? readReferences(blocks) : [] };
}

/** Notes that a document names a gate in a gate's place. */
export function nameGates(page: Page, gates: string[], line: number): void {
  for (const gate of gates) if (!page.gates.some((named) => named.gate === gate)) page.gates.push({ gate, line });
}
