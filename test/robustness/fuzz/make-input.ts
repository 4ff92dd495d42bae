import { readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';

/** What the inputs of one reader are made of: whole texts that it reads, and the pieces that mean something to it. */
export interface Grammar {
  /** Folders and files below `corpus/`, whose texts are changed here and there. */
  corpus: string[];
  pieces: readonly string[];
  /** What stands between pieces. */
  joints: readonly string[];
  /** Texts that stand around all pieces: a reader that wants a head sees more than its absence. */
  frames?: readonly (readonly [string, string])[];
}

const folder = new URL('corpus/', import.meta.url);

function readCorpus(names: readonly string[]): string[] {
  return names.flatMap((name) => (name.endsWith('/') ? readdirSync(new URL(name, folder)).map((file) => `${name}${file}`) : [name])).map((path) => readFileSync(new URL(path, folder), 'utf8'));
}

/** One change of a text; places are parts of its length, so that the same change means something for every text. */
type Change =
  | { type: 'cut'; at: number; length: number }
  | { type: 'put'; at: number; text: string }
  | { type: 'repeat'; at: number; length: number; times: number }
  | { type: 'move'; at: number; length: number; to: number }
  | { type: 'end'; at: number }
  | { type: 'case'; at: number };

const offset = (text: string, at: number): number => Math.floor(at * (text.length + 1));

function change(text: string, step: Change): string {
  const from = offset(text, step.at);
  switch (step.type) {
    case 'cut': return text.slice(0, from) + text.slice(from + step.length);
    case 'put': return text.slice(0, from) + step.text + text.slice(from);
    case 'repeat': return text.slice(0, from) + text.slice(from, from + step.length).repeat(step.times) + text.slice(from + step.length);
    case 'move': {
      const taken = text.slice(from, from + step.length);
      const rest = text.slice(0, from) + text.slice(from + step.length);
      const to = offset(rest, step.to);
      return rest.slice(0, to) + taken + rest.slice(to);
    }
    case 'end': return text.slice(0, from);
    case 'case': return text.slice(0, from) + text.slice(from, from + 4).toUpperCase() + text.slice(from + 4);
  }
}

const odd = ['\0', '\u0001', '\t', '\u000b', '\f', '\r', '\u001b[31m', '\u007f', '\u0085', '\u00a0', '\u00ad', '\u200b', '\u202e', '\u2028', '\ufeff', '\ufffd', '\ud83d', '🟢', 'é', '\\', '"', "'", '`', '__proto__', 'constructor', 'toString', '-1', '0', '1e400', '99999999999999999999', 'NaN', 'null', '', ' '.repeat(40), '\n'.repeat(20)];
/** A byte for a byte: what is no UTF-8, or no text at all. */
const bytes = fc.array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), byte: fc.nat(255) }), { maxLength: 3 });

/** Inputs of a reader: pieces strung together, or a text of the corpus that was changed; then line ends, marks and bytes of all kinds. */
export function makeInput({ corpus, pieces, joints, frames = [['', '']] }: Grammar, most: number): fc.Arbitrary<Uint8Array> {
  const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
  const piece = fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...pieces) }, { weight: 2, arbitrary: fc.constantFrom(...odd) }, { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) });
  const strung = fc.tuple(fc.constantFrom(...frames), fc.array(fc.tuple(piece, fc.constantFrom(...joints)), { maxLength: most })).map(([[before, after], parts]) => before + parts.map(([text, joint]) => text + joint).join('') + after);
  const step: fc.Arbitrary<Change> = fc.oneof(
    fc.record({ type: fc.constant('cut' as const), at: place, length: fc.nat(40) }),
    fc.record({ type: fc.constant('put' as const), at: place, text: piece }),
    fc.record({ type: fc.constant('repeat' as const), at: place, length: fc.integer({ min: 1, max: 30 }), times: fc.oneof(fc.nat(4), fc.nat(60)) }),
    fc.record({ type: fc.constant('move' as const), at: place, length: fc.nat(60), to: place }),
    fc.record({ type: fc.constant('end' as const), at: place }),
    fc.record({ type: fc.constant('case' as const), at: place }),
  );
  const changed = fc.tuple(fc.constantFrom(...readCorpus(corpus)), fc.array(step, { minLength: 1, maxLength: 6 })).map(([text, steps]) => steps.reduce(change, text));
  /** A piece many times over: a reader that goes back for each takes for ever. */
  const endless = fc.tuple(fc.constantFrom(...frames), fc.array(piece, { minLength: 1, maxLength: 3 }), fc.integer({ min: 50, max: 1500 })).map(([[before, after], parts, times]) => before + parts.join('').repeat(times) + after);
  const text = fc.oneof({ weight: 10, arbitrary: strung }, { weight: 10, arbitrary: changed }, { weight: 1, arbitrary: endless });
  return fc.tuple(text, fc.constantFrom('\n', '\n', '\n', '\r\n', '\r'), fc.constantFrom('', '', '', '\uFEFF'), fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: bytes })).map(([whole, end, mark, changes]) => {
    const buffer = Buffer.from(mark + (end === '\n' ? whole : whole.replaceAll('\n', end)));
    for (const { at, byte } of changes) if (buffer.length > 0) buffer[Math.min(buffer.length - 1, Math.floor(at * buffer.length))] = byte;
    return new Uint8Array(buffer);
  });
}
