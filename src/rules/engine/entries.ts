import type { Entry, Kind } from '../../contract/schema/entry.ts';
import type { CommitFact, Ledger } from '../../ledger/ledger.ts';

/** The entries of some kind that stand in the revision itself; with `past` those that only history has, too. */
export function entriesOf(ledger: Pick<Ledger, 'entries'>, kind: Kind, past = false): Entry[] {
  return ledger.entries.filter((entry) => entry.kind === kind && (past || entry.place.rev === null));
}

/** Words in quotes for a message, cut where they are long. */
export function quote(text: string): string {
  const flat = text.replace(/\s+/gu, ' ').trim();
  return `"${flat.length > 80 ? `${flat.slice(0, 79)}…` : flat}"`;
}

/** The id of a judged commit; null where it is not committed yet. */
export function commitOf({ commit }: Pick<CommitFact, 'commit'>): string | null {
  return commit === '' ? null : commit;
}
