import { escapeControls } from './escape-controls.ts';
import { outputLines } from './output-lines.ts';
import { isAnyLines } from './any-lines.ts';
import { splitNote } from '../notation/read-note.ts';
import type { Observation, Stream } from '../types.ts';

/**
 * Output as observations that mean exactly this output: literal where that is safe, wholly literal where the text
 * would read as something else, control characters as `\xNN`. Takes normalised output.
 */
export function observeOutput(output: string, stream: Stream, line = 0): Observation[] {
  return outputLines(output).map((text, index) => observeLine(text, stream, line + index));
}

function observeLine(text: string, stream: Stream, line: number): Observation {
  const escaped = escapeControls(text);
  const safe = escaped === text && splitNote(text).note === null && !isAnyLines({ mode: 'plain', text });
  return { text: escaped, stream, mode: safe ? 'plain' : 'exact', note: null, line };
}
