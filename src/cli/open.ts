import type { Diagnostic } from '../contract/schema/envelope.ts';
import type { Entry } from '../contract/schema/entry.ts';
import { openDocket, type Docket } from '../ledger/open-docket.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import { openRevision } from '../ledger/sources/open-revision.ts';
import type { Globals } from './invocation.ts';

/** The docket that the global options mean. Throws a `Failure` outside a repository, for a broken configuration and an unknown revision. */
export function openFor({ dir, at, cache }: Globals): Promise<Docket> {
  return openDocket(dir, { at, cache });
}

/** The ledger as far as states need it, without texts and mentions: a fraction of the cost, for commands that are run hundreds of times a day. */
export async function openStates({ dir, at, cache }: Globals): Promise<Ledger> {
  return readLedger(await openRevision(dir, { at, cache }), 'state');
}

/** The texts of these entries, to be asked for one by one; the empty text for any other. */
export async function readBodies(docket: Docket, entries: readonly Entry[]): Promise<(entry: Entry) => string> {
  const bodies = entries.length === 0 ? new Map<Entry, string>() : await docket.bodies(entries);
  return (entry) => bodies.get(entry) ?? '';
}

/** Whether one of the diagnostics says that exactly this file could not be read: a command that names it has then failed. */
export function isUnreadable(diagnostics: readonly Diagnostic[], path: string | null): boolean {
  return path !== null && diagnostics.some(({ rule, place }) => rule === 'unreadable' && place?.path === path.replace(/^\.\//, ''));
}
