import type { Entry } from '../contract/schema/entry.ts';
import { placeText } from './entries-text.ts';
import { markState } from './state-mark.ts';

/** What is known of an entry beside its text, as names and words; the state first, `-` where there is none. */
export function describeFacts(entry: Entry): [string, string][] {
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
