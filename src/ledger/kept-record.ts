import type { Diagnostic } from '../contract/schema/envelope.ts';
import type { Entry } from '../contract/schema/entry.ts';
import type { Ledger } from './ledger.ts';
import { readBodies } from './read-bodies.ts';
import { keyOfRevision } from './sources/revision-key.ts';
import type { OpenedRevision } from './sources/open-revision.ts';

/** What of an entry is kept: what follows from the record alone, and is short. What git or the working tree says of its mentions is none of it. */
const briefKeys: readonly (keyof Entry)[] = ['id', 'kind', 'phase', 'title', 'date', 'time', 'dateEnd', 'timeEnd', 'approximate', 'zone', 'author', 'state', 'place', 'section', 'gate', 'severity', 'introduced'];

/** Whether the kept part of an entry has all of these fields. */
export function isBrief(fields: readonly string[]): boolean {
  return fields.every((field) => briefKeys.some((key) => key === field));
}

/** A record as an earlier run read it: its entries in the ledger's order, each decoded when it is asked for. */
export interface KeptRecord {
  entries: number;
  documents: number;
  /** Every phase that a document or an entry belongs to. */
  phases: string[];
  diagnostics: Diagnostic[];
  /** Without its fields and mentions, and what stands beside them. */
  entry(index: number): Entry;
  /** The texts of entries, as `Docket.bodies` gives them. */
  bodies(entries: readonly Entry[]): Promise<Map<Entry, string>>;
  /** What is kept of the same record under another name; null where nothing is. */
  read(kind: string): Buffer | null;
  write(kind: string, bytes: Uint8Array): void;
}

type Head = Pick<KeptRecord, 'entries' | 'documents' | 'phases' | 'diagnostics'>;

/**
 * Keeps what was read, for the next run. Nothing is kept where more than the record decides what is said: a file that cannot be read today, a
 * shallow clone, a landing ref that may not be there tomorrow, a claim that waits and hides a journal.
 */
export function keepRecord(opened: OpenedRevision, ledger: Ledger): KeptRecord | null {
  if (opened.isolation !== 'none' || opened.repository.shallow || opened.config.landing !== null || ledger.diagnostics.some(({ rule }) => rule === 'unreadable')) return null;
  const phases = new Set([...ledger.phases.map(({ id }) => id), ...ledger.documents.map(({ phase }) => phase), ...ledger.entries.map(({ phase }) => phase)]);
  const head: Head = { entries: ledger.entries.length, documents: ledger.documents.length, phases: [...phases], diagnostics: ledger.diagnostics };
  opened.cache.write(keyOfRevision('record', opened), encodeRecord(head, ledger.entries));
  return openKept(opened);
}

/** What an earlier run has kept of a revision; null where it has to be read. */
export function openKept(opened: OpenedRevision): KeptRecord | null {
  const bytes = opened.isolation === 'none' ? opened.cache.read(keyOfRevision('record', opened)) : null;
  if (bytes === null) return null;
  const { head, entry } = decodeRecord(bytes);
  return { ...head, entry, bodies: (entries) => readBodies(opened, entries), read: (kind) => opened.cache.read(keyOfRevision(kind, opened)), write: (kind, value) => opened.cache.write(keyOfRevision(kind, opened), value) };
}

/** The length of the head, the head, where each entry ends, the entries. */
function encodeRecord(head: Head, entries: readonly Entry[]): Buffer {
  const text = Buffer.from(JSON.stringify(head), 'utf8');
  const rows = entries.map((entry) => Buffer.from(JSON.stringify(Object.fromEntries(briefKeys.map((key) => [key, entry[key]]))), 'utf8'));
  const ends = Buffer.alloc(4 + 4 * rows.length);
  ends.writeUInt32LE(text.length, 0);
  let end = 0;
  for (const [index, row] of rows.entries()) ends.writeUInt32LE((end += row.length), 4 + 4 * index);
  return Buffer.concat([ends.subarray(0, 4), text, ends.subarray(4), ...rows]);
}

function decodeRecord(bytes: Buffer): { head: Head; entry: (index: number) => Entry } {
  const table = 4 + bytes.readUInt32LE(0);
  const head = JSON.parse(bytes.toString('utf8', 4, table)) as Head;
  const rows = table + 4 * head.entries;
  const endOf = (index: number): number => (index < 0 ? rows : rows + bytes.readUInt32LE(table + 4 * index));
  return { head, entry: (index) => ({ ...(JSON.parse(bytes.toString('utf8', endOf(index - 1), endOf(index))) as Entry), fields: {}, refs: [] }) };
}
