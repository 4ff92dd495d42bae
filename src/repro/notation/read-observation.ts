import { splitLooseNote, splitNote } from './read-note.ts';
import type { Mode, Observation, Stream } from '../types.ts';

const arrowLine = /^(?:→|->)(2?)([=~/?]?)(?: |$)/;
const arrowStart = /^\s*(?:#+\s*)?(?:→|->(?=2?[=~/?]?(?:\s|$)))/;
const modes: Readonly<Record<string, Mode>> = { '': 'plain', '=': 'exact', '~': 'pattern', '/': 'regex', '?': 'status' };

/**
 * Reads one line `ARROW[2][mode] text [← note]`. Exactly one blank follows the arrow, the rest is output with its
 * indentation; null when the line has another form.
 */
export function readObservation(source: string, line: number): Observation | null {
  const found = arrowLine.exec(source);
  if (found === null) return null;
  const mode = modes[found[2] ?? ''] ?? 'plain';
  const stream: Stream = found[1] === '2' ? 'stderr' : 'stdout';
  const rest = source.slice(found[0].length);
  if (mode === 'exact') return { text: rest, stream, mode, note: null, line };
  const { text, note } = splitNote(rest);
  return { text: mode === 'status' ? text.trim() : text.trimEnd(), stream, mode, note, line };
}

/** Whether a line of a loose block begins with an arrow, bare or behind a `#`. */
export function beginsWithArrow(source: string): boolean {
  return arrowStart.test(source);
}

/** Reads what stands at and behind an arrow in a loose block, where blanks and marks are free. */
export function readLooseObservation(source: string, line: number): Observation {
  const fromArrow = source.replace(/^\s*(?:#+\s*)?/, '').replace(/^(?:→|->)/, '');
  const moded = /^(2?)([=~/?]?)(?:\s+|$)/.exec(fromArrow);
  const mode = modes[moded?.[2] ?? ''] ?? 'plain';
  const rest = fromArrow.slice(moded?.[0].length ?? 0).trim();
  const { text, note } = mode === 'exact' ? { text: rest, note: null } : splitLooseNote(rest);
  return { text, stream: moded?.[1] === '2' ? 'stderr' : 'stdout', mode, note, line };
}
