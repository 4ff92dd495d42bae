import type { Draft } from '../../documents/reading.ts';
import { lastContentLine } from '../line-ends.ts';
import type { Splice } from '../splice.ts';
import type { OpenPage } from './open-page.ts';

/** Maps a line of a document to the same line after the splices; for a line that a splice takes away, the line that stands in its place. */
export type MoveLine = (line: number) => number;

export function lineMover(before: OpenPage, splices: readonly Splice[]): MoveLine {
  const shifts = splices.map(({ start, end, text }) => ({ end, by: countLineEnds(text) - countLineEnds(Buffer.from(before.source.bytes.subarray(start, end)).toString('latin1')) }));
  return (line) => {
    const at = before.source.byteOffsetOfLine(line);
    return line + shifts.reduce((sum, shift) => (shift.end <= at ? sum + shift.by : sum), 0);
  };
}

function countLineEnds(text: string): number {
  return text.match(/\r\n?|\n/gu)?.length ?? 0;
}

/**
 * A draft as text in which two drafts are equal when they are the same entry, wherever it stands: all that was read of it with lines counted from
 * its own first one, and its text. Blank lines behind an entry, and a rule that parts it from what follows, are not its own.
 */
function printDraft(draft: Draft, page: OpenPage, how: 'with text' | 'without text'): string {
  const { line, endLine, ...rest } = draft;
  const text = how === 'without text' ? '' : page.source.sliceLines(line, lastContentLine(page.source, line, endLine)).trimEnd().replace(/\r\n?/gu, '\n');
  const from = line - 1;
  return JSON.stringify([
    { ...rest, boxLine: rest.boxLine === undefined ? undefined : rest.boxLine - from, clearedAtLine: rest.clearedAtLine !== undefined },
    text,
  ], (key, value: unknown) => (key === 'endLine' ? undefined : key === 'line' && typeof value === 'number' ? value - from : value));
}

/** The drafts that stand in one list only: what `after` has more than `before`, and what it lacks. */
export interface DraftChanges {
  added: Draft[];
  lost: Draft[];
}

/** Compares the drafts of two versions of a document; `ignored` are those of the first that may change. */
export function compareDrafts(before: OpenPage, after: OpenPage, move: MoveLine, ignored: readonly Draft[]): DraftChanges {
  const waiting = new Map<string, Draft[]>();
  for (const draft of after.reading.drafts) {
    const key = `${draft.line} ${printDraft(draft, after, 'with text')}`;
    waiting.set(key, [...(waiting.get(key) ?? []), draft]);
  }
  const missing = before.reading.drafts.filter((draft) => !ignored.includes(draft) && waiting.get(`${move(draft.line)} ${printDraft(draft, before, 'with text')}`)?.shift() === undefined);
  const added = [...waiting.values()].flat().toSorted((a, b) => a.line - b.line);
  // An entry around one that changes, such as a task with parts, has its text changed with it, and nothing else.
  const lost = missing.filter((draft) => {
    if (!ignored.some(({ line, endLine }) => draft.line <= line && draft.endLine >= endLine)) return true;
    const at = added.findIndex((other) => other.line === move(draft.line) && printDraft(other, after, 'without text') === printDraft(draft, before, 'without text'));
    if (at >= 0) added.splice(at, 1);
    return at < 0;
  });
  return { added, lost };
}
