import { closestMatch } from 'leven';
import type { Kind } from '../contract/schema/entry.ts';
import { Failure } from '../contract/failure.ts';
import { findKind } from './known-kinds.ts';
import { didYouMean, findNearest } from './nearest.ts';
import { quoteArgument, quoteWord } from './shell-word.ts';

/** What of an entry its name is found by. */
interface Named {
  id: string;
  kind: Kind;
  place: { rev: string | null };
}

/** How closely a text names an id, closest first; a closer way silences those after it. */
const ways = [isWhole, isTail, isTailAtWord, isStartOfTail] as const;

/**
 * The entry that `text` names: a whole id, else the unique id that ends with it after `:` or `/` (`pvfix/A1`, `A1`), else after any
 * separator, else the unique one of which such a tail starts with it up to a separator (`2026-06-13-circular`). A kind in front
 * (`finding:A1`) narrows the choice. Upper and lower case count only where they tell two ids apart.
 * Throws a usage failure that lists the nearest ids, or the candidates.
 */
export function resolveId<T extends Named>({ entries }: { entries: readonly T[] }, text: string): T {
  const candidates = findByTail(entries, text.trim());
  const [first, ...others] = candidates;
  if (first === undefined) throw unknownId(entries, text);
  if (others.length === 0) return first;
  const ids = candidates.map(({ id }) => id);
  const shown = ids.slice(0, 10).join(', ');
  const rest = ids.length > 10 ? ` and ${ids.length - 10} more` : '';
  throw new Failure('usage', `Ambiguous id "${text}": it is the tail of ${shown}${rest}. Give one of them whole.`, { next: `docket show ${quoteWord(first.id)}` });
}

/** All entries that `text` names in its closest way; empty when there is none. One entry for each id: what stands now before what only history has. */
export function findByTail<T extends Named>(entries: readonly T[], text: string): T[] {
  if (text === '') return [];
  const { kind, tail } = splitKind(text);
  const pool = uniqueById(entries);
  for (const fold of [keepCase, lowerCase]) {
    for (const names of ways) {
      const found = pool.filter((entry) => names(fold(entry.id), fold(text)) || (kind === entry.kind && names(fold(entry.id), fold(tail))));
      if (found.length > 0) return found;
    }
  }
  return [];
}

function splitKind(text: string): { kind: Kind | null; tail: string } {
  const colon = text.indexOf(':');
  const kind = colon > 0 ? findKind(text.slice(0, colon)) : null;
  return { kind, tail: kind === null ? text : text.slice(colon + 1) };
}

function uniqueById<T extends Named>(entries: readonly T[]): T[] {
  const byId = new Map<string, T>();
  for (const entry of entries) {
    const known = byId.get(entry.id);
    if (known === undefined || (known.place.rev !== null && entry.place.rev === null)) byId.set(entry.id, entry);
  }
  return [...byId.values()];
}

function isWhole(id: string, text: string): boolean {
  return id === text;
}

function isTail(id: string, text: string): boolean {
  return id.endsWith(text) && /[:/]/.test(id.charAt(id.length - text.length - 1));
}

function isTailAtWord(id: string, text: string): boolean {
  return id.endsWith(text) && /[^a-z0-9]/i.test(id.charAt(id.length - text.length - 1));
}

function isStartOfTail(id: string, text: string): boolean {
  for (let at = id.indexOf(text); at >= 0; at = id.indexOf(text, at + 1)) {
    const startsTail = at === 0 || /[:/]/.test(id.charAt(at - 1));
    if (startsTail && !/[a-z0-9]/i.test(id.charAt(at + text.length))) return true;
  }
  return false;
}

function keepCase(text: string): string {
  return text;
}

function lowerCase(text: string): string {
  return text.toLowerCase();
}

function unknownId(entries: readonly Named[], text: string): Failure {
  if (entries.length === 0) return new Failure('usage', `Unknown id "${text}": the docket has no entries yet.`, { next: 'docket init' });
  // A tail is measured against tails, or a short word would be far from every whole id.
  const byName = new Map(entries.flatMap(({ id }) => tailsOf(id).map((tail) => [tail, id] as const)));
  const near = findNearest(text, byName.keys());
  const names = near.length > 0 ? near : [closestMatch(text, [...byName.keys()]) ?? ''];
  return new Failure('usage', `Unknown id "${text}".${didYouMean([...new Set(names.map((name) => byName.get(name) ?? name))])}`, { next: `docket search ${quoteArgument(text)}` });
}

/** What somebody may call an entry: its id, what follows a separator in it, and that without the date. */
function tailsOf(id: string): string[] {
  const tails = [id, ...[...id.matchAll(/[:/]/g)].map((separator) => id.slice(separator.index + 1))];
  const undated = /\d{4}-\d{2}-\d{2}(?:T\d{4,6})?-(.+)$/.exec(id)?.[1];
  return undated === undefined ? tails : [...tails, undated];
}
