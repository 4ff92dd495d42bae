import { Failure } from '../contract/failure.ts';
import { objectSizeLimit, openObjectReader } from './object-reader.ts';
import type { GitPlace } from './run-git.ts';

/** The bytes of one file, or why they cannot be had. */
export type Content = { bytes: Buffer; unreadable: null } | { bytes: null; unreadable: string };

/** The bytes of blobs by their ids, through one process of git. An id that cannot be read hides none of the others. */
export async function readBlobs(repository: GitPlace, ids: Iterable<string>): Promise<Map<string, Content>> {
  const contents = new Map<string, Content>();
  let wanted = [...new Set(ids)];
  // git ends at an object that is corrupt; what stands after it is asked for again.
  while (wanted.length > 0) {
    const read = await readUntilCorrupt(repository, wanted, contents);
    wanted = wanted.slice(read);
  }
  return contents;
}

async function readUntilCorrupt(repository: GitPlace, ids: readonly string[], contents: Map<string, Content>): Promise<number> {
  const reader = openObjectReader(repository);
  try {
    const answers = ids.map((id) => reader.read(id));
    for (const answer of answers) answer.catch(ignoreUntilAwaited);
    reader.close();
    for (const [index, answer] of answers.entries()) {
      const id = ids[index] ?? '';
      try {
        contents.set(id, asContent(await answer));
      } catch (error) {
        if (!(error instanceof Failure) || error.kind !== 'unreadable') throw error;
        contents.set(id, { bytes: null, unreadable: error.message });
        return index + 1;
      }
    }
    return ids.length;
  } finally {
    reader.close();
  }
}

/** All answers are asked for at once and awaited in order; the ones behind a failure fail with it. */
function ignoreUntilAwaited(): void {}

function asContent(object: Awaited<ReturnType<ReturnType<typeof openObjectReader>['read']>>): Content {
  if (object === null) return { bytes: null, unreadable: 'the object is missing here, or damaged' };
  if (object.type !== 'blob') return { bytes: null, unreadable: `a ${object.type}, not a file` };
  if (object.bytes === null) return { bytes: null, unreadable: `larger than ${objectSizeLimit / 1024 / 1024} MiB` };
  return { bytes: object.bytes, unreadable: null };
}
