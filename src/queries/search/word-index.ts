import type { Bytes } from '../../ledger/kept/rows.ts';
import type { SearchTerm } from './search-terms.ts';
import { foldText, wordsOf } from './words.ts';

/** What is searched of an entry, in the order of the weights, and the length of its text. */
export interface SearchedText {
  parts: readonly [title: string, id: string, body: string];
  length: number;
}

/** Where every word of some entries stands: a search reads what holds its words, and nothing else. */
export interface WordIndex {
  entries: number;
  /** Length of all texts together, in characters. */
  lengthOfAll: number;
  /** Length of an entry's text, in characters. */
  length(entry: number): number;
  /** How often a term stands in each entry, weighted by the part that it stands in. */
  count(term: SearchTerm, weights: readonly number[]): Float64Array;
}

const parts = 3;
/** More words than a part of an entry can have: a document has no more bytes. */
const longestPart = 2 ** 28;
/** How many entries and words there are, and the length of all texts. */
const headLength = 16;

interface Postings {
  /** Of the last part of an entry that holds the word. */
  part: number;
  place: number;
  /** Pairs: parts to go on by, and how often the word stands there. */
  counts: number[];
  /** Words to go on by within the part. */
  places: number[];
}

/** An index as bytes: the head, the lengths, a table of the words in the order of their bytes, the words, what is told of them. */
export function encodeWordIndex(texts: readonly SearchedText[]): Buffer {
  const words = new Map<string, Postings>();
  for (const [entry, searched] of texts.entries()) {
    for (const [part, text] of searched.parts.entries()) note(words, entry * parts + part, wordsOf(foldText(text)));
  }
  const sorted = [...words].map(([word, postings]) => ({ word: Buffer.from(word, 'utf8'), postings })).sort((a, b) => Buffer.compare(a.word, b.word));
  const table = Buffer.alloc(headLength + 4 * texts.length + 12 * (sorted.length + 1));
  table.writeUInt32LE(texts.length, 0);
  table.writeUInt32LE(sorted.length, 4);
  table.writeDoubleLE(texts.reduce((sum, { length }) => sum + length, 0), 8);
  for (const [entry, { length }] of texts.entries()) table.writeUInt32LE(length, headLength + 4 * entry);
  const names: Buffer[] = [];
  const told: Buffer[] = [];
  let name = 0;
  let at = 0;
  const row = (index: number, places: number): void => {
    const place = headLength + 4 * texts.length + 12 * index;
    table.writeUInt32LE(name, place);
    table.writeUInt32LE(at, place + 4);
    table.writeUInt32LE(places, place + 8);
  };
  for (const [index, { word, postings }] of sorted.entries()) {
    const counts = encodeNumbers(postings.counts);
    const places = encodeNumbers(postings.places);
    row(index, at + counts.length);
    names.push(word);
    told.push(counts, places);
    name += word.length;
    at += counts.length + places.length;
  }
  row(sorted.length, at);
  return Buffer.concat([table, ...names, ...told]);
}

function note(words: Map<string, Postings>, part: number, found: readonly string[]): void {
  for (const [place, word] of found.entries()) {
    let postings = words.get(word);
    if (postings === undefined) {
      postings = { part: -1, place: 0, counts: [], places: [] };
      words.set(word, postings);
    }
    if (postings.part === part) {
      postings.counts[postings.counts.length - 1] = (postings.counts.at(-1) ?? 0) + 1;
    } else {
      postings.counts.push(part - postings.part, 1);
      postings.part = part;
      postings.place = 0;
    }
    postings.places.push(place - postings.place);
    postings.place = place;
  }
}

/** Seven bits a byte, the lowest first; the eighth says that more follow. */
function encodeNumbers(numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(numbers.length * 5);
  let at = 0;
  for (let number of numbers) {
    for (; number > 127; number >>>= 7) bytes[at++] = (number & 127) | 128;
    bytes[at++] = number;
  }
  return bytes.subarray(0, at);
}

