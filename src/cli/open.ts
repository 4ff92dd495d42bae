import type { Diagnostic } from '../contract/schema/envelope.ts';
import type { Entry } from '../contract/schema/entry.ts';
import type { Docket } from '../ledger/open-docket.ts';
import { openStatus, type StatusAnswer } from '../ledger/open-status.ts';
import type { Globals } from './invocation.ts';

/** The docket that the global options mean. Throws a `Failure` outside a repository, for a broken configuration and an unknown revision. */
export async function openFor({ dir, at, cache, role, afterVerdict }: Globals): Promise<Docket> {
  // Loaded when called: a status that is kept needs no parser.
  const { openDocket } = await import('../ledger/open-docket.ts');
  return openDocket(dir, { at, cache, role, afterVerdict });
}

/** The status alone, which is kept from one run to the next: for a command that is run hundreds of times a day. */
export function openStatusFor({ dir, at, cache, role, afterVerdict }: Globals): Promise<StatusAnswer> {
  return openStatus(dir, { at, cache, role, afterVerdict });
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
