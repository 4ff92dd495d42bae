import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../contract/failure.ts';
import type { Repository } from './open-repository.ts';
import { resolveRevision } from './resolve-revision.ts';

/** The commit that was checked out when the `git bisect` began that goes on here; null where none does, or where it is gone. */
export async function bisectStart(repository: Repository): Promise<string | null> {
  const name = readStart(repository);
  if (name === null) return null;
  try {
    return await resolveRevision(repository, /^[0-9a-f]{40,64}$/.test(name) ? name : `refs/heads/${name}`);
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}

function readStart({ gitDir }: Repository): string | null {
  try {
    return readFileSync(join(gitDir, 'BISECT_START'), 'utf8').trim();
  } catch {
    return null;
  }
}
