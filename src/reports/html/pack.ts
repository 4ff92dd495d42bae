import { deflateRawSync } from 'node:zlib';
import type { Piece } from './data/report.ts';

/** Texts of about so many characters are packed together: less packs badly, more makes an entry wait. */
const chunkSize = 160_000;

/** The texts of the page, packed. */
export interface PackedTexts {
  /** Each is base64 of raw deflate of UTF-8. */
  chunks: string[];
  /** In which chunk each piece stands and where it begins; null for one that was left out. */
  places: ([number, number] | null)[];
  leftOut: number;
}

/** Packs texts into at most `room` characters of base64, the newest first; a text that finds no room is left out. */
export function packTexts(pieces: readonly Piece[], room: number): PackedTexts {
  const order = pieces.map((_, index) => index).toSorted((a, b) => ageOf(pieces[a]) - ageOf(pieces[b]) || a - b);
  const places: PackedTexts['places'] = pieces.map(() => null);
  const chunks: string[] = [];
  let free = room;
  for (const group of groupBySize(order, pieces)) {
    const packed = pack(group.map((index) => pieces[index]?.text ?? '').join(''));
    if (packed.length > free) continue;
    free -= packed.length;
    let at = 0;
    for (const index of group) {
      places[index] = [chunks.length, at];
      at += pieces[index]?.text.length ?? 0;
    }
    chunks.push(packed);
  }
  return { chunks, places, leftOut: places.filter((place) => place === null).length };
}

/** What is not committed yet is the newest. */
function ageOf(piece: Piece | undefined): number {
  return piece?.at ? -Date.parse(piece.at) : -Number.MAX_SAFE_INTEGER;
}

function groupBySize(order: readonly number[], pieces: readonly Piece[]): number[][] {
  const groups: number[][] = [];
  let size = chunkSize;
  for (const index of order) {
    const length = pieces[index]?.text.length ?? 0;
    if (size + length > chunkSize) {
      groups.push([]);
      size = 0;
    }
    groups.at(-1)?.push(index);
    size += length;
  }
  return groups;
}

/** Base64 of raw deflate of a text; no character of it means anything to HTML. */
export function pack(text: string): string {
  return deflateRawSync(text, { level: 6 }).toString('base64');
}
