import type { FoundEntry } from '../queries/search-ledger.ts';
import { cutToWidth } from './columns.ts';
import { placeText, renderFields } from './entries-text.ts';
import { markState, paintState } from './state-mark.ts';
import type { View } from './view.ts';

/** What a search found: per entry one line with id, state and place, and one with the words around. */
export function renderFound(entries: readonly Partial<FoundEntry>[], fields: readonly string[], view: View): string {
  if (fields.length > 0) return renderFields(entries, fields, view);
  return entries.map((entry) => renderOne(entry, view)).join('');
}

function renderOne({ id = '', state = null, place, line, snippet = '' }: Partial<FoundEntry>, view: View): string {
  const where = place === undefined ? '' : placeText({ ...place, line: line ?? place.line });
  const mark = state === null ? '' : `  ${paintState(view, state, markState(state))}`;
  return `${view.paint('bold', id)}${mark}  ${view.paint('dim', where)}\n    ${cutToWidth(snippet, (view.columns ?? 164) - 4)}\n`;
}
