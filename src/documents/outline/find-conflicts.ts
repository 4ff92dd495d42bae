import { endOfLine } from './line-shapes.ts';
import type { Unread } from './types.ts';

/**
 * The stretches that a failed merge left: `<<<<<<<`, perhaps `|||||||`, `=======` and `>>>>>>>`, each at a line's start and in this order.
 * They count inside fences too, as they do for git; a sample that is meant can be indented by a blank. Of two openings the later one counts.
 */
export function findConflicts(text: string, lineStarts: readonly number[]): Unread[] {
  const found: Unread[] = [];
  if (!text.includes('<<<<<<<')) return found;
  let opened = 0;
  let parted = false;
  for (let line = 1; line < lineStarts.length; line++) {
    const start = lineStarts[line - 1] ?? 0;
    const mark = markAt(text, start, endOfLine(text, start, lineStarts[line] ?? text.length));
    if (mark === '<') {
      opened = line;
      parted = false;
    } else if (mark === '=' && opened > 0) {
      parted = true;
    } else if (mark === '>' && parted) {
      found.push({ type: 'unread', line: opened, endLine: line, why: 'conflict marker' });
      opened = 0;
      parted = false;
    }
  }
  return found;
}

/** Seven of one mark, then a blank and a label or nothing; `=======` stands alone. */
function markAt(text: string, start: number, end: number): string {
  const mark = text[start] ?? '';
  if ((mark !== '<' && mark !== '=' && mark !== '>') || !text.startsWith(mark.repeat(7), start)) return '';
  const after = start + 7;
  if (mark === '=' ? after === end : after === end || text[after] === ' ') return mark;
  return '';
}
