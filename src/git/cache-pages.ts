import { closeSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';

/** What is kept of something large, to be read in parts; each part is checked when it is read. */
export interface CachePages {
  length: number;
  /** The bytes from here to there. Throws a `DamagedPages` where they are not what was written. */
  subarray(from: number, to: number): Buffer;
  close(): void;
}

/** A part of a kept file is not what was written: who reads it has to do without. */
export class DamagedPages extends Error {}

const mark = Buffer.from('docket\n4');
const headLength = mark.length + 8;
const pageSize = 16 * 1024;

/** The file of some bytes: the mark, the checksum of the key and the table, how long the bytes are; the checksum of every page; the bytes. */
export function encodePages(key: string, bytes: Buffer): Buffer[] {
  const pages = Math.ceil(bytes.length / pageSize);
  const head = Buffer.alloc(headLength + 4 * pages);
  mark.copy(head);
  head.writeUInt32LE(bytes.length, mark.length + 4);
  for (let page = 0; page < pages; page += 1) head.writeUInt32LE(crc32(bytes.subarray(page * pageSize, (page + 1) * pageSize)), headLength + 4 * page);
  head.writeUInt32LE(crc32(head.subarray(mark.length + 4), crc32(key)), mark.length);
  return [head, bytes];
}

/** Opens a file of `size` bytes that `encodePages` made for this key; null for another. Only the table is read at once. */
export function openPages(key: string, fd: number, size: number): CachePages | null {
  const start = readAt(fd, 0, Math.min(size, headLength));
  if (start.length < headLength || !start.subarray(0, mark.length).equals(mark)) return null;
  const length = start.readUInt32LE(mark.length + 4);
  const pages = Math.ceil(length / pageSize);
  const body = headLength + 4 * pages;
  if (size !== body + length) return null;
  const head = readAt(fd, 0, body);
  if (head.length < body || head.readUInt32LE(mark.length) !== crc32(head.subarray(mark.length + 4), crc32(key))) return null;
  const known = new Map<number, Buffer>();
  /** Pages that follow one another, read at once. */
  const load = (first: number, end: number): Buffer => {
    const only = end === first + 1 ? known.get(first) : undefined;
    if (only !== undefined) return only;
    const found = readAt(fd, body + first * pageSize, Math.min(length, end * pageSize) - first * pageSize);
    for (let page = first; page < end; page += 1) {
      const bytes = found.subarray((page - first) * pageSize, (page + 1 - first) * pageSize);
      if (crc32(bytes) !== head.readUInt32LE(headLength + 4 * page)) throw new DamagedPages();
      if (end === first + 1) known.set(page, bytes);
    }
    return found;
  };
  return {
    length,
    subarray: (from, to) => {
      if (from < 0 || to < from || to > length) throw new DamagedPages();
      if (from === to) return Buffer.alloc(0);
      const first = Math.floor(from / pageSize);
      return load(first, Math.ceil(to / pageSize)).subarray(from - first * pageSize, to - first * pageSize);
    },
    close: () => closeSync(fd),
  };
}

function readAt(fd: number, position: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  let at = 0;
  while (at < length) {
    const read = readSync(fd, bytes, at, length - at, position + at);
    if (read === 0) break;
    at += read;
  }
  return bytes.subarray(0, at);
}
