import { Failure } from '../../contract/failure.ts';
import { blobId } from '../../git/blob-id.ts';
import { readBlobs, type Content } from '../../git/read-blobs.ts';
import { readWorktreeFile } from '../../git/read-worktree.ts';
import type { ListedFile, Source } from '../../git/file-listing.ts';
import type { Repository } from '../../git/open-repository.ts';

/** The bytes of blobs by their ids. Blobs of the working tree need not be in git: they are read from their files. Throws a `ChangedWhileRead`. */
export type ReadContents = (ids: Iterable<string>) => Promise<Map<string, Content>>;

/** A file of the working tree is not the one that was listed a moment ago: whoever read it has to list anew, or it would pass for the old one. */
export class ChangedWhileRead extends Failure {
  constructor(path: string) {
    super('locked', `${path} keeps changing while it is read`, { place: { path, line: 1 }, next: 'Run the same command again when nothing else writes there.' });
  }
}

const patience = 20;

/** Does work that reads the working tree, anew while files change under it. */
export async function readSteadily<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ChangedWhileRead) || attempt === patience) throw error;
    }
  }
}

export function contentReader(repository: Repository, source: Source, files: readonly ListedFile[]): ReadContents {
  const paths = new Map(source.kind === 'worktree' ? files.flatMap(({ blob, path }) => (blob === null ? [] : [[blob, path] as const])) : []);
  return async (ids) => {
    const wanted = [...new Set(ids)];
    const contents = await readBlobs(repository, wanted.filter((id) => !paths.has(id)));
    for (const id of wanted) {
      const path = paths.get(id);
      if (path === undefined) continue;
      const content = readWorktreeFile(repository, path);
      if (content.bytes === null || blobId(content.bytes, repository.objectFormat) !== id) throw new ChangedWhileRead(path);
      contents.set(id, content);
    }
    return contents;
  };
}
