import type { Note } from '../types.ts';

const failing = new Set(['FAILS', 'FAILED', 'FAIL', 'RED', '✗', '✘', '❌']);
const words = 'FAILS|FAILED|FAIL|RED|PASSES|PASSED|PASS|GREEN|OK';
const marks = '[✗✘❌✓✔✅]\\uFE0F?';
const verdict = `(?:(${words})(?![\\p{L}\\p{N}_])|(${marks}))`;

const leadingVerdict = new RegExp(`^${verdict}`, 'u');
const noteHere = new RegExp(`←[ \\t]*${verdict}`, 'uy');
const markHere = new RegExp(marks, 'uy');
const looseArrow = /(?<=^|\s)(?:←|<-(?=\s))/u;
/** `FAILS, as it must`: what joins the verdict to its remark. */
const punctuation = /^(?:[,:;–—-]\s+)+/u;

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
  const at = lastAfterBlank(text, noteHere, '←');
  return at < 0 ? { text, note: null } : { text: text.slice(0, at).trimEnd(), note: readVerdict(text.slice(at + 1).trim()) };
}

/** The last place behind a blank, or at the start, where a sticky expression matches that begins with one of these characters. */
function lastAfterBlank(text: string, here: RegExp, first: string): number {
  for (let at = text.length - 1; at >= 0; at -= 1) {
    if (!first.includes(text.charAt(at)) || (at > 0 && !/\s/.test(text.charAt(at - 1)))) continue;
    here.lastIndex = at;
    if (here.test(text)) return at;
  }
  return -1;
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
  const at = lastAfterBlank(text, markHere, '✗✘❌✓✔✅');
  if (at < 0) return { text, note: null };
  const before = text.slice(0, at).trimEnd();
  const note = readVerdict(text.slice(at));
  return before === '' && note !== null ? { text: note.text, note: { ...note, text: '' } } : { text: before, note };
}

/** Reads `VERDICT remark`; null when no verdict word leads. */
function readVerdict(remark: string): Note | null {
  const found = leadingVerdict.exec(remark);
  if (found === null) return null;
  const word = found[0].replace('\uFE0F', '');
  const text = remark.slice(found[0].length).trim().replace(punctuation, '');
  return { verdict: failing.has(word) ? 'fails' : 'passes', text };
}
