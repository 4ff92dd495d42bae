import { openRepository } from '../../git/open-repository.ts';
import { readParents } from '../../git/read-parents.ts';
import { isAmending } from './find-amend.ts';

/** What the commit that runs this hook stands on where it takes the place of HEAD: the parents of HEAD. Null for every other commit. */
export async function amendedParents(dir: string): Promise<string[] | null> {
  if (!isAmending()) return null;
  const repository = await openRepository(dir);
  return repository.head === null ? null : readParents(repository, repository.head);
}
