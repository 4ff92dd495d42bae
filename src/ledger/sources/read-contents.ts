import { readBlobs, type Content } from '../../git/read-blobs.ts';
import { readWorktreeFile } from '../../git/read-worktree.ts';
import type { ListedFile, Source } from '../../git/file-listing.ts';
import type { Repository } from '../../git/open-repository.ts';

/** The bytes of blobs by their ids. Blobs of the working tree need not be in git: they are read from their files. */
export type ReadContents = (ids: Iterable<string>) => Promise<Map<string, Content>>;

export function contentReader(repository: Repository, source: Source, files: readonly ListedFile[]): ReadContents {
  const paths = new Map(source.kind === 'worktree' ? files.flatMap(({ blob, path }) => (blob === null ? [] : [[blob, path] as const])) : []);
  return async (ids) => {
    const wanted = [...new Set(ids)];
    const contents = await readBlobs(repository, wanted.filter((id) => !paths.has(id)));
    for (const id of wanted) {
      const path = paths.get(id);
      if (path !== undefined) contents.set(id, readWorktreeFile(repository, path));
    }
    return contents;
  };
}
