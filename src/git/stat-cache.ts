import { createHash } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import type { Cache } from './cache-store.ts';
import type { Repository } from './open-repository.ts';
import type { Pathspecs } from './pathspecs.ts';

/** Blob ids of working files by their stat data, so that a second run reads none of them. */
export interface StatCache {
  /** The blob id of a file that has not changed since it was read; null when that is not sure. */
  find(path: string, found: BigIntStats): string | null;
  add(path: string, found: BigIntStats, blob: string): void;
  /** Writes what was found or added in this run, if it differs from what is kept. */
  save(): void;
}

/** Time stamps are taken from a clock that ticks every few milliseconds, on some file systems every two seconds. */
const tick = 20n * 1_000_000n;
const coarseTick = 2_000_000_000n;

/**
 * A file that was written in the same tick as it was read may be written again without a trace in its stat data (git calls such
 * entries racy): what is as young as the run that read it is not believed, and read again the next time.
 */
export function openStatCache(repository: Repository, pathspecs: Pathspecs, cache: Cache): StatCache {
  const started = BigInt(Date.now()) * 1_000_000n;
  const owner = createHash('sha256').update(JSON.stringify([repository.root, repository.objectFormat, pathspecs]));
  const key = `stat-${owner.digest('hex').slice(0, 24)}`;
  const before = parse(cache.read(key));
  const now = new Map<string, string>();
  let changed = false;
  return {
    find: (path, found) => {
      const known = before.get(path);
      const space = known?.indexOf(' ') ?? -1;
      if (known === undefined || known.slice(space + 1) !== describeStat(found)) return null;
      now.set(path, known);
      return known.slice(0, space);
    },
    add: (path, found, blob) => {
      if (isRacy(found, started)) return;
      now.set(path, `${blob} ${describeStat(found)}`);
      changed = true;
    },
    save: () => {
      if (changed || now.size !== before.size) cache.write(key, serialize(now));
    },
  };
}

/** Whether a file may have been written again in the same tick as a run that started then (nanoseconds) has read it. */
export function isRacy(found: BigIntStats, started: bigint): boolean {
  const youngest = found.mtimeNs > found.ctimeNs ? found.mtimeNs : found.ctimeNs;
  return youngest + (youngest % 1_000_000_000n === 0n ? coarseTick : tick) >= started;
}

/** What changes when a file does. */
export function describeStat(found: BigIntStats): string {
  return `${found.size} ${found.mtimeNs} ${found.ctimeNs} ${found.ino}`;
}

function serialize(entries: ReadonlyMap<string, string>): Buffer {
  return Buffer.from([...entries].map(([path, rest]) => `${rest}\t${path}\0`).join(''), 'utf8');
}

function parse(bytes: Buffer | null): Map<string, string> {
  const entries = new Map<string, string>();
  for (const record of bytes?.toString('utf8').split('\0') ?? []) {
    const tab = record.indexOf('\t');
    if (tab > 0) entries.set(record.slice(tab + 1), record.slice(0, tab));
  }
  return entries;
}
