import measure from 'fast-string-truncated-width';

/** Width of a text in terminal columns: 2 for wide characters and emoji, 0 for combining marks and colour. */
export function widthOf(text: string): number {
  // Nearly all texts are of such characters alone, and a long list is measured cell by cell.
  return /^[\x20-\x7e]*$/.test(text) ? text.length : measure(text).width;
}

/** `text` on one line and no wider than `columns`; what is cut off is marked by an ellipsis. */
export function cutToWidth(text: string, columns: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const whole = widthOf(line);
  if (whole <= columns) return line;
  // Latin letters and the usual dashes and quotes, one column each: nothing here belongs together, and to load what knows that costs more than a long list.
  if (whole === line.length && /^[\x20-\x7e\xa0-\u024f\u2010-\u2027]*$/.test(line)) return `${line.slice(0, Math.max(0, columns - 1)).trimEnd()}…`;
  // The package can cut as well, but counts a letter behind one that is not Latin too late: up to two columns too many.
  let kept = '';
  let width = 0;
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(line)) {
    width += widthOf(segment);
    if (width > columns - 1) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

/** One column of a table. `elastic` ones give way where the line would be wider than the terminal. */
export interface Column {
  elastic?: boolean;
  /** Paints a cell after it was measured. */
  paint?: (text: string, row: number) => string;
}

const gap = '  ';
const narrowest = 12;

/** Rows as aligned lines. Line breaks in cells become blanks; trailing blanks are left out. */
export function alignColumns(rows: readonly (readonly string[])[], columns: readonly Column[], available: number | null): string[] {
  const cells = rows.map((row) => row.map((cell) => cell.replace(/\s+/g, ' ').trim()));
  const widths = columns.map((_, at) => Math.max(0, ...cells.map((row) => widthOf(row[at] ?? ''))));
  const tight = available === null ? widths : shrink(widths, columns, available);
  return cells.map((row, rowAt) =>
    columns
      .map(({ paint }, at) => {
        const cut = cutToWidth(row[at] ?? '', tight[at] ?? 0);
        const padding = ' '.repeat(Math.max(0, (tight[at] ?? 0) - widthOf(cut)));
        return (paint ? paint(cut, rowAt) : cut) + (at < columns.length - 1 ? padding : '');
      })
      .join(gap)
      .trimEnd(),
  );
}

/** Takes columns from the elastic cells, the widest first, until the line fits or none of them has more to give. */
function shrink(widths: readonly number[], columns: readonly Column[], available: number): number[] {
  const result = [...widths];
  let excess = result.reduce((sum, width) => sum + width, 0) + gap.length * (columns.length - 1) - available;
  while (excess > 0) {
    const elastic = result.map((width, at) => ({ at, width })).filter(({ at, width }) => columns[at]?.elastic === true && width > narrowest);
    const widest = elastic.toSorted((a, b) => b.width - a.width)[0];
    if (widest === undefined) break;
    result[widest.at] = widest.width - 1;
    excess -= 1;
  }
  return result;
}
