import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Repository } from './open-repository.ts';

/** The commits at the edge of a shallow clone. A clone that is deepened has another edge, and another history; of a whole one it is empty. */
export function readShallowBoundary(repository: Repository): ReadonlySet<string> {
  if (!repository.shallow) return new Set();
  const file = repository.environment['GIT_SHALLOW_FILE'] ?? join(repository.commonDir, 'shallow');
  return new Set(existsSync(file) ? readFileSync(file, 'latin1').split('\n').filter((line) => line !== '').sort() : []);
}
