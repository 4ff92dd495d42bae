import type { When } from '../reading.ts';
import { dashSource } from './punctuation.ts';

/** A date or time that was found in a text, with the offsets of all that belongs to it. */
export interface FoundWhen extends When {
  start: number;
  end: number;
}

const datePattern = /(\d{4})-(\d{2})-(\d{2})(?![\d-])/uy;
const dateEndPattern = new RegExp(`(?:\\s?(?:${dashSource}|\\.\\.|/|to|through)\\s?)(?:(\\d{4})-(\\d{2})-)?(?:(\\d{2})-)?(\\d{2})(?![\\d:-])`, 'uy');
const timeGap = /(?:T(?=\d)|(?:,\s*|\s+)?@\s*(?=~?\d)|\s+at\s+(?=~?\d)|,?\s+(?=[~≈(]|\d))/uy;
const timePattern = /(\(?)([~≈]|ca\.?\s|about\s)?\s?([01]?\d|2[0-4]):([0-5]\d)(?::([0-5]\d)(?:\.\d+)?)?(?!\d)/uy;
const zonePattern = /\s?(?:Z|UTC|GMT)\b|([+-])([01]\d):?([0-5]\d)(?!\d)/uy;
const rangeDash = new RegExp(`\\s?(?:${dashSource}|\\.\\.|→|to)\\s?`, 'uy');

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function isDate(month: string, day: string): boolean {
  return Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31;
}

interface ReadTime {
  time: string;
  end: number;
  approximate: boolean;
  /** Minutes east of UTC; null where no zone stands. */
  offset: number | null;
}

function readTime(text: string, at: number): ReadTime | null {
  const found = match(timePattern, text, at);
  if (!found) return null;
  const [whole, open, about, hours = '', minutes = '', seconds] = found;
  let end = at + whole.length;
  const zone = match(zonePattern, text, end);
  if (zone) end += zone[0].length;
  if (open) {
    if (text[end] !== ')') return null;
    end += 1;
  }
  const east = zone?.[1] ? (zone[1] === '-' ? -1 : 1) * (Number(zone[2]) * 60 + Number(zone[3])) : 0;
  const time = `${hours.padStart(2, '0')}:${minutes}${seconds ? `:${seconds}` : ''}`;
  return { time, end, approximate: Boolean(about), offset: zone ? east : null };
}

/** Turns a local time with an offset into UTC; the written digits stay when the offset is zero. */
function toUtc(date: string | null, time: string, offset: number): { date: string | null; time: string } {
  if (offset === 0) return { date, time };
  const withSeconds = time.length > 5;
  const moment = new Date(Date.parse(`${date ?? '2000-01-01'}T${withSeconds ? time : `${time}:00`}Z`) - offset * 60_000).toISOString();
  return { date: date === null ? null : moment.slice(0, 10), time: moment.slice(11, withSeconds ? 19 : 16) };
}

function withTime(base: FoundWhen, first: ReadTime, text: string): FoundWhen {
  const shifted = toUtc(base.date, first.time, first.offset ?? 0);
  const when: FoundWhen = { ...base, ...shifted, end: first.end };
  let zoned = first.offset !== null;
  let approximate = first.approximate || base.approximate === true;
  const gap = match(rangeDash, text, first.end);
  if (gap) {
    let at = first.end + gap[0].length;
    const lastDate = match(datePattern, text, at);
    if (lastDate) at += lastDate[0].length + (match(timeGap, text, at + lastDate[0].length)?.[0].length ?? 0);
    const last = readTime(text, at);
    if (last) {
      when.timeEnd = toUtc(when.date, last.time, last.offset ?? first.offset ?? 0).time;
      if (lastDate && lastDate[0] !== base.date) when.dateEnd = lastDate[0];
      when.end = last.end;
      zoned ||= last.offset !== null;
      approximate ||= last.approximate;
    }
  }
  if (approximate) when.approximate = true;
  if (!zoned) when.zone = false;
  return when;
}

function readDateEnd(text: string, at: number, date: string): { dateEnd: string; end: number } | null {
  const found = match(dateEndPattern, text, at);
  if (!found) return null;
  const [whole, year, monthOfYear, month, day = ''] = found;
  const dateEnd = `${year ?? date.slice(0, 4)}-${monthOfYear ?? month ?? date.slice(5, 7)}-${day}`;
  return isDate(dateEnd.slice(5, 7), day) && dateEnd > date ? { dateEnd, end: at + whole.length } : null;
}

/**
 * Reads a date, a date-time, a range of either or (where `bareTime`) a time alone, exactly at `at`. An `@`, a `~` and an opening bracket may
 * stand before it. Times come out in UTC as written; `zone` is false where none was written.
 */
export function readWhen(text: string, at: number, options: { bareTime?: boolean } = {}): FoundWhen | null {
  const before = /[[(]?\s?@?\s?(~|≈)?\s?/uy;
  const lead = match(before, text, at);
  const start = at + (lead?.[0].length ?? 0);
  const bracket = /^[[(]/u.exec(lead?.[0] ?? '')?.[0];
  const about = Boolean(lead?.[1]);
  const found = match(datePattern, text, start);
  if (!found) {
    const time = options.bareTime ? readTime(text, start) : null;
    if (!time || (time.offset === null && !lead?.[0].includes('@'))) return null;
    return withTime({ date: null, time: null, start: at, end: start, ...(about ? { approximate: true } : {}) }, time, text);
  }
  const [date, , month = '', day = ''] = found;
  if (!isDate(month, day)) return null;
  let when: FoundWhen = { date, time: null, start: at, end: start + date.length, ...(about ? { approximate: true } : {}) };
  const gap = match(timeGap, text, when.end);
  const time = gap ? readTime(text, when.end + gap[0].length) : null;
  if (time) when = withTime(when, time, text);
  else Object.assign(when, readDateEnd(text, when.end, date));
  if (bracket && text[when.end] === (bracket === '[' ? ']' : ')')) when.end += 1;
  return when;
}

/** The first date (or, with `bareTime`, time after an `@`) anywhere in a text. */
export function findWhen(text: string, options: { bareTime?: boolean; from?: number } = {}): FoundWhen | null {
  const candidates = /(?<![\w./-])(?:@\s?~?\s?)?~?\d{4}-\d{2}-\d{2}|@\s?~?\d{1,2}:\d{2}/gu;
  candidates.lastIndex = options.from ?? 0;
  for (let found = candidates.exec(text); found; found = candidates.exec(text)) {
    const when = readWhen(text, found.index, options);
    if (when) return when;
  }
  return null;
}

/** The fields of a date alone, without offsets, for a draft. */
export function plainWhen(found: FoundWhen | null): When {
  if (!found) return { date: null, time: null };
  const { start: _start, end: _end, ...when } = found;
  return when;
}
