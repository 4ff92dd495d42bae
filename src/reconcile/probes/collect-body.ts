import { createHash } from 'node:crypto';
import type { Body } from './types.ts';

/** Enough for every health page; what 200 probes at once may keep stays small beside what their connections cost. */
export const BODY_LIMIT = 64 * 1024;

/** Where the parts of a body are put together, one body at a time: a buffer for each would wait for the garbage collector,
 *  and those of 200 probes that are answered in the same moment made up a third of all memory. */
const whole = Buffer.alloc(BODY_LIMIT);

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
      let end = 0;
      for (const chunk of chunks.splice(0)) end += chunk.copy(whole, end);
      const kept = whole.subarray(0, end);
      return { text: kept.toString('utf8'), digest: createHash('sha256').update(kept).digest('hex'), bytes, truncated };
    },
  };
}
