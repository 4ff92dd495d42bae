import { createHash } from 'node:crypto';
import type { Body } from './types.ts';

/** Enough for every health page; 200 probes at once then keep at most 50 MB. */
export const BODY_LIMIT = 256 * 1024;

export interface BodyCollector {
  /** False when the limit is reached: no more is wanted. */
  add(chunk: Buffer): boolean;
  body(): Body;
}

/** Keeps the first bytes of a stream, up to the limit. */
export function collectBody(): BodyCollector {
  const chunks: Buffer[] = [];
  let bytes = 0;
  let truncated = false;
  return {
    add(chunk) {
      const wanted = chunk.subarray(0, BODY_LIMIT - bytes);
      if (wanted.length > 0) chunks.push(wanted);
      bytes += wanted.length;
      truncated ||= wanted.length < chunk.length;
      return !truncated;
    },
    body() {
      const whole = Buffer.concat(chunks);
      return { text: whole.toString('utf8'), digest: createHash('sha256').update(whole).digest('hex'), bytes, truncated };
    },
  };
}
