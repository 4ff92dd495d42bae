import type { Entry } from '../contract/schema/entry.ts';

/** Open: still to be done, reopened ones too. */
export function isOpen(entry: Entry): boolean {
  return entry.state === 'open' || entry.state === 'reopened';
}

export function isClosed(entry: Entry): boolean {
  return entry.state === 'closed';
}
