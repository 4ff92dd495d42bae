import type { Entry } from '../../contract/schema/entry.ts';
import { listPaths } from '../../git/list-paths.ts';
import type { Repository } from '../../git/open-repository.ts';
import { landingRef } from '../../git/slow-git.ts';
import type { Ledger } from '../ledger.ts';
import { isDocument, recordFolder } from '../sources/select-files.ts';
import { readSyncPlan, type SyncQuestion } from './read-sync-plan.ts';
import type { SyncPlan } from './types.ts';

/** The deferred items that stand in the revision itself. */
export function deferredItems({ entries }: Pick<Ledger, 'entries'>): Entry[] {
  return entries.filter(({ kind, place }) => kind === 'deferred' && place.rev === null);
}

/**
 * What sync would do about a ledger, and the landing ref by which it would; an empty plan where nothing can have landed yet. `landing` overrules the
 * configuration. Throws a `Failure` of kind usage for an unknown ref.
 */
export async function planLandings(repository: Repository, ledger: Ledger, options: { landing: string | null; acceptWords: boolean }): Promise<{ plan: SyncPlan; landing: string }> {
  const landing = await landingRef(repository, options.landing ?? ledger.config.landing);
  if (!landing) return { plan: { closed: [], reopened: [], refused: [], pending: [], unknown: [] }, landing: '' };
  const paths = await listPaths(repository, landing.commit);
  const question: SyncQuestion = {
    repository,
    landing: landing.commit,
    items: deferredItems(ledger),
    isDocument: isRecord(ledger),
    exists: (path) => paths.has(path),
    documents: [recordFolder],
    acceptWords: options.acceptWords,
  };
  return { plan: await readSyncPlan(question), landing: landing.name };
}

/** Is this a file of the record? A commit that changes nothing else is no fix. */
export function isRecord({ config }: Pick<Ledger, 'config'>): (path: string) => boolean {
  const vocabulary = { defaultPhase: config.defaultPhase, renames: config.documents };
  return (path) => isDocument(path, vocabulary) || path.startsWith(`${recordFolder}/`);
}
