import type { Role } from '../contract/schema/entry.ts';
import type { GateStatus, PhaseStatus, Status } from '../contract/schema/status.ts';
import { quoteWord } from './shell-word.ts';

const most = 5;

/**
 * Commands that would move things on, most useful first, at most five: unread messages, what stops a gate, claims that wait for a verdict
 * (first of all for the Adversary), open findings, deferred items whose time has come, alerts; for who builds, a phase that lacks only its mark,
 * and what the gates still miss that nobody has claimed.
 */
export function suggestNext(status: Status, role: Role | null): string[] {
  const unread = (['builder', 'adversary'] as const).filter((reader) => role === null || role === 'operator' || role === reader).flatMap((reader) => status.inbox[reader]);
  const gates = status.phases.flatMap((phase) => phase.gates);
  const waiting = gates.filter(({ state }) => state === 'claimed' || state === 'reclaimed').map(entryOfClaim);
  const stopped = gates.filter(({ state }) => ['failed', 'conditional', 'vetoed', 'expired'].includes(state)).map(entryOfVerdict);
  const vetoes = status.phases.flatMap((phase) => phase.vetoes).filter(({ state }) => state === 'standing').map(({ entry }) => entry);
  const entries = role === 'adversary' ? [...unread, ...waiting, ...vetoes, ...stopped] : [...unread, ...vetoes, ...stopped, ...waiting];
  const commands = [
    ...entries.filter((id) => id !== null).map(show),
    ...status.phases.filter((phase) => phase.findings.open.length > 0).map(showFindings),
    ...status.deferred.triggered.map(show),
    ...status.alerts.map(show),
    ...(role === 'adversary' ? [] : stepsAhead(status)),
  ];
  return [...new Set(commands)].slice(0, most);
}

function stepsAhead({ phases }: Status): string[] {
  const ready = phases.filter(({ done }) => done.allowed && !done.marked).map(({ id }) => `docket done ${quoteWord(id)}`);
  const isUnclaimed = phases.some(({ done, gates }) => !done.marked && gates.some(({ state }) => state === 'none'));
  return isUnclaimed ? [...ready, 'docket brief --role builder'] : ready;
}

function entryOfClaim(gate: GateStatus): string | null {
  return gate.claim?.entry ?? null;
}

function entryOfVerdict(gate: GateStatus): string | null {
  return gate.verdict?.entry ?? gate.claim?.entry ?? null;
}

function show(id: string): string {
  return `docket show ${quoteWord(id)}`;
}

function showFindings({ id, findings }: PhaseStatus): string {
  const [only, ...others] = findings.open;
  return only !== undefined && others.length === 0 ? show(only) : `docket list finding --phase ${quoteWord(id)} --state open`;
}
