import type { Draft } from '../../documents/reading.ts';
import { isNothing } from '../../documents/vocabulary/words.ts';
import { boxMarkOf, withoutBox } from '../../git/history/box-mark.ts';
import type { ChangedDocument, DocumentVersion } from '../../ledger/changes/types.ts';

/** An entry of one version of a document: its lines as they are compared, without blank ones and placeholders. */
export interface EntryText {
  draft: Draft;
  /** Line of its first line. */
  line: number;
  lines: readonly string[];
}

const placeholder = /^[\s>*_~#+-]*\(?(?:(?:none|nothing|empty|pending|tbd|tba|todo|to be (?:written|filled(?: in)?|done|confirmed|decided)|not yet|n\/a|placeholder|awaiting)\b[^.;:]{0,40}|<[^>]*>|\.{3}|…)\)?[.\s*_]*$/iu;

/** Is this line there only until something takes its place? */
export function isPlaceholder(line: string): boolean {
  return isNothing(line) || placeholder.test(line);
}

/** A line as it is compared: blanks at its end and the mark in its box do not count. */
export function comparable(line: string): string {
  return (boxMarkOf(line) === null ? line : withoutBox(line)).trimEnd();
}

/** The entries of a version, each with the lines that are its own. Reproductions stand in other entries, and what is pending is nobody's word yet. */
export function entriesOfVersion({ reading, lines }: DocumentVersion): EntryText[] {
  const own = new Map<number, number[]>();
  for (const { type, draft, line, endLine } of reading.spans) {
    if (type !== 'entry' || draft === null) continue;
    const numbers = own.get(draft) ?? [];
    for (let at = line; at <= endLine; at += 1) numbers.push(at);
    own.set(draft, numbers);
  }
  return [...own].flatMap(([index, numbers]) => {
    const draft = reading.drafts[index];
    if (!draft || draft.state === 'pending') return [];
    const texts = numbers.map((number) => comparable(lines[number - 1] ?? '')).filter((line) => line.trim() !== '' && !isPlaceholder(line));
    return texts.length === 0 ? [] : [{ draft, line: numbers[0] ?? draft.line, lines: texts }];
  });
}

/** Where an entry of an earlier version is found again. */
export type Fate = { kind: 'kept' } | { kind: 'edited'; version: DocumentVersion; line: number; was: string } | { kind: 'gone' };

/** What became of an entry in the versions that came after: whole (lines may have come between its own), with lines that are others now, or gone. */
export function fateOf(entry: EntryText, after: readonly DocumentVersion[]): Fate {
  const [first = ''] = entry.lines;
  let edited: Fate | null = null;
  for (const version of after) {
    for (const at of placesOf(version, first)) {
      const until = endOfEntry(version, at);
      const missing = firstMissing(entry, version, at, until);
      if (missing === null) return { kind: 'kept' };
      edited ??= { kind: 'edited', version, line: at + 1, was: missing };
    }
  }
  return edited ?? findReworded(entry, after) ?? { kind: 'gone' };
}

const placesByVersion = new WeakMap<DocumentVersion, Map<string, number[]>>();

/** Where a version has a line, by its index; the lines of a version are gone through once, however many entries are looked for. */
function placesOf(version: DocumentVersion, text: string): readonly number[] {
  const places = placesByVersion.get(version) ?? indexLines(version);
  placesByVersion.set(version, places);
  return places.get(text) ?? [];
}

function indexLines({ lines }: DocumentVersion): Map<string, number[]> {
  const places = new Map<string, number[]>();
  lines.forEach((line, index) => {
    const text = comparable(line);
    const known = places.get(text);
    if (known === undefined) places.set(text, [index]);
    else known.push(index);
  });
  return places;
}

/** Index behind the last line of the entry that a line belongs to; of the document, where it belongs to none. */
function endOfEntry({ reading, lines }: DocumentVersion, index: number): number {
  const draft = reading.spans.find(({ line, endLine, type }) => type === 'entry' && line <= index + 1 && endLine >= index + 1)?.draft ?? null;
  if (draft === null) return lines.length;
  return Math.max(...reading.spans.flatMap((span) => (span.draft === draft ? [span.endLine] : [])));
}

/** The first line of an entry that does not follow the others in a stretch; null where all do, or where only the breaks of lines are others. */
function firstMissing(entry: EntryText, { lines }: DocumentVersion, from: number, until: number): string | null {
  const grows = entry.draft.kind === 'deferred' || entry.draft.kind === 'veto' || entry.draft.kind === 'finding';
  let at = from;
  for (const wanted of entry.lines) {
    const found = indexFrom(lines, at, until, (line) => line === wanted || (grows && line.startsWith(wanted)));
    if (found < 0) return hasSameWords(entry.lines, lines.slice(from, until)) ? null : wanted;
    at = found + 1;
  }
  return null;
}

function indexFrom(lines: readonly string[], from: number, until: number, fits: (line: string) => boolean): number {
  for (let index = from; index < until; index += 1) if (fits(comparable(lines[index] ?? ''))) return index;
  return -1;
}

/** A paragraph that was only wrapped anew says the same. */
function hasSameWords(before: readonly string[], after: readonly string[]): boolean {
  const words = (lines: readonly string[]): string => lines.map((line) => comparable(line).trim()).filter((line) => line !== '' && !isPlaceholder(line)).join(' ').replace(/\s+/gu, ' ');
  return words(after).includes(words(before));
}

/** An entry whose first line was reworded: most of its other lines still stand together somewhere. */
function findReworded(entry: EntryText, after: readonly DocumentVersion[]): Fate | null {
  const rest = entry.lines.slice(1).filter((line) => line.length >= 12);
  const [first = ''] = entry.lines;
  for (const version of after) {
    const found = rest.flatMap((line) => placesOf(version, line).at(-1) ?? []);
    if (rest.length > 0 && found.length * 2 >= rest.length) return { kind: 'edited', version, line: Math.max(1, Math.min(...found)), was: first };
  }
  return null;
}

/** Was an entry lost on another side of a merge already? Then the merge only takes that over. */
export function lostElsewhere(entry: EntryText, { others }: ChangedDocument): boolean {
  return others.some(({ base, version }) => base !== null && fateOf(entry, [base]).kind === 'kept' && fateOf(entry, version === null ? [] : [version]).kind !== 'kept');
}
