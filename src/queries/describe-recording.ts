import type { Entry, Recording } from '../contract/schema/entry.ts';
import type { Diagnostic, Level } from '../contract/schema/envelope.ts';
import { defaultLevel } from '../rules/rule-ids.ts';

/** What the receipt of a reproduction says against it, as diagnostics; none for one that is proven, superseded, or not recorded. */
export function describeRecording(entry: Entry): Diagnostic[] {
  const { recording } = entry;
  if (recording === undefined || recording.state === 'superseded') return [];
  const rule = ruleOf(recording);
  return [
    ...(rule === null ? [] : [about(entry, rule, `${entry.id} ${saying(recording)}: ${recording.why.join('; ') || 'its receipt says so'}`)]),
    ...(recording.dirty.length === 0 ? [] : [about(entry, 'claim-dirty-tree', `${entry.id} was recorded on uncommitted changes: ${recording.dirty.join(', ')}`)]),
  ];
}

const states: Record<Exclude<Recording['state'], 'intact' | 'superseded'>, string> = {
  tampered: 'tampered', 'stale-contract': 'stale-contract', unreadable: 'receipt-unreadable', doubled: 'duplicate-reproduction',
};

function ruleOf({ state, verdict }: Recording): string | null {
  if (state !== 'intact' && state !== 'superseded') return states[state];
  return verdict === 'proven' ? null : verdict === 'reasoned' ? 'reasoned-evidence' : verdict;
}

function saying({ state, verdict }: Recording): string {
  switch (state) {
    case 'tampered':
      return 'no longer fits its receipt';
    case 'stale-contract':
      return 'was edited after it was recorded';
    case 'unreadable':
      return 'has a receipt that cannot be read';
    case 'doubled':
      return 'is not the only one of its name';
    default:
      return `is ${verdict}`;
  }
}

function about(entry: Entry, rule: string, message: string): Diagnostic {
  const level: Level = defaultLevel(rule) ?? 'warning';
  const { path, line, endLine } = entry.place;
  return { rule, level, message, place: { path, line, endLine }, related: [], entry: entry.id, next: recordAgain(entry), fixable: false };
}

/** The command that records a reproduction again as it stands. */
export function recordAgain(entry: Pick<Entry, 'id' | 'gate' | 'phase'>): string {
  const name = entry.id.slice(entry.id.indexOf('/') + 1).replace(/~\d+$/u, '');
  return `docket record ${name}${entry.gate === undefined ? '' : ` --claim ${entry.gate.includes('/') ? '' : `${entry.phase}/`}${entry.gate}`}`;
}
