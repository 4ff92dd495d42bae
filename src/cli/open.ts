import type { Diagnostic } from '../contract/schema/envelope.ts';
import type { Entry } from '../contract/schema/entry.ts';
import type { Docket } from '../ledger/open-docket.ts';
import { DamagedPages } from '../git/cache-pages.ts';
import { keepRecord, noteMoment, openKept, type KeptDetail, type KeptRecord } from '../ledger/kept/kept-record.ts';
import { openStatus, type StatusAnswer } from '../ledger/open-status.ts';
import { openRevision, type OpenedRevision } from '../ledger/sources/open-revision.ts';
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

/** Answers from what is kept of a record; `read` is the docket where it was read just now. Null: it cannot be answered so. */
export type AnswerKept<T> = (kept: KeptRecord, read: Docket | null) => Promise<T | null>;

/**
 * Asks what an earlier run has kept of the record; else reads it, keeps it for the next run where that can be, and asks that. Where neither answers (or `detail`
 * is null: what is kept would not do) there is no answer, and the docket, if it has been read. What is damaged is made anew.
 */
export async function askKept<T>({ dir, at, cache, role, afterVerdict }: Globals, detail: KeptDetail | null, answerKept: AnswerKept<T>): Promise<{ answer: T | null; docket: Docket | null }> {
  if (detail === null) return { answer: null, docket: null };
  return readSteadily(async () => {
    const opened = await openRevision(dir, { at, cache, role, afterVerdict });
    const found = await tryKept(() => openKept(opened, detail), (kept) => answerKept(kept, null));
    if (found !== null) return { answer: found, docket: null };
    const since = noteMoment(opened);
    const { readDocket } = await import('../ledger/open-docket.ts');
    const docket = await readDocket(opened);
    return { answer: await tryKept(() => keep(opened, docket, since, detail), (kept) => answerKept(kept, docket)), docket };
  });
}

async function keep(opened: OpenedRevision, docket: Docket, since: ReturnType<typeof noteMoment>, detail: KeptDetail): Promise<KeptRecord | null> {
  const kept = await keepRecord(opened, docket.ledger, since);
  if (kept === null || detail === 'brief' || kept.whole !== null) return kept;
  kept.close();
  return null;
}

async function tryKept<T>(open: () => Promise<KeptRecord | null>, use: (kept: KeptRecord) => Promise<T | null>): Promise<T | null> {
  let kept: KeptRecord | null = null;
  try {
    kept = await open();
    return kept === null ? null : await use(kept);
  } catch (error) {
    if (!(error instanceof DamagedPages)) throw error;
    return null;
  } finally {
    kept?.close();
  }
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
