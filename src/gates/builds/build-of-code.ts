import { commitsOfSameCode } from '../../git/same-code.ts';
import type { Repository } from '../../git/open-repository.ts';
import { combine, type Build } from '../../ledger/builds/build.ts';
import type { KnownBuilds } from '../../ledger/builds/known-builds.ts';
import { recordFolder } from '../../ledger/sources/select-files.ts';

/**
 * The newest build that is known of the code of a commit: its own, else that of a commit before it from which it differs in the record only. Null
 * where none is known. Asks nobody but git.
 */
export async function buildOfCode(repository: Repository, builds: KnownBuilds, commit: string): Promise<Build | null> {
  if (!builds.any()) return null;
  const own = builds.find(commit);
  if (own !== null && isDecided(own)) return own;
  const known = (await commitsOfSameCode(repository, commit, recordFolder)).flatMap((each) => builds.find(each) ?? []);
  return known.find(isDecided) ?? known[0] ?? null;
}

function isDecided({ statuses }: Build): boolean {
  return combine(statuses) !== 'pending';
}
