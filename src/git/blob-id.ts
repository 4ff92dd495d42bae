import { createHash } from 'node:crypto';
import type { ObjectFormat } from './open-repository.ts';

/** The id that git gives a blob of these bytes, as they are: no conversion of line ends, no filter. */
export function blobId(bytes: Uint8Array, format: ObjectFormat): string {
  return createHash(format).update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}
