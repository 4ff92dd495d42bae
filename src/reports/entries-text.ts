import type { Entry } from '../contract/schema/entry.ts';
import { alignColumns } from './columns.ts';
import { markState, paintState } from './state-mark.ts';
import type { View } from './view.ts';

/** `path:line`, with the revision in front where only history has it. */
export function placeText(place: { path: string; line: number; rev?: string | null | undefined }): string {
  const rev = place.rev ?? null;
  return `${rev === null ? '' : `${rev.slice(0, 12)}:`}${place.path}:${place.line}`;
}

/** Entries one a line: state, id, title, place; with `fields`, just these. Empty for an empty list. */
export function renderEntries(entries: readonly Partial<Entry>[], fields: readonly string[], view: View): string {
  if (entries.length === 0) return '';
  if (fields.length > 0) return renderFields(entries, fields, view);
  const rows = entries.map(({ state, id, title, place }) => [markState(state ?? null), id ?? '', title ?? '', place ? placeText(place) : '']);
  const columns = [
    { paint: (text: string, row: number) => paintState(view, entries[row]?.state ?? null, text) },
    {},
    { elastic: true },
    { paint: (text: string) => view.paint('dim', text) },
  ];
  const stated = rows.some(([state]) => state !== '');
  const lines = stated ? alignColumns(rows, columns, view.columns) : alignColumns(rows.map((row) => row.slice(1)), columns.slice(1), view.columns);
  return `${lines.join('\n')}\n`;
}

/** The values of chosen fields, in columns; what is no plain value is shown as JSON. */
export function renderFields(items: readonly object[], fields: readonly string[], view: View): string {
  if (items.length === 0) return '';
  const rows = items.map((item) => {
    const values = new Map<string, unknown>(Object.entries(item));
    return fields.map((field) => cellText(field, values.get(field)));
  });
  return `${alignColumns(rows, fields.map(() => ({ elastic: true })), view.columns).join('\n')}\n`;
}

function cellText(field: string, value: unknown): string {
  if (value === null || value === undefined) return '-';
  if (field === 'place') return placeText(value as Entry['place']);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
