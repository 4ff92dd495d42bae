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

/** Looks through all blocks, those in lists and quotes too; what is quoted is nobody's proof. Reads and judges nothing but the fences. */
export function findEvidence(blocks: readonly Block[]): DocumentEvidence {
  const found: DocumentEvidence = { reproductions: [], mutations: [], receipts: [] };
  search(blocks, { words: '', quoted: false }, found);
  return found;
}

/** Where the search stands: the lead or heading above, and whether it is within a quotation. */
interface Above {
  words: string;
  quoted: boolean;
}

function search(blocks: readonly Block[], above: Above, found: DocumentEvidence): void {
  const taken = new Set<Block>();
  for (const [index, block] of blocks.entries()) {
    if (block.type === 'heading') above.words = block.prose.text;
    if (block.type === 'paragraph') above.words = findLeads(block.prose, { bullet: false }).at(-1)?.name ?? above.words;
    if (block.type === 'code' && block.fenced) takeFence(block, above, receiptsBehind(blocks, index), { found, taken });
    if (block.type === 'html' && isReceiptComment(block.value) && !taken.has(block)) found.receipts.push(textOf(block));
    if (block.type === 'quote') search(block.children, { words: above.words, quoted: true }, found);
    if (block.type === 'other') search(block.children, above, found);
    if (block.type === 'list') for (const item of block.items) search(item.children, above, found);
  }
}

function takeFence(code: Code, { words, quoted }: Above, receipts: readonly Html[], { found, taken }: { found: DocumentEvidence; taken: Set<Block> }): void {
  const fence: Fence = { lang: code.lang, meta: code.meta, body: code.value, line: code.bodyLine };
  const mutation = readMutation(fence);
  if (mutation !== null) found.mutations.push(mutation);
  const reproduction = readReproduction(fence);
  if (reproduction === null) return;
  const own = reproduction.notation === 'strict' ? receipts : [];
  for (const receipt of own) taken.add(receipt);
  if (quoted && reproduction.notation === 'strict') found.reproductions.push({ code, fence, reproduction: { ...reproduction, notation: 'loose', meta: { ...reproduction.meta, id: null, claim: null } }, words, receipt: null });
  else found.reproductions.push({ code, fence, reproduction, words, receipt: joined(own) });
}

/** One receipt belongs to one fence: of two it cannot be told which counts, so that both are read as one, which cannot be read. */
function joined(receipts: readonly Html[]): ReceiptText | null {
  const [first] = receipts;
  const last = receipts.at(-1);
  return first === undefined || last === undefined ? null : { text: receipts.map(({ value }) => value).join('\n'), line: first.line, endLine: last.endLine };
}

function receiptsBehind(blocks: readonly Block[], index: number): Html[] {
  const next = blocks[index + 1];
  const isLine = next?.type === 'paragraph' && isSummary(`*${next.prose.text}*`);
  const receipts: Html[] = [];
  for (let at = index + (isLine ? 2 : 1); at < blocks.length; at += 1) {
    const block = blocks[at];
    if (block?.type !== 'html' || !isReceiptComment(block.value) || (receipts.length > 0 && block.value.includes('"kind":"replay"'))) break;
    receipts.push(block);
  }
  return receipts;
}

function textOf({ value, line, endLine }: Html): ReceiptText {
  return { text: value, line, endLine };
}
