import type { Document } from '../contract/schema/document.ts';
import type { Entry } from '../contract/schema/entry.ts';
import { Failure } from '../contract/failure.ts';
import { suggestNearest } from './nearest.ts';

/** The compiler keeps these complete: a key that the contract gains must be named here. */
const entryKeys: Record<keyof Entry, true> = {
  id: true, kind: true, phase: true, title: true, date: true, time: true, dateEnd: true, timeEnd: true, approximate: true, zone: true,
  author: true, state: true, place: true, fields: true, refs: true, section: true, introduced: true, changed: true, reworded: true, gate: true, reclaim: true,
  claimCommit: true, severity: true, from: true, scope: true, clearedAtLine: true, supersedes: true, supersededBy: true, amends: true, amendedBy: true, sent: true,
  grown: true, consumed: true, closedBy: true, reopenedBy: true, closed: true, history: true, notation: true, level: true, steps: true, needs: true, recording: true, replays: true,
  alert: true, hidden: true,
};
const documentKeys: Record<keyof Document, true> = {
  path: true, kind: true, phase: true, owner: true, bytes: true, lines: true, entries: true, unparsed: true, spans: true,
};

export const entryFields = Object.keys(entryKeys);
export const documentFields = Object.keys(documentKeys);
export const foundEntryFields = [...entryFields, 'score', 'line', 'snippet'];
export const whyEntryFields = [...entryFields, 'reasons'];

/** The fields that a command line asks for, of those known. Throws a usage failure for one that is not. */
export function readFields(names: readonly string[], known: readonly string[]): string[] {
  for (const name of names) {
    if (known.includes(name)) continue;
    throw new Failure('usage', `Unknown field "${name}", expected some of ${known.join(', ')}.${suggestNearest(name, known)}`);
  }
  return [...names];
}

/** `value` with only these fields, in the order asked for; one that the value does not have is left out. Without fields, the whole. */
export function projectFields<T extends object>(value: T, fields: readonly string[]): Partial<T> {
  if (fields.length === 0) return value;
  const own = new Map<string, unknown>(Object.entries(value));
  return Object.fromEntries(fields.filter((field) => own.has(field)).map((field) => [field, own.get(field)])) as Partial<T>;
}
