import type { Entry } from '../contract/schema/entry.ts';
import type { EntryLink, ShownEntry } from '../queries/show-entry.ts';
import { alignColumns } from './columns.ts';
import { placeText } from './entries-text.ts';
import { markState, paintState } from './state-mark.ts';
import type { View } from './view.ts';

/** One entry for reading: what is known of it, its text as it stands, what it mentions and what mentions it. */
export function renderEntry(entry: ShownEntry, view: View): string {
  const head = `${view.paint('bold', entry.id)}\n${entry.title}`;
  const facts = alignColumns(factsOf(entry), [{ paint: (text) => view.paint('dim', text) }, { paint: (text, row) => (row === 0 ? paintState(view, entry.state, text) : text) }], null);
  const parts = [head, facts.join('\n'), entry.body.replace(/\n+$/, '')];
  if (entry.links.out.length > 0) parts.push(section('mentions', entry.links.out, (link) => link.to, view));
  if (entry.links.in.length > 0) parts.push(section('mentioned by', entry.links.in, (link) => link.from, view));
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function factsOf(entry: Entry): string[][] {
  const facts: [string, string | null | undefined][] = [
    ['state', entry.state === null ? null : markState(entry.state)],
    ['phase', entry.phase],
    ['gate', entry.gate],
    ['date', whenText(entry)],
    ['by', entry.author],
    ['severity', entry.severity],
    ['place', placeText(entry.place)],
    ['brought in', eventText(entry.introduced)],
    ['last changed', entry.changed?.commit === entry.introduced?.commit ? null : eventText(entry.changed)],
    ['sent', eventText(entry.sent)],
    ['consumed', eventText(entry.consumed)],
    ['closed', entry.closed ? [entry.closed.at, entry.closed.commit?.slice(0, 12), entry.closed.route, entry.closed.by].filter(Boolean).join(' · ') : null],
  ];
  // The state stands first even where there is none, so that its colour falls on no other line.
  return facts.filter(([name, text]) => name === 'state' || (text !== null && text !== undefined && text !== '')).map(([name, text]) => [name, text ?? '-']);
}

/** The date and time as written, with `~` for about and a word where no zone stands. */
function whenText({ date, dateEnd, time, timeEnd, approximate, zone }: Entry): string | null {
  if (date === null) return null;
  const clock = time === null ? '' : ` ${approximate === true ? '~' : ''}${time}${timeEnd === undefined ? '' : `–${timeEnd}`}${zone === false ? ' (no zone)' : 'Z'}`;
  return `${date}${dateEnd === undefined ? '' : `/${dateEnd}`}${clock}`;
}

function eventText(event: { commit: string; at: string } | null | undefined): string | null {
  return event ? `${event.commit.slice(0, 12)} ${event.at}` : null;
}

function section(title: string, links: readonly EntryLink[], other: (link: EntryLink) => string, view: View): string {
  const rows = links.map((link) => [link.type, other(link), `line ${link.line}`, link.status]);
  const lines = alignColumns(rows, [{}, {}, { paint: (text) => view.paint('dim', text) }, {}], null);
  return `${view.paint('dim', `${title}:`)}\n${lines.map((line) => `  ${line}`).join('\n')}`;
}
