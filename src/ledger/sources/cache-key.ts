import { createHash } from 'node:crypto';
import { buildId } from '../build-id.ts';

/** A cache key for what this build makes of some inputs. */
export function cacheKey(kind: string, ...inputs: readonly unknown[]): string {
  const digest = createHash('sha256').update(JSON.stringify([buildId, ...inputs])).digest('hex');
  return `${kind}-${digest.slice(0, 40)}`;
}