/** Gives one number after the other of what `encodeNumbers` made. */
function numberReader(bytes: Buffer): { isAtEnd: () => boolean; next: () => number } {
  let at = 0;
  return {
    isAtEnd: () => at >= bytes.length,
    next: () => {
      let number = 0;
      for (let shift = 0; ; shift += 7) {
        const byte = bytes[at++] ?? 0;
        number |= (byte & 127) << shift;
        if (byte < 128) return number;
      }
    },
  };
}

/** Opens what `encodeWordIndex` made; of something that is read in parts, only what a search needs is read. */
export function openWordIndex(bytes: Bytes): WordIndex {
  const head = bytes.subarray(0, headLength);
  const entries = head.readUInt32LE(0);
  const size = head.readUInt32LE(4);
  const table = headLength + 4 * entries;
  const names = table + 12 * (size + 1);
  const row = (index: number): Buffer => bytes.subarray(table + 12 * index, table + 12 * (index + 1));
  const cell = (index: number, column: number): number => row(index).readUInt32LE(4 * column);
  const told = names + cell(size, 0);
  let lengths: Buffer | null = null;
  const word = (index: number): Buffer => bytes.subarray(names + cell(index, 0), names + cell(index + 1, 0));
  const counts = (index: number): Buffer => bytes.subarray(told + cell(index, 1), told + cell(index, 2));
  const places = (index: number): Buffer => bytes.subarray(told + cell(index, 2), told + cell(index + 1, 1));
  const find = (wanted: Buffer): number => {
    let low = 0;
    let high = size;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (Buffer.compare(word(middle), wanted) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  /** The words that a word of a term may be, each with what it is worth. */
  const meant = (text: string, prefix: boolean): { index: number; worth: number }[] => {
    const wanted = Buffer.from(text, 'utf8');
    const found: { index: number; worth: number }[] = [];
    for (let index = find(wanted); index < size; index += 1) {
      const whole = word(index);
      if (!whole.subarray(0, wanted.length).equals(wanted)) break;
      if (whole.length === wanted.length) found.push({ index, worth: 1 });
      else if (prefix) found.push({ index, worth: 0.5 });
      else break;
    }
    return found;
  };
  return {
    entries,
    lengthOfAll: head.readDoubleLE(8),
    length: (entry) => (lengths ??= bytes.subarray(headLength, table)).readUInt32LE(4 * entry),
    count: (term, weights) => {
      const total = new Float64Array(entries);
      const add = (part: number, worth: number): void => {
        const entry = Math.floor(part / parts);
        total[entry] = (total[entry] ?? 0) + (weights[part % parts] ?? 0) * worth;
      };
      const last = term.words.length - 1;
      if (last === 0) {
        for (const { index, worth } of meant(term.words[0] ?? '', term.prefix)) eachCount(counts(index), (part, count) => add(part, count * worth));
        return total;
      }
      // Where what stands so far ends, and what it is worth; each word must stand right behind the one before.
      let standing: Map<number, number> | null = null;
      for (const [at, text] of term.words.entries()) {
        const next = new Map<number, number>();
        for (const { index, worth } of meant(text, term.prefix && at === last)) {
          eachPlace(counts(index), places(index), (part, place) => {
            const where = part * longestPart + place;
            if (standing === null || standing.has(where - 1)) next.set(where, worth);
          });
        }
        standing = next;
      }
      for (const [where, worth] of standing ?? []) add(Math.floor(where / longestPart), worth);
      return total;
    },
  };
}

function eachCount(counts: Buffer, tell: (part: number, count: number) => void): void {
  const numbers = numberReader(counts);
  let part = -1;
  while (!numbers.isAtEnd()) {
    part += numbers.next();
    tell(part, numbers.next());
  }
}

function eachPlace(counts: Buffer, places: Buffer, tell: (part: number, place: number) => void): void {
  const numbers = numberReader(places);
  eachCount(counts, (part, count) => {
    let place = 0;
    for (let left = count; left > 0; left -= 1) {
      place += numbers.next();
      tell(part, place);
    }
  });
}
