/** Bytes that are read in parts: a buffer, or a kept file. */
export interface Bytes {
  length: number;
  subarray(from: number, to: number): Buffer;
}

/** Parts behind one another, with a table of where each ends. */
export function encodeRows(rows: readonly Buffer[]): Buffer {
  const table = Buffer.alloc(4 + 4 * rows.length);
  table.writeUInt32LE(rows.length, 0);
  let end = 0;
  for (const [index, row] of rows.entries()) table.writeUInt32LE((end += row.length), 4 + 4 * index);
  return Buffer.concat([table, ...rows]);
}

export interface Rows {
  count: number;
  /** The bytes of one row. Throws a `RangeError` for one that is not there. */
  at(index: number): Bytes;
}

/** Opens what `encodeRows` made: only the table is read, and later the rows that are asked for. */
export function openRows(bytes: Bytes): Rows {
  const count = bytes.subarray(0, 4).readUInt32LE(0);
  const start = 4 + 4 * count;
  const table = bytes.subarray(4, start);
  const endOf = (index: number): number => start + (index < 0 ? 0 : table.readUInt32LE(4 * index));
  return { count, at: (index) => windowOf(bytes, endOf(index - 1), endOf(index)) };
}

/** A part of some bytes, read when it is asked for. */
export function windowOf(bytes: Bytes, start: number, end: number): Bytes {
  return { length: end - start, subarray: (from, to) => bytes.subarray(start + from, start + to) };
}

/** A value as a row, and back. */
export function encodeJson(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value), 'utf8');
}

export function decodeJson<T>(row: Bytes): T {
  return JSON.parse(row.subarray(0, row.length).toString('utf8')) as T;
}

/** Whole numbers as a row, and back. */
export function encodeNumbers(numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * numbers.length);
  for (const [index, number] of numbers.entries()) bytes.writeUInt32LE(number, 4 * index);
  return bytes;
}

export function decodeNumbers(row: Bytes): number[] {
  const bytes = row.subarray(0, row.length);
  return Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readUInt32LE(4 * index));
}
