import type { Kind, RefStatus, RefType, Role } from '../contract/schema/entry.ts';
import { resolveRevision } from '../git/resolve-revision.ts';
import { isBrief, type KeptDetail } from '../ledger/kept/kept-record.ts';
import type { Docket } from '../ledger/open-docket.ts';
import type { EntryFilter } from '../queries/entry-filter.ts';
import { readStates } from '../queries/known-kinds.ts';
import { readTarget } from '../queries/mention-filter.ts';
import { readMoment } from '../queries/read-moment.ts';
import { isKeptFilter } from '../queries/search-kept.ts';
import { valueOf, valuesOf, type Invocation, type Options } from './invocation.ts';
import { refStatuses, refTypes } from './table/options.ts';

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
    mentions: null,
    commit: null,
  };
}

/** The options of `readLinkFilter`. */
const linkOptions = ['--refs', '--refs-type', '--refs-status', '--by-commit'] as const;

/** How much of what an earlier run has kept answers a question; null where that does not know all. `own` are fields that the command itself adds to an entry; without fields JSON shows all of them. */
export function keptDetailOf({ options, globals }: Pick<Invocation, 'options' | 'globals'>, filter: EntryFilter, { fields, own = [] }: { fields: readonly string[]; own?: readonly string[] }): KeptDetail | null {
  if (!isKeptFilter(filter) || linkOptions.some((name) => options.has(name))) return null;
  return filter.gate === null && isBrief(fields.filter((field) => !own.includes(field))) && (fields.length > 0 || !globals.json) ? 'brief' : 'whole';
}

/** The conditions on links, which only an opened docket can read: what a text names, and what git calls a commit. Throws a usage failure for an unknown commit. */
export async function readLinkFilter(options: Options, { ledger, repository }: Docket): Promise<Pick<EntryFilter, 'mentions' | 'commit'>> {
  const target = valueOf(options, '--refs');
  const types = valuesOf(options, '--refs-type').filter(isRefType);
  const statuses = valuesOf(options, '--refs-status').filter(isRefStatus);
  const commit = valueOf(options, '--by-commit');
  const asked = target !== null || types.length + statuses.length > 0;
  return {
    mentions: asked ? { target: target === null ? null : readTarget(ledger, target), types, statuses } : null,
    commit: commit === null ? null : await resolveRevision(repository, commit),
  };
}

function isRefType(word: string): word is RefType {
  return refTypes.some((type) => type === word);
}

function isRefStatus(word: string): word is RefStatus {
  return refStatuses.some((status) => status === word);
}

/** The parser has refused every other word. */
function isRole(word: string): word is Role {
  return word === 'builder' || word === 'adversary' || word === 'operator';
}
