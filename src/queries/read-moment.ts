import { Failure } from '../contract/failure.ts';

/**
 * A bound of time from a command line, `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM` (a Z may follow; times are UTC), as text that sorts like time.
 * A date alone means its first moment for `since` and its last for `until`. Throws a usage failure for anything else.
 */
export function readMoment(text: string, bound: 'since' | 'until'): string {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::\d{2})?Z?)?$/.exec(text);
  const date = match?.[1];
  if (date === undefined || !isRealDate(date) || (match?.[2] !== undefined && match[2] >= '24:00')) {
    throw new Failure('usage', `Unexpected date "${text}" for --${bound}, expected YYYY-MM-DD or YYYY-MM-DDTHH:MMZ.`, { next: 'docket list --help' });
  }
  return `${date}T${match?.[2] ?? (bound === 'since' ? '00:00' : '24:00')}`;
}

function isRealDate(date: string): boolean {
  const time = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
}
