import { columnAfter, isBlankCode, isRuleLine, listMarkerAt, skipBlanks } from './line-shapes.ts';

/** Nesting that no reader follows. 100 levels take remark 90 ms, 200 half a second; 1,000 use up the stack. */
const deepest = 100;

const GREATER = 62;

export interface ContainerWeight {
  lines: number;
  /** Quotes and items that the lines open. */
  containers: number;
  /** Columns of quotes and lists over all lines; those of a few levels are in the price of a line. */
  nestedColumns: number;
  tooDeep: boolean;
}

/** `run` has plain line ends. */
export function weighContainers(run: string): ContainerWeight {
  const weight: ContainerWeight = { lines: 0, containers: 0, nestedColumns: 0, tooDeep: false };
  for (let start = 0; start < run.length; ) {
    const lf = run.indexOf('\n', start);
    const next = lf === -1 ? run.length : lf + 1;
    const { columns, levels, deep } = containersOf(run, start, lf === -1 ? next : lf);
    weight.lines++;
    weight.containers += levels;
    weight.nestedColumns += Math.max(0, columns - 4);
    weight.tooDeep ||= deep;
    start = next;
  }
  return weight;
}

/** Columns up to the content of a line, and whether the marks of quotes and lists before it, or its indentation, are too many. */
function containersOf(run: string, start: number, end: number): { columns: number; levels: number; deep: boolean } {
  let column = 0;
  let at = start;
  for (let levels = 0; ; levels++) {
    const content = isBlankCode(run.charCodeAt(at)) ? skipBlanks(run, at, end) : at;
    column = columnAfter(run, at, content, column);
    const quote = run.charCodeAt(content) === GREATER;
    const marker = quote || content === end ? null : listMarkerAt(run, content, end, column);
    const opens = content < end && (quote || (marker !== null && !isRuleLine(run, content, end)));
    if (!opens) return { columns: column, levels, deep: false };
    // Levels of lists may stand in lines of their own, each two columns further in.
    if (levels >= deepest || column > 2 * deepest) return { columns: column, levels, deep: true };
    const width = marker?.mark.length ?? 1;
    at = content + width;
    column += width;
  }
}
