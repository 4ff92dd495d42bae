import type { Diagnostic } from '../contract/schema/envelope.ts';
import type { Entry } from '../contract/schema/entry.ts';
import type { Docket } from '../ledger/open-docket.ts';
import { keepRecord, openKept, type KeptRecord } from '../ledger/kept-record.ts';
import { openStatus, type StatusAnswer } from '../ledger/open-status.ts';
import { openRevision } from '../ledger/sources/open-revision.ts';
import { readSteadily } from '../ledger/sources/read-contents.ts';
import type { Globals } from './invocation.ts';

/** What an answer on entries says of the question, and of the record that it was asked of. */
export interface AskedRecord {
  fields: readonly string[];
  argv: readonly string[];
  /** How many entries there are in all. */
  entries: number;
  isEmpty: boolean;
  diagnostics: readonly Diagnostic[];
}

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

/** What an earlier run has kept of the record, else the docket, which is kept for the next run where that can be; neither where `isKept` says that it would not do. */
export async function openKeptFor({ dir, at, cache, role, afterVerdict }: Globals, isKept: boolean): Promise<{ kept: KeptRecord | null; docket: Docket | null }> {
  if (!isKept) return { kept: null, docket: null };
  return readSteadily(async () => {
    const opened = await openRevision(dir, { at, cache, role, afterVerdict });
    const kept = openKept(opened);
    if (kept !== null) return { kept, docket: null };
    const { readDocket } = await import('../ledger/open-docket.ts');
    const docket = await readDocket(opened);
    return { kept: keepRecord(opened, docket.ledger), docket };
  });
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
