import type { Entry } from '../../contract/schema/entry.ts';
import { isClosed, isOpen } from '../entry-state.ts';
import { findDeferred } from '../../ledger/links/find-deferred.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { collectGateEvents, type GateEvents } from '../gate-events.ts';
import { readTrigger, type Condition, type KnownNames } from './read-trigger.ts';

/** An open deferred item whose re-entry trigger has happened. `why` is half a sentence, `commit` the one that made it happen. */
export interface Triggered {
  entry: string;
  why: string;
  commit: string | null;
}

interface Happened {
  why: string;
  commit: string | null;
  at: string | null;
}

/** The open deferred items whose trigger docket has seen happen: gate claimed or judged, phase started or done, finding or other item closed. */
export function findTriggered(ledger: Ledger, events: ReadonlyMap<string, GateEvents> = collectGateEvents(ledger)): Triggered[] {
  const known = knownNames(ledger);
  return ledger.entries.flatMap((entry): Triggered[] => {
    if (entry.kind !== 'deferred' || !isOpen(entry)) return [];
    const text = triggerOf(entry);
    const happened = text === null ? null : judgeTrigger(ledger, events, entry, { text, known });
    return happened ? [{ entry: entry.id, why: happened.why, commit: happened.commit }] : [];
  });
}

/** The words that say what brings an item back, or null. */
function triggerOf(entry: Entry): string | null {
  const name = Object.keys(entry.fields).find((field) => /trigger|re-?entry|revisit|bring.?back|re-?open when|pick.?up|resume/iu.test(field));
  return name === undefined ? null : (entry.fields[name] ?? null);
}

function knownNames(ledger: Ledger): KnownNames {
  const phases = new Set(ledger.phases.map(({ id }) => id));
  const gates = new Set(ledger.phases.flatMap((phase) => phase.gates));
  const findings = new Set(ledger.entries.filter(({ kind }) => kind === 'finding').map(({ id }) => id.replace(/^finding:[^/]*\//u, '')));
  return { isPhase: (id) => phases.has(id), isGate: (id) => gates.has(id), isFinding: (id) => findings.has(id) };
}

function judgeTrigger(ledger: Ledger, events: ReadonlyMap<string, GateEvents>, item: Entry, trigger: { text: string; known: KnownNames }): Happened | null {
  const other = findDeferred(ledger.entries, trigger.text).filter((entry) => entry.id !== item.id);
  if (other.length === 1) return other[0] && isClosed(other[0]) ? { why: `${other[0].id} is closed`, commit: other[0].closed?.commit ?? null, at: null } : null;
  const { conditions, needs, before } = readTrigger(trigger.text, trigger.known);
  const filed = item.introduced?.at ?? null;
  const outcomes = conditions.map((condition) => judge(ledger, events, condition, item)).map((outcome) => (before && outcome && isEarlier(outcome.at, filed) ? null : outcome));
  if (outcomes.length === 0 || (needs === 'all' && outcomes.includes(null))) return null;
  return outcomes.find((outcome) => outcome !== null) ?? null;
}

function isEarlier(at: string | null, filed: string | null): boolean {
  return at !== null && (filed === null || at < filed);
}

function judge(ledger: Ledger, events: ReadonlyMap<string, GateEvents>, condition: Condition, item: Entry): Happened | null {
  if (condition.type === 'gate') return judgeGateCondition(events, condition, item);
  if (condition.type === 'finding') {
    const phase = condition.phase ?? item.phase;
    const named = ledger.entries.filter((entry) => entry.kind === 'finding' && entry.id.endsWith(`/${condition.id}`));
    const finding = named.find((entry) => entry.phase === phase) ?? (named.length === 1 ? named[0] : undefined);
    return finding && isClosed(finding) ? { why: `${finding.id} is closed`, commit: finding.closed?.commit ?? null, at: finding.closed?.at ?? null } : null;
  }
  const phase = ledger.phases.find(({ id }) => id === condition.phase);
  if (!phase) return null;
  if (condition.event === 'done') return phase.done.marked ? { why: `phase ${phase.id} is done`, commit: phase.done.commit, at: null } : null;
  const since = phase.firstCommit === null ? 'that are not committed yet' : `since ${phase.firstCommit.slice(0, 12)}`;
  return { why: `phase ${phase.id} has files ${since}`, commit: phase.firstCommit, at: null };
}

function judgeGateCondition(events: ReadonlyMap<string, GateEvents>, condition: Extract<Condition, { type: 'gate' }>, item: Entry): Happened | null {
  const phase = condition.phase ?? (item.phase === '-' ? null : item.phase);
  const candidates = [...events.values()].filter((each) => (phase === null || each.phase === phase) && matches(each.gate, condition));
  for (const each of candidates) {
    const name = `gate ${each.phase}/${each.gate}`;
    if (condition.event === 'claimed') {
      const claim = each.claims.at(-1);
      if (claim) return { why: `${name} was claimed in ${claim.commit?.slice(0, 12) ?? 'the working tree'}`, commit: claim.commit, at: claim.at };
    } else {
      const verdict = each.verdicts.findLast(({ result }) => result === condition.event);
      if (verdict) return { why: `${name} has its ${condition.event.toUpperCase()} since ${verdict.commit?.slice(0, 12) ?? 'the working tree'}`, commit: verdict.commit, at: verdict.at };
    }
  }
  return null;
}

/** "any Q3 gate" means Q3 and its sub-gates Q3.1, Q3.2. */
function matches(gate: string, condition: { gate: string; whatever: boolean }): boolean {
  return gate === condition.gate || (condition.whatever && (gate.startsWith(`${condition.gate}.`) || gate.startsWith(`${condition.gate}(`)));
}
