import type { Role } from '../../contract/schema/entry.ts';
import { Failure } from '../../contract/failure.ts';
import type { Vocabulary } from '../../documents/vocabulary/vocabulary.ts';
import { readIdentity } from '../../git/read-identity.ts';
import type { Config } from '../../ledger/config/config.ts';
import { openDocket, type Docket } from '../../ledger/open-docket.ts';

/** How a writer was called. */
export interface PenOptions {
  dir: string;
  cache: boolean;
  /** Who writes, where the caller says so; else the configuration tells it from git's author. */
  role: Role | null;
  dryRun: boolean;
}

/** What every writer works with: the docket as it stood when the command began, and who writes. */
export interface Pen {
  docket: Docket;
  vocabulary: Vocabulary;
  role: Role | null;
  options: PenOptions;
}

/** Opens a docket to write to. Throws a `Failure` outside a repository, where there is no working tree, and for a broken configuration. */
export async function openPen(options: PenOptions): Promise<Pen> {
  const docket = await openDocket(options.dir, { cache: options.cache });
  const { repository, ledger } = docket;
  if (repository.bare) throw new Failure('usage', `${repository.root} has no working tree to write to.`, { next: 'git worktree list' });
  const vocabulary = { defaultPhase: ledger.config.defaultPhase, renames: ledger.config.documents };
  return { docket, vocabulary, role: options.role ?? (await roleByConfig(docket, ledger.config)), options };
}

/** The role that the configuration gives to who would be the author of a commit now. */
async function roleByConfig({ repository }: Docket, { roles }: Config): Promise<Role | null> {
  const sides = (['builder', 'adversary', 'operator'] as const).filter((role) => roles[role].length > 0);
  if (sides.length === 0) return null;
  const author = await readIdentity(repository);
  if (author === null) return null;
  const names = [author.name, author.email, `${author.name} <${author.email}>`].map((name) => name.toLowerCase());
  return sides.find((role) => roles[role].some((each) => names.includes(each.toLowerCase()))) ?? null;
}
