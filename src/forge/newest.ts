import type { BuildStatus } from '../contract/schema/ci.ts';

/** A status as the forge lists it, with what tells which of two is newer. */
export interface ListedStatus extends BuildStatus {
  /** What it is the status of: the newest of each counts. */
  of: string;
  /** The number that the forge gave it. */
  id: number;
  /** Milliseconds since 1970; infinite for what has not begun. */
  moment: number;
}

/** The newest status of each build, by name. A list is newest first, where nothing else tells. */
export function keepNewest(statuses: readonly ListedStatus[]): BuildStatus[] {
  const newest = new Map<string, ListedStatus>();
  for (const status of statuses) {
    const known = newest.get(status.of);
    if (known === undefined || status.moment > known.moment || (status.moment === known.moment && status.id > known.id)) newest.set(status.of, status);
  }
  const kept = [...newest.values()].map(({ of: _of, id: _id, moment: _moment, ...status }): BuildStatus => status);
  return kept.toSorted((a, b) => compare(a.context, b.context) || compare(a.source, b.source) || compare(a.url ?? '', b.url ?? ''));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A time as the forge writes it, in UTC to the second; null for none. */
export function readMoment(written: string | null | undefined): { at: string | null; moment: number | null } {
  const moment = Date.parse(written ?? '');
  // Gitea writes the year 1 or 1970 where it knows none.
  return Number.isNaN(moment) || moment <= 0 ? { at: null, moment: null } : { at: `${new Date(moment).toISOString().slice(0, 19)}Z`, moment };
}
