import type { Diagnostic } from '../../contract/schema/envelope.ts';
import type { Entry } from '../../contract/schema/entry.ts';
import { DamagedPages, type CachePages } from '../../git/cache-pages.ts';
import { describeGit } from '../../git/witness.ts';
import type { Ledger } from '../ledger.ts';
import { readBodies } from '../read-bodies.ts';
import { cacheKey } from '../sources/cache-key.ts';
import { keyOfRevision } from '../sources/revision-key.ts';
import type { OpenedRevision } from '../sources/open-revision.ts';
import { decodeJson, decodeNumbers, encodeJson, encodeNumbers, encodeRows, openRows, windowOf, type Bytes } from './rows.ts';
import { describeSurroundings } from './surroundings.ts';
import { encodeWhole, openWhole, type WholeEntries } from './whole-entries.ts';

/** What of an entry is kept: what follows from the record alone, and is short. What git or the working tree says of its mentions is none of it. */
const briefKeys: readonly (keyof Entry)[] = ['id', 'kind', 'phase', 'title', 'date', 'time', 'dateEnd', 'timeEnd', 'approximate', 'zone', 'author', 'state', 'place', 'section', 'gate', 'severity', 'introduced'];

/** Whether the kept part of an entry has all of these fields. */
export function isBrief(fields: readonly string[]): boolean {
  return fields.every((field) => briefKeys.some((key) => key === field));
}

/** A record as an earlier run read it: its entries in the ledger's order, each decoded when it is asked for. Whatever is asked of it throws a `DamagedPages` where the file is. */
export interface KeptRecord {
  entries: number;
  documents: number;
  /** Every phase that a document or an entry belongs to. */
  phases: string[];
  diagnostics: Diagnostic[];
  /** Without its fields and mentions, and what stands beside them. */
  entry(index: number): Entry;
  /** What most filters ask for, told without decoding the entry; entries that are alike in it share one value. */
  sortOf(index: number): EntrySort;
  /** The entries as they are; null where they are not kept, or were not asked for. */
  whole: WholeEntries | null;
  /** The texts of entries, as `Docket.bodies` gives them. */
  bodies(entries: readonly Entry[]): Promise<Map<Entry, string>>;
  /** What is kept of the same record under another name; null where nothing is. */
  read(kind: string): Bytes | null;
  write(kind: string, bytes: Buffer): void;
  close(): void;
}

/** What entries are told apart by most often. */
export type EntrySort = Pick<Entry, 'kind' | 'phase' | 'state' | 'author'>;

type Head = Pick<KeptRecord, 'entries' | 'documents' | 'phases' | 'diagnostics'>;

/** How much of each entry is wanted: what follows from the record alone, or all of it. */
export type KeptDetail = 'brief' | 'whole';

/** A moment, and what git was at it. */
export interface Moment {
  at: number;
  git: string | null;
}

/** Looks at git before anything is asked of it. */
export function noteMoment({ repository }: OpenedRevision): Moment {
  const at = Date.now();
  return { at, git: describeGit(repository, at) };
}

/**
 * Keeps what was read since `since`, for the next run. Nothing is kept where more than the record and its surroundings decides what is said: a file that
 * cannot be read today, a shallow clone, a landing ref that may not be there tomorrow, a claim that waits and hides a journal.
 */
export async function keepRecord(opened: OpenedRevision, ledger: Ledger, since: Moment): Promise<KeptRecord | null> {
  if (opened.isolation !== 'none' || opened.repository.shallow || opened.config.landing !== null || ledger.diagnostics.some(({ rule }) => rule === 'unreadable')) return null;
  const phases = new Set([...ledger.phases.map(({ id }) => id), ...ledger.documents.map(({ phase }) => phase), ...ledger.entries.map(({ phase }) => phase)]);
  const head: Head = { entries: ledger.entries.length, documents: ledger.documents.length, phases: [...phases], diagnostics: ledger.diagnostics };
  const brief = ledger.entries.map((entry) => encodeJson(Object.fromEntries(briefKeys.map((key) => [key, entry[key]]))));
  const { sorts, places } = sortEntries(ledger.entries);
  keep('record', opened, encodeRows([encodeJson(head), encodeJson(sorts), encodeNumbers(places), encodeRows(brief)]));
  const surroundings = describeSurroundings(opened, since.git, since.at);
  if (surroundings !== null) keep('whole', opened, encodeWhole(ledger, surroundings));
  return openKept(opened, surroundings === null ? 'brief' : 'whole');
}

/** What an earlier run has kept of a revision; null where it has to be read. */
export async function openKept(opened: OpenedRevision, detail: KeptDetail): Promise<KeptRecord | null> {
  if (opened.isolation !== 'none') return null;
  const { cache } = opened;
  const open: CachePages[] = [];
  const read = (kind: string): Bytes | null => {
    const { key, name } = slotOf(kind, opened);
    const pages = cache.open(key);
    if (pages === null) return null;
    open.push(pages);
    return pages.length >= name.length && pages.subarray(0, name.length).equals(name) ? windowOf(pages, name.length, pages.length) : null;
  };
  const close = (): void => {
    for (const pages of open.splice(0)) pages.close();
  };
  const record = read('record');
  const parts = record && openRows(record);
  const rows = parts && openRows(parts.at(3));
  const wholeBytes = rows === null || detail === 'brief' ? null : read('whole');
  const whole = wholeBytes === null ? null : await openWhole(opened, wholeBytes);
  if (parts === null || rows === null || (detail === 'whole' && whole?.count !== rows.count)) {
    close();
    return null;
  }
  return {
    ...decodeJson<Head>(parts.at(0)),
    entry: (index) => ({ ...decodeJson<Entry>(rows.at(index)), fields: {}, refs: [] }),
    sortOf: openSorts(parts.at(1), parts.at(2)),
    whole,
    bodies: (entries) => readBodies(opened, entries),
    read,
    write: (kind, bytes) => keep(kind, opened, bytes),
    close,
  };
}

/** Records are large and each edit makes another: those of a working tree share two files, so that a day's work does not fill the disk. The name of the revision stands in front. */
function slotOf(kind: string, opened: OpenedRevision): { key: string; name: Buffer } {
  const name = keyOfRevision(kind, opened);
  const slot = Number.parseInt(name.slice(-1), 16) % 2;
  return { key: `${cacheKey(kind, opened.repository.root)}-${slot}`, name: Buffer.from(name, 'latin1') };
}

function keep(kind: string, opened: OpenedRevision, bytes: Buffer): void {
  const { key, name } = slotOf(kind, opened);
  opened.cache.writePages(key, Buffer.concat([name, bytes]));
}

/** The sorts that there are, and of which each entry is. */
function sortEntries(entries: readonly Entry[]): { sorts: EntrySort[]; places: number[] } {
  const known = new Map<string, number>();
  const sorts: EntrySort[] = [];
  const places = entries.map(({ kind, phase, state, author }) => {
    const name = JSON.stringify([kind, phase, state, author]);
    const place = known.get(name) ?? sorts.push({ kind, phase, state, author }) - 1;
    known.set(name, place);
    return place;
  });
  return { sorts, places };
}

function openSorts(sorts: Bytes, places: Bytes): KeptRecord['sortOf'] {
  let decoded: { sorts: EntrySort[]; places: number[] } | null = null;
  return (index) => {
    decoded ??= { sorts: decodeJson(sorts), places: decodeNumbers(places) };
    const sort = decoded.sorts[decoded.places[index] ?? -1];
    if (sort === undefined) throw new DamagedPages();
    return sort;
  };
}
