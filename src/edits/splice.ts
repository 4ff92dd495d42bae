/** A change to a file by byte offsets: the bytes from `start` to `end` become `text`. Nothing else changes. */
export interface Splice {
  start: number;
  end: number;
  text: string;
}

/** The bytes with all splices applied; they may not overlap. Throws when one lies outside the file: that is a bug of its maker. */
export function applySplices(bytes: Uint8Array, splices: readonly Splice[]): Buffer {
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const splice of splices.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    if (splice.start < at || splice.end < splice.start || splice.end > bytes.length) throw new RangeError(`a splice of ${splice.start}–${splice.end} does not fit a file of ${bytes.length} bytes`);
    parts.push(bytes.subarray(at, splice.start), Buffer.from(splice.text));
    at = splice.end;
  }
  parts.push(bytes.subarray(at));
  return Buffer.concat(parts);
}
