import type { Diagnostic } from '../contract/schema/envelope.ts';
import type { Entry } from '../contract/schema/entry.ts';
import { openDocket, type Docket } from '../ledger/open-docket.ts';
import type { Globals } from './invocation.ts';

/** The docket that the global options mean. Throws a `Failure` outside a repository, for a broken configuration and an unknown revision. */
export function openFor({ dir, at, cache, role }: Globals): Promise<Docket> {
  return openDocket(dir, { at, cache, role });
}

/** The texts of these entries, to be asked for one by one; the empty text for any other. */
export async function readBodies(docket: Docket, entries: readonly Entry[]): Promise<(entry: Entry) => string> {
  const bodies = new Map<Entry, string>();
  await Promise.all(
    entries.map(async (entry) => {
      bodies.set(entry, await docket.body(entry));
    }),
  );
  return (entry) => bodies.get(entry) ?? '';
}

/** Whether one of the diagnostics says that exactly this file could not be read: a command that names it has then failed. */
export function isUnreadable(diagnostics: readonly Diagnostic[], path: string | null): boolean {
  return path !== null && diagnostics.some(({ rule, place }) => rule === 'unreadable' && place?.path === path.replace(/^\.\//, ''));
}
