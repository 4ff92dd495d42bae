import { canonicalJson } from './canonical-json.ts';
import { receiptSum } from './digests.ts';
import type { Receipt, RecordReceipt, ReplayReceipt } from './types.ts';

/** Completes the receipt of a recording with its digest. */
export function completeRecord(draft: Omit<RecordReceipt, 'sum' | 'seal'>, seal: string | null = null): RecordReceipt {
  return { ...draft, seal, sum: receiptSum(draft) };
}

/** Completes the receipt of a replay with its digest. */
export function completeReplay(draft: Omit<ReplayReceipt, 'sum' | 'seal'>, seal: string | null = null): ReplayReceipt {
  return { ...draft, seal, sum: receiptSum(draft) };
}

/**
 * What could end an HTML comment or a fence, start markup, break the line or turn the text around. All of it can only
 * stand inside JSON strings, where `\u` says the same; the digest is that of the value, not of this spelling.
 */
// oxlint-disable-next-line no-control-regex
const unsafe = /[<>&`\u007F-\u009F\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]|-(?=-)/g;

/** The receipt as it stands in a document: one line, an HTML comment. */
export function printReceipt(receipt: Receipt): string {
  return `<!-- docket-receipt v1 ${printReceiptJson(receipt)} -->`;
}

/** The JSON alone, safe inside a comment; reading it gives the same value. */
export function printReceiptJson(receipt: Receipt): string {
  return canonicalJson(receipt).replace(unsafe, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
