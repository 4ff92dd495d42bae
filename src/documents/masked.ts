import type { Prose, Ranges } from './outline/types.ts';
import { isGate } from './vocabulary/gates.ts';

/** True when an offset lies in one of the ranges. */
export function inRanges(ranges: Ranges, offset: number): boolean {
  for (let index = 0; index < ranges.length; index += 2) {
    if (offset >= (ranges[index] ?? 0) && offset < (ranges[index + 1] ?? 0)) return true;
  }
  return false;
}

const blank = '\u00A0';

/**
 * The text with everything that is only quoted blanked out, offsets kept: code spans (save those that hold nothing but a gate id, which agents
 * write as code for looks), struck text, and words between quotation marks.
 */
export function maskProse(prose: Prose): string {
  let text = prose.text;
  const hide = (start: number, end: number): void => {
    text = text.slice(0, start) + text.slice(start, end).replace(/[^\n]/g, blank).padEnd(end - start, blank).slice(0, end - start) + text.slice(end);
  };
  for (let index = 0; index < prose.code.length; index += 2) {
    const [start, end] = [prose.code[index] ?? 0, prose.code[index + 1] ?? 0];
    if (!isGate(prose.text.slice(start, end).replace(/^`+|`+$/gu, ''))) hide(start, end);
  }
  for (let index = 0; index < prose.struck.length; index += 2) hide(prose.struck[index] ?? 0, prose.struck[index + 1] ?? 0);
  for (const quoted of prose.text.matchAll(/"[^"\n]{1,200}"|“[^”\n]{1,200}”/gu)) hide(quoted.index, quoted.index + quoted[0].length);
  return text;
}

/** Line of an offset of a prose, given the line of its first character. */
export function lineAt(firstLine: number, text: string, offset: number): number {
  let line = firstLine;
  for (let index = text.indexOf('\n'); index !== -1 && index < offset; index = text.indexOf('\n', index + 1)) line += 1;
  return line;
}
