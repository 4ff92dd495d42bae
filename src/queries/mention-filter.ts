import type { Entry, Ref } from '../contract/schema/entry.ts';
import { Failure } from '../contract/failure.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { findByTail } from './resolve-id.ts';

/** Conditions on one mention; all that are given must hold of the same one. Empty lists are no condition. */
export interface MentionFilter {
  /** What is mentioned, by any of these names; null: whatever it is. */
  target: MentionTarget | null;
  types: Ref['type'][];
  statuses: Ref['status'][];
}

/** The names of something that may be mentioned. */
export interface MentionTarget {
  /** Ids of the entries that the text names. */
  ids: ReadonlySet<string>;
  /** What was written: the beginning of a sha, a path or the end of one, a phase, an address. */
  text: string;
}

/** What `text` names: an entry by its id or a tail of it (every entry that has this tail), a commit, a path, a phase, or just the words of a mention. Throws a usage failure for none. */
export function readTarget({ entries }: Pick<Ledger, 'entries'>, text: string): MentionTarget {
  const name = text.trim();
  if (name === '') throw new Failure('usage', 'Unexpected empty --refs, expected an id, a commit, a path or a phase.', { next: 'docket list --help' });
  return { ids: new Set(findByTail(entries, name).map(({ id }) => id)), text: name.replace(/^(?:phase|commit):/u, '') };
}

/** Whether an entry mentions something that passes. */
export function mentionsAny({ refs }: Pick<Entry, 'refs'>, { target, types, statuses }: MentionFilter): boolean {
  return refs.some(
    (ref) => (types.length === 0 || types.includes(ref.type)) && (statuses.length === 0 || statuses.includes(ref.status)) && (target === null || isMeant(ref, target)),
  );
}

function isMeant({ type, value, target }: Ref, { ids, text }: MentionTarget): boolean {
  if (target !== null && (ids.has(target) || target === text)) return true;
  if (value === text) return true;
  if (type === 'commit') return /^[0-9a-f]{4,64}$/iu.test(text) && [value, target ?? ''].some((sha) => sha.startsWith(text.toLowerCase()) || (sha !== '' && text.toLowerCase().startsWith(sha)));
  const path = text.replace(/^\.\//u, '').replace(/\/+$/u, '');
  return type === 'path' && [target, value].some((each) => each !== null && (each === path || each.startsWith(`${path}/`) || each.endsWith(`/${path}`)));
}
