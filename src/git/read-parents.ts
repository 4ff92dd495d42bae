import { openObjectReader } from './object-reader.ts';
import type { GitPlace } from './run-git.ts';

/** The parents of a commit, as it says itself: a shallow clone need not have them. */
export async function readParents(repository: GitPlace, commit: string): Promise<string[]> {
  const reader = openObjectReader(repository);
  try {
    const object = await reader.read(`${commit}^{commit}`);
    const header = object?.bytes?.toString('latin1').split('\n\n', 1)[0] ?? '';
    return [...header.matchAll(/^parent ([0-9a-f]{40,64})$/gm)].map((hit) => hit[1] ?? '');
  } finally {
    reader.close();
  }
}
