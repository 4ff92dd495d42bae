import { h, type Markup } from '../markup.ts';
import { count } from '../parts.ts';

export interface Rows {
  caption: string;
  /** Each column's heading, and what its rows are sorted by on request; the empty text where they are not. */
  columns: readonly (readonly [string, string])[];
  /** The command that lists them all. */
  list: string;
}

/** What a list shows at most without being asked; more would make the page slow to open, and each is found by the search. */
const mostRows = 1500;

/** A table of entries. A list that is too long is cut aloud. */
export function drawRows({ caption, columns, list }: Rows, rows: readonly Markup[]): Markup {
  const head = columns.map(([name, sort]) => h('th', { scope: 'col', 'data-sort': sort === '' ? null : sort }, name));
  const left = rows.length - mostRows;
  return h(
    'div',
    { class: 'wide', tabindex: 0, role: 'region', 'aria-label': caption },
    h('table', { class: 'rows' }, h('caption', { class: 'unseen' }, caption), h('thead', {}, h('tr', {}, head)), h('tbody', {}, rows.slice(0, mostRows))),
    left > 0 ? h('p', { class: 'note' }, `${count(left, 'more row')} not shown here; the search finds them, and `, h('code', {}, list), ' lists all.') : null,
  );
}
