import type { Role } from '../../contract/schema/entry.ts';
import type { Diagnostic } from '../../contract/schema/envelope.ts';
import { findNearest } from '../../queries/nearest.ts';
import { knownPhases, type DocumentPen } from './pen.ts';
import type { WrittenDate } from './written-date.ts';

const names: Record<Role, string> = { builder: 'Builder', adversary: 'Adversary', operator: 'Operator' };

/** A role as the record calls it. */
export function roleName(role: Role): string {
  return names[role];
}

/** A warning where one side writes what is the other's; the operator may write everything, and of an unknown hand nothing is said. */
export function warnForeignHand(pen: DocumentPen, owner: Role, what: string, path: string): Diagnostic[] {
  const { role } = pen;
  if (role === null || role === owner || role === 'operator') return [];
  return [warning('not-owner', `${what} is written by the ${names[owner]}, and this is the ${names[role]}'s hand`, path, `Let the ${names[owner]} write it, or add --role ${owner} when that is who writes.`)];
}

/** A warning for a date that has not come yet. */
export function warnFuture(when: WrittenDate, path: string): Diagnostic[] {
  const now = new Date(Date.now() + 60_000).toISOString();
  const written = when.time === null ? when.date : `${when.date}T${when.time}`;
  return written > now.slice(0, written.length) ? [warning('future-time', `${when.text} has not come yet`, path, 'Write the date on which it happened.')] : [];
}

/** A warning where a phase is new and its id is nearly that of another one. */
export function warnNewPhase(pen: DocumentPen, phase: string, path: string): Diagnostic[] {
  const ids = knownPhases(pen);
  if (phase === '-' || ids.includes(phase)) return [];
  const [near] = findNearest(phase, ids.filter((id) => Math.min(id.length, phase.length) > 2), 1);
  return near === undefined ? [] : [warning('unknown-phase', `phase ${phase} is new here; there is a phase ${near}`, path, `Write to phase ${near} if that was meant.`)];
}

function warning(rule: string, message: string, path: string, next: string): Diagnostic {
  return { rule, level: 'warning', message, place: { path, line: 1 }, related: [], entry: null, next, fixable: false };
}
