import { createHash } from 'node:crypto';
import { scriptOf } from '../types.ts';
import type { Step } from '../types.ts';
import { canonicalJson } from './canonical-json.ts';

/** SHA-256 of a text's UTF-8 bytes, in hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** The digest of a contract: the body of its fence, whatever line ends its file has. */
export function contractDigest(body: string): string {
  return sha256(body.replaceAll('\r\n', '\n').replace(/\n+$/, ''));
}

/** The digest of what bash is given for a step. */
export function commandDigest(step: Pick<Step, 'commands'>): string {
  return sha256(scriptOf(step));
}

/** The digest of a receipt: all of it but the digest itself and the seal that signs it. */
export function receiptSum(receipt: object): string {
  const { sum: _sum, seal: _seal, ...rest } = receipt as Record<string, unknown>;
  return sha256(canonicalJson(rest));
}
