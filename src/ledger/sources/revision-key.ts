import { cacheKey } from './cache-key.ts';
import type { OpenedRevision } from './open-revision.ts';

/** A cache key for what this build makes of a revision: of its commit, the blobs of its documents, its configuration, and of what is hidden from who reads. */
export function keyOfRevision(kind: string, { isolation, repository, source, tip, config, files }: OpenedRevision): string {
  const listed = [...files.documents, ...files.alerts, ...files.evidence].map(({ path, blob, unreadable }) => [path, blob, unreadable]);
  return cacheKey(kind, isolation, source.kind, tip, repository.shallow, config, listed, files.skipped);
}
