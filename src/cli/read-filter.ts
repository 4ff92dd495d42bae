import type { Kind, Role } from '../contract/schema/entry.ts';
import type { EntryFilter } from '../queries/entry-filter.ts';
import { readStates } from '../queries/known-kinds.ts';
import { readMoment } from '../queries/read-moment.ts';
import { valueOf, valuesOf, type Options } from './invocation.ts';

/** The conditions that the filter options set. Throws a usage failure for a state or a date that does not exist. */
export function readFilter(options: Options, kinds: Kind[]): EntryFilter {
  const since = valueOf(options, '--since');
  const until = valueOf(options, '--until');
  const history = valueOf(options, '--history');
  return {
    kinds,
    phases: valuesOf(options, '--phase'),
    states: readStates(valuesOf(options, '--state'), kinds),
    authors: valuesOf(options, '--author').filter(isRole),
    since: since === null ? null : readMoment(since, 'since'),
    until: until === null ? null : readMoment(until, 'until'),
    gate: valueOf(options, '--gate'),
    section: valueOf(options, '--section'),
    path: valueOf(options, '--path'),
    text: valueOf(options, '--text'),
    history: history === 'without' || history === 'only' ? history : 'with',
  };
}

/** The parser has refused every other word. */
function isRole(word: string): word is Role {
  return word === 'builder' || word === 'adversary' || word === 'operator';
}
