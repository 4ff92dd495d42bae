import type { GateStatus } from '../../contract/schema/status.ts';
import type { BriefFacts } from './facts.ts';
import type { FullSection } from './fit-budget.ts';

/** What a gate has come to, in one line. */
export function gateItem({ id, state, claim, verdict, evidence, disagreements }: GateStatus): string {
  const said = [
    claim === null ? null : `claimed ${eventOf(claim)}`,
    verdict === null ? null : `${verdict.result.toUpperCase()} ${eventOf(verdict)}`,
    evidence.level === 'none' ? null : `evidence ${evidence.level}, ${evidence.verdict}`,
    ...disagreements,
  ].filter((part) => part !== null);
  return `${id} ${state}${said.length === 0 ? '' : `: ${said.join('; ')}`}`;
}

function eventOf({ commit, at }: { commit: string | null; at: string | null }): string {
  return commit === null ? 'and not committed yet' : `${commit.slice(0, 12)}${at === null ? '' : ` ${at}`}`;
}

/** Unread messages, whole: they were sent to be read. */
export function inboxOf({ ledger, bodyOf }: BriefFacts, reader: 'builder' | 'adversary'): FullSection {
  const unread = ledger.entries.filter(({ id, kind, state }) => kind === 'inbox' && state === 'unread' && id.startsWith(`inbox:${reader}/`));
  return { title: 'Unread inbox', items: unread.map((entry) => `${entry.id}\n${bodyOf(entry).trim()}`), command: `docket inbox list ${reader}` };
}

export function findingsOf({ ledger, phase }: BriefFacts): FullSection {
  const open = ledger.entries.filter(({ kind, state }) => kind === 'finding' && (state === 'open' || state === 'reopened'));
  const ordered = open.toSorted((a, b) => Number(a.phase !== phase?.id) - Number(b.phase !== phase?.id));
  const items = ordered.map(({ id, title, severity }) => `${title}${severity === undefined ? '' : ` [${severity}]`} (${id})`);
  return { title: 'Open findings', items, command: 'docket list finding --state open' };
}

export function vetoesOf({ status, phase }: BriefFacts): FullSection {
  const standing = status.phases.filter(({ id }) => id === phase?.id).flatMap(({ vetoes }) => vetoes.filter(({ state }) => state === 'standing'));
  return { title: 'Standing vetoes', items: standing.map(({ entry, reason, scope }) => `${reason}${scope === null ? '' : ` (of ${scope})`} (${entry})`), command: 'docket list veto --state standing' };
}
