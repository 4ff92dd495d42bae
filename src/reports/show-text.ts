import type { EntryLink, ShownEntry } from '../queries/show-entry.ts';
import { alignColumns } from './columns.ts';
import { describeFacts } from './entry-facts.ts';
import { paintState } from './state-mark.ts';
import type { View } from './view.ts';

/** One entry for reading: what is known of it, its text as it stands, what it mentions and what mentions it. */
export function renderEntry(entry: ShownEntry, view: View): string {
  const head = `${view.paint('bold', entry.id)}\n${entry.title}`;
  const facts = alignColumns(describeFacts(entry), [{ paint: (text) => view.paint('dim', text) }, { paint: (text, row) => (row === 0 ? paintState(view, entry.state, text) : text) }], null);
  const parts = [head, facts.join('\n'), entry.body.replace(/\n+$/, '')];
  if (entry.links.out.length > 0) parts.push(section('mentions', entry.links.out, (link) => link.to, view));
  if (entry.links.in.length > 0) parts.push(section('mentioned by', entry.links.in, (link) => link.from, view));
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function section(title: string, links: readonly EntryLink[], other: (link: EntryLink) => string, view: View): string {
  const rows = links.map((link) => [link.type, other(link), `line ${link.line}`, link.status]);
  const lines = alignColumns(rows, [{}, {}, { paint: (text) => view.paint('dim', text) }, {}], null);
  return `${view.paint('dim', `${title}:`)}\n${lines.map((line) => `  ${line}`).join('\n')}`;
}
