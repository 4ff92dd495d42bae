import { isAscii } from 'node:buffer';
import type { Block } from '../../documents/outline/types.ts';
import { readDocument } from '../../documents/read-document.ts';
import type { Reading } from '../../documents/reading.ts';
import type { Vocabulary } from '../../documents/vocabulary/vocabulary.ts';
import type { Cache } from '../../git/cache-store.ts';
import { cacheKey } from './cache-key.ts';
import { stateOfReading, storeReading, type StoredReading } from './stored-reading.ts';

/** How much of a reading is asked for: what decides states, or all of it. */
export type Detail = 'state' | 'full';

/** A reading may also be asked for alone: with its texts, without mentions and reproductions, which only mean something beside others. */
type StoredDetail = Detail | 'alone';

/** Readings by path and blob. Each is made once and then kept by what it depends on: path, blob, vocabulary, build. */
export interface ReadingStore {
  /** What is kept; null where the document has to be read. */
  find(path: string, blob: string, detail: StoredDetail): StoredReading | null;
  /** Reads a document and keeps the reading. Sections that it shares with the version read before it are not parsed again. */
  read(path: string, blob: string, bytes: Uint8Array, detail: StoredDetail): Promise<StoredReading>;
}

export function openReadingStore(cache: Cache, vocabulary: Vocabulary): ReadingStore {
  const key = (path: string, blob: string, detail: StoredDetail): string => cacheKey(`reading-${detail}`, path, blob, vocabulary);
  return {
    find: (path, blob, detail) => parse<StoredReading>(cache.read(key(path, blob, detail))),
    read: async (path, blob, bytes, detail) => {
      const sections = openSections(cache, path);
      const stored = storeReading(await readDocument(path, bytes, vocabulary, { ...sections, mentions: detail !== 'alone' }), bytes);
      sections.save();
      if (detail === 'alone') {
        cache.write(key(path, blob, detail), encode(stored));
        return stored;
      }
      const state = stateOfReading(stored);
      cache.write(key(path, blob, 'full'), encode(stored));
      cache.write(key(path, blob, 'state'), encode(state));
      return detail === 'full' ? stored : state;
    },
  };
}

/** Readings of many versions of one file, nothing of which is kept: what the versions share is parsed once. */
export function openVersionReader(path: string, vocabulary: Vocabulary): (bytes: Uint8Array) => Promise<Reading> {
  const known = new Map<string, Block[]>();
  const options = { known: (key: string) => known.get(key), learned: (key: string, blocks: Block[]) => void known.set(key, blocks) };
  return (bytes) => readDocument(path, bytes, vocabulary, options);
}

/** What of the sections of a file's last version is kept; to read by, not to be changed. */
export function keptSections(cache: Cache, path: string): (key: string) => readonly Block[] | undefined {
  return openSections(cache, path).known;
}

interface Sections {
  known: (key: string) => readonly Block[] | undefined;
  learned: (key: string, blocks: Block[]) => void;
  save: () => void;
}

/** The blocks of the sections of a file's last version, so that an edit costs a parse of what it touched. */
function openSections(cache: Cache, path: string): Sections {
  const key = cacheKey('sections', path);
  const before = parse<Record<string, Block[]>>(cache.read(key)) ?? {};
  const now: Record<string, readonly Block[]> = {};
  let learnt = false;
  return {
    known: (section) => {
      const blocks = before[section];
      if (blocks) now[section] = blocks;
      return blocks;
    },
    learned: (section, blocks) => {
      now[section] = blocks;
      learnt = true;
    },
    save: () => {
      if (learnt) cache.write(key, encode(now));
    },
  };
}

/** What `encode` wrote; null for nothing. */
export function parse<T>(bytes: Buffer | null): T | null {
  return bytes === null ? null : (JSON.parse(isAscii(bytes) ? bytes.toString('latin1') : bytes.toString('utf8')) as T);
}

/** JSON in ASCII alone: one dash among megabytes of it would make its text take twice the memory and three times as long to decode. */
export function encode(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value).replace(/[^\0-\x7f]/g, escapeUnit), 'latin1');
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
