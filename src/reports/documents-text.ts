import type { Document } from '../contract/schema/document.ts';
import { alignColumns } from './columns.ts';
import { renderFields } from './entries-text.ts';
import type { View } from './view.ts';

/** Documents one a line: path, kind, phase, lines, entries, and how many lines were not understood. */
export function renderDocuments(documents: readonly Partial<Document>[], fields: readonly string[], view: View): string {
  if (documents.length === 0) return '';
  if (fields.length > 0) return renderFields(documents, fields, view);
  const rows = documents.map(({ path = '', kind = '', phase = '', lines = 0, entries = [], unparsed = [] }) => [
    path,
    kind,
    phase,
    `${lines} lines`,
    `${entries.length} entries`,
    unparsed.length === 0 ? '' : `! not understood: ${unparsed.map(({ line, endLine }) => (line === endLine ? `${line}` : `${line}-${endLine}`)).join(', ')}`,
  ]);
  const columns = [{}, {}, {}, {}, {}, { elastic: true, paint: (text: string) => view.paint('yellow', text) }];
  return `${alignColumns(rows, columns, view.columns).join('\n')}\n`;
}
