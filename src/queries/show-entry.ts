import type { Entry, Ref } from '../contract/schema/entry.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { KeptRecord } from '../ledger/kept/kept-record.ts';
import type { WholeEntries } from '../ledger/kept/whole-entries.ts';
import { resolveId } from './resolve-id.ts';
import { mentionLinks } from './trace/entry-links.ts';

/** A mention that ties two things: `from` is always the entry that makes it. */
export interface EntryLink {
  from: string;
  /** The id, full sha or path that is meant; what was written, where nothing was found. */
  to: string;
  type: Ref['type'];
  status: Ref['status'];
  line: number;
}

export type ShownEntry = Entry & {
  /** The text of the entry as it stands in its file. */
  body: string;
  links: { out: EntryLink[]; in: EntryLink[] };
};

/** An entry with its text, what it mentions and what mentions it. */
export function showEntry(ledger: Pick<Ledger, 'entries'>, entry: Entry, body: string): ShownEntry {
  const incoming = ledger.entries.filter(({ id }) => id !== entry.id).flatMap((other) => linksOf(other).filter(({ to }) => to === entry.id));
  return { ...entry, body, links: { out: linksOf(entry), in: incoming } };
}

/** The same for the entry that `text` names in what is kept of a record; null where its text cannot be read any more. Throws as `resolveId` does. */
export async function showKept(whole: WholeEntries, text: string, bodies: KeptRecord['bodies']): Promise<ShownEntry | null> {
  const names = whole.names();
  const index = names.indexOf(resolveId({ entries: names }, text));
  const entry = whole.entry(index);
  const body = (await bodies([entry])).get(entry);
  return body === undefined ? null : showEntry({ entries: whole.mentionedBy(index).map((at) => whole.entry(at)) }, entry, body);
}

function linksOf(entry: Entry): EntryLink[] {
  return mentionLinks(entry).map(({ from, to, type, status, line }) => ({ from, to, type, status, line }));
}
