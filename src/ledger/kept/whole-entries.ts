import type { Entry, Kind } from '../../contract/schema/entry.ts';
import type { Ledger } from '../ledger.ts';
import type { OpenedRevision } from '../sources/open-revision.ts';
import { decodeJson, decodeNumbers, encodeJson, encodeNumbers, encodeRows, openRows, type Bytes } from './rows.ts';
import { areSame, type Surroundings } from './surroundings.ts';

/** What names an entry and tells apart those of one id. */
export interface NamedEntry {
  id: string;
  kind: Kind;
  place: { rev: string | null };
}

/** The entries of a kept record as they are, in the ledger's order. */
export interface WholeEntries {
  count: number;
  /** The phases of the ledger, in its order. */
  phases(): string[];
  names(): NamedEntry[];
  entry(index: number): Entry;
  /** Which other entries mention the id of this one. */
  mentionedBy(index: number): number[];
}

/** Of each entry its name, who mentions it, and itself; after what its links follow from, and the phases. */
export function encodeWhole({ entries, phases }: Ledger, surroundings: Surroundings): Buffer {
  const names = entries.map(({ id, kind, place }) => [id, kind, place.rev]);
  const incoming = mentionsOf(entries);
  return encodeRows([
    encodeJson(surroundings),
    encodeJson(phases.map(({ id }) => id)),
    encodeJson(names),
    encodeRows(entries.map(({ id }) => encodeNumbers(incoming.get(id) ?? []))),
    encodeRows(entries.map(encodeJson)),
  ]);
}

/** Which entries mention an id, itself left out. */
function mentionsOf(entries: readonly Entry[]): Map<string, number[]> {
  const incoming = new Map<string, number[]>(entries.map(({ id }) => [id, []]));
  for (const [index, { id, refs }] of entries.entries()) {
    for (const to of new Set(refs.map(({ target, value }) => target ?? value))) if (to !== id) incoming.get(to)?.push(index);
  }
  return incoming;
}

/** Opens what `encodeWhole` made; null where the links would be others now. */
export async function openWhole(opened: OpenedRevision, bytes: Bytes): Promise<WholeEntries | null> {
  const now = Date.now();
  const parts = openRows(bytes);
  if (!(await areSame(opened, decodeJson<Surroundings>(parts.at(0)), now))) return null;
  const rows = openRows(parts.at(4));
  return {
    count: rows.count,
    phases: () => decodeJson(parts.at(1)),
    names: () => decodeJson<[string, Kind, string | null][]>(parts.at(2)).map(([id, kind, rev]) => ({ id, kind, place: { rev } })),
    entry: (index) => decodeJson(rows.at(index)),
    mentionedBy: (index) => decodeNumbers(openRows(parts.at(3)).at(index)),
  };
}
