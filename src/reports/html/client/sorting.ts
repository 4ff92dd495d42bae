import { h } from '../markup.ts';
import { fill } from './mount.ts';

/** Makes the headings of lists sort their rows: up, then down. */
export function openSorting(): void {
  for (const heading of document.querySelectorAll<HTMLTableCellElement>('th[data-sort]')) {
    const name = heading.textContent ?? '';
    heading.setAttribute('aria-sort', 'none');
    fill(heading, h('button', { type: 'button', class: 'sort' }, name));
    heading.querySelector('button')?.addEventListener('click', () => sortBy(heading, name));
  }
}

function sortBy(heading: HTMLTableCellElement, name: string): void {
  const table = heading.closest('table');
  const body = table?.tBodies[0];
  if (!table || !body) return;
  const isUp = heading.getAttribute('aria-sort') !== 'ascending';
  for (const other of table.querySelectorAll('th[aria-sort]')) other.setAttribute('aria-sort', 'none');
  heading.setAttribute('aria-sort', isUp ? 'ascending' : 'descending');
  const rows = [...body.rows].map((row) => ({ row, key: keyOf(row, heading) }));
  const sign = isUp ? 1 : -1;
  rows.sort((a, b) => sign * (typeof a.key === 'number' && typeof b.key === 'number' ? a.key - b.key : String(a.key).localeCompare(String(b.key), 'en', { numeric: true })));
  body.append(...rows.map(({ row }) => row));
  const told = document.querySelector('#told');
  if (told) fill(told, `Sorted by ${name}, ${isUp ? 'ascending' : 'descending'}.`);
}

function keyOf(row: HTMLTableRowElement, heading: HTMLTableCellElement): string | number {
  const sort = heading.dataset['sort'];
  if (sort === 'age' && row.dataset['age'] !== undefined) return Number(row.dataset['age']);
  const text = row.cells[heading.cellIndex]?.textContent?.trim() ?? '';
  return sort === 'trigger' ? `${row.dataset['trigger'] ?? ''} ${text}` : text;
}
