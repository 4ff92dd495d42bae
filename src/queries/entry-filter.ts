import type { Entry, Kind, Role } from '../contract/schema/entry.ts';
import { mentionsAny, type MentionFilter } from './mention-filter.ts';
import { matchesEveryWord } from './search/match-words.ts';
import { commitLinksOf } from './trace/entry-links.ts';

/** Conditions on entries; all that are given must hold, and of a list any one value. An empty list or null is no condition. */
export interface EntryFilter {
  kinds: Kind[];
  phases: string[];
  states: string[];
  authors: Role[];
  /** Inclusive bounds from `readMoment`, on the written date, or the date of the commit that brought the entry in where none is written. */
  since: string | null;
  until: string | null;
  /** `M1` or `pxgate/M1`: the entries of this gate and those that mention it. */
  gate: string | null;
  /** Part of the title of the section that holds the entry. */
  section: string | null;
  /** A file, a folder, or the end of a path. */
  path: string | null;
  /** Words that all stand in the entry, in any order. */
  text: string | null;
  /** Entries that only history has (`place.rev` is set). */
  history: 'with' | 'without' | 'only';
  /** Entries with a mention that passes; null is no condition. */
  mentions: MentionFilter | null;
  /** A full sha: entries that this commit brought, changed, closed, reopened, sent, let grow or consumed. */
  commit: string | null;
}

export const noFilter: EntryFilter = {
  kinds: [], phases: [], states: [], authors: [], since: null, until: null, gate: null, section: null, path: null, text: null, history: 'with',
  mentions: null, commit: null,
};

/** The entries that pass, in their order. `bodyOf` gives the text of an entry; it is asked only for `text`, and only of what passes the rest. */
export function filterEntries(entries: readonly Entry[], filter: EntryFilter, bodyOf: (entry: Entry) => string): Entry[] {
  return entries.filter((entry) => passes(entry, filter) && (filter.text === null || matchesEveryWord(entry, bodyOf(entry), filter.text)));
}

/** Whether the entry passes all conditions but `text`. */
export function passes(entry: Entry, filter: EntryFilter): boolean {
  return (
    passesSort(entry, filter) &&
    isWithin(entry, filter.since, filter.until) &&
    (filter.gate === null || concernsGate(entry, filter.gate)) &&
    (filter.section === null || (entry.section ?? '').toLowerCase().includes(filter.section.toLowerCase())) &&
    (filter.path === null || isAtPath(entry.place.path, filter.path)) &&
    (filter.history === 'with' || (entry.place.rev !== null) === (filter.history === 'only')) &&
    (filter.mentions === null || mentionsAny(entry, filter.mentions)) &&
    (filter.commit === null || isByCommit(entry, filter.commit))
  );
}

/** Whether what an entry is of passes: its kind, phase, state and author. */
export function passesSort({ kind, phase, state, author }: Pick<Entry, 'kind' | 'phase' | 'state' | 'author'>, { kinds, phases, states, authors }: EntryFilter): boolean {
  return isAnyOf(kind, kinds) && isAnyOf(phase, phases) && isAnyOf(state, states) && isAnyOf(author, authors);
}

/** Whether a filter asks for nothing beyond what `passesSort` looks at. */
export function asksForSortOnly({ kinds: _kinds, phases: _phases, states: _states, authors: _authors, history, ...others }: EntryFilter): boolean {
  return history === 'with' && Object.values(others).every((condition) => condition === null);
}

function isAnyOf<T>(value: T | null, allowed: readonly T[]): boolean {
  return allowed.length === 0 || (value !== null && allowed.includes(value));
}

/** An entry without a time may have been written at any moment of its day. */
function isWithin(entry: Entry, since: string | null, until: string | null): boolean {
  if (since === null && until === null) return true;
  const written = entry.date ?? entry.introduced?.at.slice(0, 10) ?? null;
  if (written === null) return false;
  const time = entry.date === null ? (entry.introduced?.at.slice(11, 16) ?? null) : entry.time;
  const start = `${written}T${time?.slice(0, 5) ?? '00:00'}`;
  const endTime = entry.timeEnd ?? (entry.dateEnd === undefined ? time : null);
  const end = `${entry.dateEnd ?? written}T${endTime?.slice(0, 5) ?? '24:00'}`;
  return (since === null || end >= since) && (until === null || start <= until);
}

function concernsGate(entry: Entry, gate: string): boolean {
  const slash = gate.lastIndexOf('/');
  const phase = slash < 0 ? null : gate.slice(0, slash);
  const name = gate.slice(slash + 1).toLowerCase();
  const own = entry.gate ?? (entry.kind === 'gate' ? entry.id.slice(entry.id.indexOf('/') + 1) : null);
  if (own !== null && own.toLowerCase() === name && (phase === null || entry.phase === phase)) return true;
  return entry.refs.some((ref) => {
    if (ref.type !== 'gate') return false;
    if (ref.target !== null) return phase === null ? ref.target.toLowerCase().endsWith(`/${name}`) : ref.target.toLowerCase() === `gate:${phase.toLowerCase()}/${name}`;
    return ref.value.toLowerCase() === name && (phase === null || entry.phase === phase);
  });
}

/** Whether `path` is `wanted`, lies below it, or ends with it by whole segments. */
export function isAtPath(path: string, wanted: string): boolean {
  const name = wanted.replace(/^\.\//, '').replace(/\/+$/, '');
  return path === name || path.startsWith(`${name}/`) || path.endsWith(`/${name}`) || name === '' || name === '.';
}

function isByCommit(entry: Entry, commit: string): boolean {
  return commitLinksOf(entry).some(({ to }) => to === commit);
}
