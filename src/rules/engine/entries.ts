import type { Entry, Kind } from '../../contract/schema/entry.ts';
import type { Ledger } from '../../ledger/ledger.ts';

/** The entries of some kind that stand in the revision itself; with `past` those that only history has, too. */
export function entriesOf(ledger: Pick<Ledger, 'entries'>, kind: Kind, past = false): Entry[] {
  return ledger.entries.filter((entry) => entry.kind === kind && (past || entry.place.rev === null));
}

/** What an id says behind its kind and phase: `finding:pvfix/A1` → `A1`. */
export function nameOf(entry: Pick<Entry, 'id'>): string {
  return entry.id.slice(entry.id.lastIndexOf('/') + 1);
}

/** Words in quotes for a message, cut where they are long. */
export function quote(text: string): string {
  const flat = text.replace(/\s+/gu, ' ').trim();
  return `"${flat.length > 80 ? `${flat.slice(0, 79)}…` : flat}"`;
}
