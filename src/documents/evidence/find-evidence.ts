import { readMutation, type Mutation } from '../../repro/read-mutation.ts';
import { readReproduction } from '../../repro/read-reproduction.ts';
import { isReceiptComment } from '../../repro/receipts/read-receipt.ts';
import { isSummary } from '../../repro/receipts/summary-line.ts';
import type { Fence, Reproduction } from '../../repro/types.ts';
import { findLeads } from '../leads.ts';
import type { Block, Code, Html } from '../outline/types.ts';

/** A receipt as it stands in a document, not read yet. */
export interface ReceiptText {
  text: string;
  line: number;
  endLine: number;
}

/** A fence that is a reproduction, with what stands beside it. */
export interface FoundReproduction {
  code: Code;
  fence: Fence;
  reproduction: Reproduction;
  /** The lead or heading above it. */
  words: string;
  /** The receipt right behind the fence, or behind the summary line under it. */
  receipt: ReceiptText | null;
}

/** What of a document's blocks is evidence, or is meant to be. */
export interface DocumentEvidence {
  reproductions: FoundReproduction[];
  mutations: Mutation[];
  /** Receipts that stand beside no reproduction: of replays, or gone astray. */
  receipts: ReceiptText[];
}

/** Looks through all blocks, those in lists and quotes too. Reads and judges nothing but the fences. */
export function findEvidence(blocks: readonly Block[]): DocumentEvidence {
  const found: DocumentEvidence = { reproductions: [], mutations: [], receipts: [] };
  search(blocks, { words: '' }, found);
  return found;
}

function search(blocks: readonly Block[], above: { words: string }, found: DocumentEvidence): void {
  const taken = new Set<Block>();
  for (const [index, block] of blocks.entries()) {
    if (block.type === 'heading') above.words = block.prose.text;
    if (block.type === 'paragraph') above.words = findLeads(block.prose, { bullet: false }).at(-1)?.name ?? above.words;
    if (block.type === 'code' && block.fenced) takeFence(block, above.words, receiptBehind(blocks, index), { found, taken });
    if (block.type === 'html' && isReceiptComment(block.value) && !taken.has(block)) found.receipts.push(textOf(block));
    if (block.type === 'quote' || block.type === 'other') search(block.children, above, found);
    if (block.type === 'list') for (const item of block.items) search(item.children, above, found);
  }
}

function takeFence(code: Code, words: string, receipt: Html | null, { found, taken }: { found: DocumentEvidence; taken: Set<Block> }): void {
  const fence: Fence = { lang: code.lang, meta: code.meta, body: code.value, line: code.bodyLine };
  const mutation = readMutation(fence);
  if (mutation !== null) found.mutations.push(mutation);
  const reproduction = readReproduction(fence);
  if (reproduction === null) return;
  const own = reproduction.notation === 'strict' ? receipt : null;
  if (own !== null) taken.add(own);
  found.reproductions.push({ code, fence, reproduction, words, receipt: own === null ? null : textOf(own) });
}

function receiptBehind(blocks: readonly Block[], index: number): Html | null {
  const next = blocks[index + 1];
  const isLine = next?.type === 'paragraph' && isSummary(`*${next.prose.text}*`);
  const candidate = isLine ? blocks[index + 2] : next;
  return candidate?.type === 'html' && isReceiptComment(candidate.value) ? candidate : null;
}

function textOf({ value, line, endLine }: Html): ReceiptText {
  return { text: value, line, endLine };
}
