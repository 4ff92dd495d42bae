import type { Entry } from '../../contract/schema/entry.ts';
import { placeOf, toPlace } from '../engine/finding.ts';
import { defineRule } from '../engine/rule.ts';

/** Somewhere on earth it is a day later than in UTC for so many seconds. */
const furthestZone = 14 * 3600;

/**
 * Written times that are later than the commit which wrote them down; for what is not committed yet, later than now. Without a zone the hour may be that of
 * any place, and a date alone too.
 */
export const futureTime = defineRule({
  id: 'future-time',
  inputs: ['documents'],
  options: { seconds: 60, approximateSeconds: 1800 },
  *check({ documents }, { options, clock, past }) {
    for (const entry of documents.entries) {
      if (!isTimed(entry) || (entry.place.rev !== null && !past)) continue;
      const written = momentOf(entry);
      const committed = committedAt(entry);
      if (written === null || written.at - (committed ?? clock) <= slackOf(entry, written.exact, options)) continue;
      const commit = (entry.reworded === undefined ? entry.introduced : entry.reworded)?.commit ?? null;
      yield {
        found: `time ${written.text}, which is later than ${committed === null ? 'now' : `its commit (${iso(committed)})`}`, expected: 'the time by the clock when it is written',
        place: entry.place.rev === null ? placeOf(entry, entry.place.line) : toPlace(entry.place, entry.place.line), entry: entry.id, commit, key: written.text,
      };
    }
  },
});

/** Kinds whose date is that of the writing: in the title of another one a date may be what it is about. */
const timed: ReadonlySet<Entry['kind']> = new Set(['journal', 'deferred', 'inbox', 'claim', 'verdict']);

function isTimed({ kind, date, introduced }: Entry): boolean {
  return timed.has(kind) && date !== null && introduced !== undefined;
}

/** The moment as written, in seconds; the beginning of the day where no time stands. */
function momentOf({ date, time, zone }: Entry): { at: number; text: string; exact: boolean } | null {
  const at = Date.parse(time === null ? `${date ?? ''}T00:00:00Z` : `${date ?? ''}T${time}Z`) / 1000;
  return Number.isNaN(at) ? null : { at, text: time === null ? (date ?? '') : `${date ?? ''}T${time}${zone === false ? '' : 'Z'}`, exact: time !== null && zone !== false };
}

function committedAt({ introduced, reworded }: Entry): number | null {
  const events = [introduced ?? null, ...(reworded === undefined ? [] : [reworded])];
  if (events.includes(null)) return null;
  return Math.max(...events.map((event) => Date.parse(event?.at ?? '') / 1000));
}

function slackOf({ approximate }: Entry, exact: boolean, options: { seconds: number; approximateSeconds: number }): number {
  return (approximate ? options.approximateSeconds : options.seconds) + (exact ? 0 : furthestZone);
}

function iso(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
}
