import type { Note } from '../types.ts';

const failing = new Set(['FAILS', 'FAILED', 'FAIL', 'RED', '✗', '✘', '❌']);
const words = 'FAILS|FAILED|FAIL|RED|PASSES|PASSED|PASS|GREEN|OK';
const marks = '[✗✘❌✓✔✅]\\uFE0F?';
const verdict = `(?:(${words})(?![\\p{L}\\p{N}_])|(${marks}))`;

const leadingVerdict = new RegExp(`^${verdict}`, 'u');
const noteStart = new RegExp(`(?<=^|\\s)←[ \\t]*${verdict}`, 'gu');
/** `FAILS, as it must`: what joins the verdict to its remark. */
const punctuation = /^(?:[,:;–—-]\s+)+/u;
const looseArrow = /(?<=^|\s)(?:←|<-(?=\s))/u;
const looseMark = new RegExp(`(?<=^|\\s)${marks}`, 'gu');

/** What stands before the note, and the note. */
export interface NotedText {
  readonly text: string;
  readonly note: Note | null;
}

/**
 * Splits `text ← VERDICT remark` at the last left arrow that a verdict word follows. A left arrow without a verdict
 * belongs to the output.
 */
export function splitNote(text: string): NotedText {
  const last = [...text.matchAll(noteStart)].at(-1);
  if (last === undefined) return { text, note: null };
  return { text: text.slice(0, last.index).trimEnd(), note: readVerdict(text.slice(last.index + 1).trim()) };
}

/**
 * The same for loose blocks, where people also write `<-`, small letters, remarks without a verdict,
 * and a bare ✓ or ✗ before or behind the output.
 */
export function splitLooseNote(text: string): NotedText {
  const arrow = looseArrow.exec(text);
  if (arrow === null) return splitMark(text);
  const remark = text.slice(arrow.index + arrow[0].length).trim();
  const note = readVerdict(remark) ?? readVerdict(remark.replace(/^\p{L}+/u, (word) => word.toUpperCase()));
  return { text: text.slice(0, arrow.index).trimEnd(), note: note ?? { verdict: null, text: remark } };
}

function splitMark(text: string): NotedText {
  const last = [...text.matchAll(looseMark)].at(-1);
  if (last === undefined) return { text, note: null };
  const before = text.slice(0, last.index).trimEnd();
  const note = readVerdict(text.slice(last.index));
  return before === '' && note !== null ? { text: note.text, note: { ...note, text: '' } } : { text: before, note };
}

/** Reads `VERDICT remark`; null when no verdict word leads. */
export function readVerdict(remark: string): Note | null {
  const found = leadingVerdict.exec(remark);
  if (found === null) return null;
  const word = found[0].replace('\uFE0F', '');
  const text = remark.slice(found[0].length).trim().replace(punctuation, '');
  return { verdict: failing.has(word) ? 'fails' : 'passes', text };
}
