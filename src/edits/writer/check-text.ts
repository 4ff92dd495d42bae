import { Failure } from '../../contract/failure.ts';
import type { Block, List, Quote } from '../../documents/outline/types.ts';
import { defaultVocabulary } from '../../documents/vocabulary/vocabulary.ts';
import { isReceiptComment } from '../../repro/receipts/read-receipt.ts';
import { unsafeCharacters } from '../../reports/safe-text.ts';
import { findOpenEnd } from './find-open-end.ts';
import { pageOpener, type OpenPage } from './open-page.ts';

const lineEnd = /[\n\r\u2028\u2029]/u;

/**
 * Text of one line, such as a title: without blanks at its ends. Throws a usage failure for a line end, which could begin an entry of its own,
 * for characters that drive a terminal, hide text or turn it round, and where nothing is left. `name` is what the user calls it: `--title`.
 */
export function checkLine(name: string, text: string): string {
  const shown = text.trim();
  if (lineEnd.test(shown)) throw new Failure('usage', `Unexpected line end in ${name}, expected one line.`, { next: `Give ${name} in one line; what has several lines goes into --body.` });
  const [unsafe] = unsafeCharacters(shown);
  if (unsafe) throw new Failure('usage', `Unexpected ${nameControl(shown, unsafe.index)} in ${name}, character ${unsafe.index + 1}, expected text that shows what it says.`, { next: `Give ${name} without it.` });
  if (shown === '') throw new Failure('usage', `Unexpected empty ${name}, expected a few words.`, { next: `Give ${name} a few words.` });
  return shown;
}

/** A title: one line with a letter or a digit in it, which ids are made of. */
export function checkTitle(text: string): string {
  const title = checkLine('--title', text);
  if (!/[\p{L}\p{Nd}]/u.test(title)) throw new Failure('usage', `Unexpected --title "${title}", expected a few words.`, { next: 'Say in words what the entry is about.' });
  return title;
}

/** An optional line: null stays null. */
export function checkLineIfGiven(name: string, text: string | null): string | null {
  return text === null ? null : checkLine(name, text);
}

/**
 * The text below a heading: with LF, without blank lines at its ends. Throws a usage failure that names the line where it opens what nothing closes
 * (a fence, a comment), holds a heading of `level` or above, which would end the entry, or forges a receipt.
 */
export async function checkBody(name: string, text: string, level: number): Promise<string> {
  const body = text.replace(/\r\n?/gu, '\n').replace(/^(?:[ \t]*\n)+|\s+$/gu, '');
  if (body === '') return '';
  const [unsafe] = unsafeCharacters(body);
  if (unsafe) throw refuse(name, lineOf(body, unsafe.index), `holds the ${nameControl(body, unsafe.index)}`, 'Write it in words');
  const open = pageOpener(defaultVocabulary);
  // Behind a heading, as it will stand: at the start of a file three hyphens would open front matter.
  const page = await open('body.md', Buffer.from(`#\n\n${body}\n`));
  const end = await findOpenEnd(page, open);
  if (end) throw refuse(name, end.line - 2, `opens ${end.what} that nothing closes`, 'Close it in the body');
  for (const block of page.blocks.slice(1)) checkBlock(name, page, block, level);
  return body;
}

function checkBlock(name: string, page: OpenPage, block: Block, level: number): void {
  const line = block.line - 2;
  if (block.type === 'heading' && block.depth <= level) throw refuse(name, line, `is a heading of level ${block.depth}, which would end the entry`, `Write it with ${'#'.repeat(level + 1)} or in bold`);
  if (block.type === 'unread') throw refuse(name, line, `cannot be read (${block.why})`, 'Leave it out');
  const receipt = receiptLine(page, block);
  if (receipt !== null) throw refuse(name, receipt - 2, 'holds a docket-receipt comment, which only docket record may write', 'Leave it out, or quote it in a fence');
}

/** The line of a comment that would be taken for a receipt; in code it is only quoted. */
function receiptLine(page: OpenPage, block: Block): number | null {
  if (block.type === 'html') return /<!--\s*docket-receipt\b/u.test(block.value) || isReceiptComment(block.value) ? block.line : null;
  if (isNested(block)) return childrenOf(block).map((child) => receiptLine(page, child)).find((line) => line !== null) ?? null;
  if (block.type === 'code') return null;
  const raw = page.source.sliceLines(block.line, block.endLine);
  const quoted = block.type === 'paragraph' || block.type === 'heading' ? block.prose.text : '';
  return /<!--\s*docket-receipt\b/u.test(raw) && !/<!--\s*docket-receipt\b/u.test(quoted) ? block.line : null;
}

function isNested(block: Block): block is List | Quote | Extract<Block, { type: 'other' }> {
  return block.type === 'list' || block.type === 'quote' || block.type === 'other';
}

function childrenOf(block: List | Quote | Extract<Block, { type: 'other' }>): Block[] {
  return block.type === 'list' ? block.items.flatMap((item) => item.children) : block.children;
}

function refuse(name: string, line: number, what: string, instead: string): Failure {
  return new Failure('usage', `line ${line} of ${name} ${what}; nothing was written`, { next: `${instead}, then run the same command again.` });
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

function nameControl(text: string, at: number): string {
  const code = text.codePointAt(at) ?? 0;
  return `${code < 0x20 || (code >= 0x7f && code < 0xa0) ? 'control' : 'invisible'} character U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}
