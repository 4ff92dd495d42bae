import { createHash } from 'node:crypto';
import type { Cache } from '../cache-store.ts';
import { ByteReader, ByteWriter } from './byte-codec.ts';
import { decodeCommit, encodeCommit, recordOf, type CommitRecord, type KeptCommit } from './kept-commit.ts';

/** A run of kept commits in one file of the cache, named by its bytes and never changed. */
export interface SegmentName {
  key: string;
  count: number;
}

interface Segment extends SegmentName {
  firstOrdinal: number;
  ids: Buffer;
  bytes: Buffer;
  offsets: Int32Array;
}

/** From this many questions on, a table of all ids is cheaper than searching for each. */
const searchesBeforeTable = 16;

/** All commits that were kept, by ordinal: parents before children, old ordinals stay. It only grows. */
export class CommitStore {
  private readonly segments: readonly Segment[];
  private readonly idLength: number;
  private searches = 0;
  private table: Map<string, number> | null = null;
  /** Those that were just added, from `firstAtHand` on: they need not be decoded. */
  private readonly atHand: readonly KeptCommit[];
  private readonly firstAtHand: number;

  private constructor(segments: readonly Segment[], idLength: number, atHand: readonly KeptCommit[] = []) {
    this.segments = segments;
    this.idLength = idLength;
    this.atHand = atHand;
    this.firstAtHand = this.count - atHand.length;
  }

  static empty(idLength: number): CommitStore {
    return new CommitStore([], idLength);
  }

  /** Null when a part of it is no longer in the cache. */
  static load(cache: Cache, names: readonly SegmentName[], idLength: number): CommitStore | null {
    const segments: Segment[] = [];
    let firstOrdinal = 0;
    for (const { key, count } of names) {
      const bytes = cache.read(key);
      if (bytes === null) return null;
      segments.push(openSegment(key, bytes, firstOrdinal, idLength));
      firstOrdinal += count;
    }
    return new CommitStore(segments, idLength);
  }

  get count(): number {
    const last = this.segments.at(-1);
    return last ? last.firstOrdinal + last.count : 0;
  }

  get names(): SegmentName[] {
    return this.segments.map(({ key, count }) => ({ key, count }));
  }

  id(ordinal: number): string {
    const segment = this.segmentOf(ordinal);
    const at = (ordinal - segment.firstOrdinal) * this.idLength;
    return segment.ids.toString('hex', at, at + this.idLength);
  }

  record(ordinal: number): CommitRecord {
    const known = this.atHand[ordinal - this.firstAtHand];
    if (known) return recordOf(known);
    const segment = this.segmentOf(ordinal);
    return decodeCommit(segment.bytes, segment.offsets[ordinal - segment.firstOrdinal] ?? 0, this.id(ordinal), ordinal);
  }

  /** Names the commits up to this one and their order. */
  digest(ordinal: number): string {
    const hash = createHash('sha1');
    for (const { ids, firstOrdinal } of this.segments) {
      if (firstOrdinal <= ordinal) hash.update(ids.subarray(0, (ordinal + 1 - firstOrdinal) * this.idLength));
    }
    return hash.digest('hex');
  }

  /** The ordinal of a commit; -1 when it is not kept. */
  find(id: string): number {
    if (this.table === null && ++this.searches > searchesBeforeTable) {
      this.table = new Map(Array.from({ length: this.count }, (_, ordinal) => [this.id(ordinal), ordinal]));
    }
    if (this.table !== null) return this.table.get(id) ?? -1;
    const wanted = Buffer.from(id, 'hex');
    for (const { ids, firstOrdinal } of this.segments) {
      for (let at = ids.indexOf(wanted); at >= 0; at = ids.indexOf(wanted, at + 1)) {
        if (at % this.idLength === 0) return firstOrdinal + at / this.idLength;
      }
    }
    return -1;
  }

  /**
   * This store with more commits, written to the cache. Small segments at the end are joined, so that there are never many of
   * them and an old commit is rarely written again.
   */
  append(cache: Cache, prefix: string, added: readonly KeptCommit[]): CommitStore {
    const ids = added.map(({ commit }) => commit.commit);
    const records = added.map((each, place) => encodeCommit(each, this.count + place));
    let joinedFrom = this.segments.length;
    let joinedCount = records.length;
    for (let last = this.segments[joinedFrom - 1]; last && last.count < 2 * joinedCount; last = this.segments[joinedFrom - 1]) {
      joinedCount += last.count;
      joinedFrom--;
    }
    const joined = this.segments.slice(joinedFrom);
    const allIds = Buffer.concat([...joined.map((segment) => segment.ids), Buffer.from(ids.join(''), 'hex')]);
    const bytes = writeSegment(allIds, [...joined.flatMap(recordsOf), ...records]);
    const key = `${prefix}-s-${createHash('sha256').update(bytes).digest('hex').slice(0, 24)}`;
    cache.write(key, bytes);
    const firstOrdinal = this.count + ids.length - joinedCount;
    return new CommitStore([...this.segments.slice(0, joinedFrom), openSegment(key, bytes, firstOrdinal, this.idLength)], this.idLength, added);
  }

  private segmentOf(ordinal: number): Segment {
    const segment = this.segments.findLast((each) => each.firstOrdinal <= ordinal);
    if (!segment || ordinal >= segment.firstOrdinal + segment.count) throw new RangeError(`no commit ${ordinal}`);
    return segment;
  }
}

/** The number of commits, their ids, the lengths of their records, the records. */
function writeSegment(ids: Buffer, records: readonly Buffer[]): Buffer {
  const out = new ByteWriter();
  out.number(records.length);
  out.block(ids);
  for (const record of records) out.number(record.length);
  for (const record of records) out.raw(record);
  return out.finish();
}

function openSegment(key: string, bytes: Buffer, firstOrdinal: number, idLength: number): Segment {
  const reader = new ByteReader(bytes);
  const count = reader.number();
  const ids = reader.block();
  const offsets = new Int32Array(count + 1);
  for (let index = 0; index < count; index++) offsets[index + 1] = (offsets[index] ?? 0) + reader.number();
  const start = reader.position;
  if (ids.length !== count * idLength) throw new RangeError(`segment ${key} does not fit its table`);
  return { key, count, firstOrdinal, ids, bytes, offsets: offsets.map((offset) => offset + start) };
}

function recordsOf(segment: Segment): Buffer[] {
  return Array.from({ length: segment.count }, (_, index) => segment.bytes.subarray(segment.offsets[index], segment.offsets[index + 1]));
}
