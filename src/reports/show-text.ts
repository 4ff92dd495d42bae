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
    ['level', entry.kind === 'reproduction' ? entry.level : null],
    ['recorded', recordingText(entry)],
    ['replayed', entry.replays?.map(({ by, cold, verdict, time, why }) => `${cold ? 'cold' : 'warm'} by ${by} at ${time}, ${verdict}${why === null ? '' : ` (does not count: ${why})`}`).join('\n')],
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

/** `proven at 9f8e7d6c5b4a, 2 runs, sealed`; what is wrong with the receipt, where something is. */
function recordingText({ recording }: Entry): string | null {
  if (recording === undefined) return null;
  const said = recording.state === 'intact' || recording.state === 'superseded' ? recording.verdict : `${recording.state}: ${recording.why.join('; ')}`;
  return [said, recording.commit === null ? null : `at ${recording.commit.slice(0, 12)}`, recording.time, `${recording.runs} ${recording.runs === 1 ? 'run' : 'runs'}`, recording.seal?.valid === true ? `sealed by ${recording.seal.key}` : null].filter((part) => part !== null).join(', ');
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
