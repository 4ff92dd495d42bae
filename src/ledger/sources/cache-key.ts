import { createHash } from 'node:crypto';
import { buildId } from '../build-id.ts';
import type { OpenedRevision } from './open-revision.ts';

/** A cache key for what this build makes of some inputs. */
export function cacheKey(kind: string, ...inputs: readonly unknown[]): string {
  const digest = createHash('sha256').update(JSON.stringify([buildId, ...inputs])).digest('hex');
  return `${kind}-${digest.slice(0, 40)}`;
}

/** A cache key for what this build makes of a revision: of its commit, the blobs of its documents, its configuration, and of what is hidden from who reads. */
export function keyOfRevision(kind: string, { isolation, repository, source, tip, config, files }: OpenedRevision): string {
  const listed = [...files.documents, ...files.alerts, ...files.evidence].map(({ path, blob, unreadable }) => [path, blob, unreadable]);
  return cacheKey(kind, isolation, source.kind, tip, repository.shallow, config, listed, files.skipped);
}
