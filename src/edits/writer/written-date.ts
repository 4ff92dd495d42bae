import { Failure } from '../../contract/failure.ts';
import type { Draft } from '../../documents/reading.ts';

/** A date, perhaps with a time in UTC, as a writer puts it into a document. */
export interface WrittenDate {
  date: string;
  /** `HH:MM` or `HH:MM:SS`. */
  time: string | null;
  /** `2026-06-13` or `2026-06-13T19:30Z`. */
  text: string;
}

const form = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)\s?Z?)?$/u;

/** Reads `--date`: `YYYY-MM-DD`, or with a time in UTC behind it; null means today. Throws a usage failure for anything else. */
export function readWrittenDate(given: string | null): WrittenDate {
  const [, date, time = null] = form.exec(given ?? new Date().toISOString().slice(0, 10)) ?? [];
  const isReal = date !== undefined && !Number.isNaN(Date.parse(`${date}T${time ?? '00:00'}Z`)) && new Date(`${date}T00:00Z`).toISOString().startsWith(date) && (time ?? '00') < '24';
  if (!isReal) throw new Failure('usage', `Unexpected date "${given ?? ''}" for --date, expected YYYY-MM-DD or YYYY-MM-DDTHH:MMZ.`, { next: 'Leave --date out to write today.' });
  return { date, time, text: time === null ? date : `${date}T${time}Z` };
}

/** The same, where nothing given means now, to the minute: what is told apart by its time, such as a claim. */
export function readWrittenMoment(given: string | null): WrittenDate {
  return readWrittenDate(given ?? `${new Date().toISOString().slice(0, 16)}Z`);
}

/** Says what a draft would read in place of a date; null when it reads that date. */
export function judgeDate(draft: Draft, { date, time, text }: WrittenDate): string | null {
  const plain = draft.dateEnd === undefined && draft.timeEnd === undefined && draft.approximate === undefined && draft.zone === undefined;
  return plain && draft.date === date && draft.time === time ? null : `its date would read ${[draft.date, draft.time, draft.dateEnd, draft.timeEnd].filter(Boolean).join(' ') || 'as none'}, not ${text}`;
}
