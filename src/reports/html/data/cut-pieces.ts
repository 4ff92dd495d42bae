import type { Entry } from '../../../contract/schema/entry.ts';
import { escapeControls } from '../../safe-text.ts';
import type { PageEntry, Piece } from './report.ts';

export interface CutPieces {
  pieces: Piece[];
  textOf(entry: Entry): PageEntry['text'];
}

/**
 * The texts of entries, each line once: a reproduction inside of a journal entry is a part of that one's text. They are made of the texts of entries, never of
 * whole documents, so that nothing comes along which no entry shows.
 */
export function cutPieces(entries: readonly Entry[], bodies: ReadonlyMap<Entry, string>): CutPieces {
  const outer = holdersOf(entries);
  const pieces: Piece[] = [];
  const numberOf = new Map<Entry, number>();
  for (const [entry, body] of bodies) {
    numberOf.set(entry, pieces.length);
    pieces.push({ text: escapeControls(body), at: entry.changed?.at ?? entry.introduced?.at ?? null });
  }
  const starts = new Map<number, number[]>();
  return {
    pieces,
    textOf(entry) {
      const holder = outer.get(entry);
      const number = holder === undefined ? undefined : numberOf.get(holder);
      const piece = number === undefined ? undefined : pieces[number];
      if (holder === undefined || number === undefined || piece === undefined) return null;
      if (holder === entry) return [number, 0, piece.text.length];
      const lines = starts.get(number) ?? lineStarts(piece.text);
      starts.set(number, lines);
      const from = lines[entry.place.line - holder.place.line] ?? piece.text.length;
      return [number, from, lines[entry.place.endLine - holder.place.line + 1] ?? piece.text.length];
    },
  };
}

/** For every entry that has a text the one whose text holds it: itself, or what it lies in. */
export function holdersOf(entries: readonly Entry[]): Map<Entry, Entry> {
  const files = new Map<string, Entry[]>();
  for (const entry of entries.filter(({ kind }) => kind !== 'gate')) {
    const key = `${entry.place.rev ?? ''}\n${entry.place.path}`;
    const known = files.get(key);
    if (known) known.push(entry);
    else files.set(key, [entry]);
  }
  const outer = new Map<Entry, Entry>();
  for (const inFile of files.values()) {
    let holder: Entry | null = null;
    for (const entry of inFile.toSorted((a, b) => a.place.line - b.place.line || b.place.endLine - a.place.endLine)) {
      if (holder === null || entry.place.endLine > holder.place.endLine) holder = entry;
      outer.set(entry, holder);
    }
  }
  return outer;
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
