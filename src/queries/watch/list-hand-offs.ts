import type { Entry, Event, Role } from '../../contract/schema/entry.ts';
import type { HandOff } from '../../contract/schema/hand-off.ts';
import { collectGateEvents } from '../../gates/gate-events.ts';
import type { CommitFact, Ledger } from '../../ledger/ledger.ts';

/** Without the cursor, which depends on what a reader has seen. */
export type HandOffFact = Omit<HandOff, 'cursor'>;

const order: readonly HandOff['event'][] = ['claim', 'verdict', 'veto', 'inbox', 'done', 'rewritten'];

/**
 * What the commits of a ledger hand over from one side to the other, by commit: claims, verdicts, messages, vetoes, DONE. What is not committed
 * is none. Of one commit they come in a fixed order.
 */
export function listHandOffs(ledger: Ledger): Map<string, HandOffFact[]> {
  const facts = new Map(ledger.commits.map((fact) => [fact.commit, fact]));
  const all = [...ofGates(ledger, facts), ...ofEntries(ledger, facts), ...ofDone(ledger, facts)];
  const byCommit = new Map<string, HandOffFact[]>();
  for (const handOff of all) byCommit.set(handOff.commit, [...(byCommit.get(handOff.commit) ?? []), handOff]);
  for (const [commit, list] of byCommit) byCommit.set(commit, list.toSorted(compareHandOffs));
  return byCommit;
}

function compareHandOffs(a: HandOffFact, b: HandOffFact): number {
  const key = ({ phase, gate, entry, state }: HandOffFact): string => [phase, gate, entry, state].map((part) => part ?? '').join('\n');
  return order.indexOf(a.event) - order.indexOf(b.event) || (key(a) < key(b) ? -1 : 1);
}

type Facts = ReadonlyMap<string, CommitFact>;

function* ofGates(ledger: Ledger, facts: Facts): Generator<HandOffFact> {
  const entries = new Map(ledger.entries.map((entry) => [entry.id, entry]));
  for (const { phase, gate, claims, verdicts } of collectGateEvents(ledger).values()) {
    const text = (entry: string | null, commit: string): string => entries.get(entry ?? '')?.title ?? facts.get(commit)?.subject ?? '';
    for (const [index, { commit, at, entry }] of claims.entries()) {
      if (commit === null || at === null) continue;
      const state = index > 0 ? 'reclaimed' : 'claimed';
      yield { event: 'claim', commit, at, role: roleOf(facts, commit, 'builder'), phase, gate, entry, state, to: 'adversary', text: text(entry, commit) };
    }
    for (const { commit, at, entry, result } of verdicts) {
      if (commit === null || at === null) continue;
      yield { event: 'verdict', commit, at, role: roleOf(facts, commit, 'adversary'), phase, gate, entry, state: result, to: 'builder', text: text(entry, commit) };
    }
  }
}

function* ofEntries(ledger: Ledger, facts: Facts): Generator<HandOffFact> {
  for (const entry of ledger.entries) {
    if (entry.kind === 'inbox') yield* ofMessage(entry, facts);
    if (entry.kind !== 'veto') continue;
    for (const { what, commit, at } of entry.history ?? []) {
      yield { event: 'veto', commit, at, role: roleOf(facts, commit, 'adversary'), phase: entry.phase, gate: null, entry: entry.id, state: what, to: 'builder', text: entry.title };
    }
  }
}

function* ofMessage(entry: Entry, facts: Facts): Generator<HandOffFact> {
  const to = entry.id.startsWith('inbox:adversary/') ? 'adversary' : 'builder';
  const other = to === 'adversary' ? 'builder' : 'adversary';
  const make = ({ commit, at }: Event, state: string, by: Role): HandOffFact => {
    const phase = facts.get(commit)?.phase ?? null;
    return { event: 'inbox', commit, at, role: roleOf(facts, commit, by), phase, gate: null, entry: entry.id, state, to: state === 'consumed' ? other : to, text: entry.title };
  };
  if (entry.sent) yield make(entry.sent, 'sent', entry.from ?? other);
  for (const grown of entry.grown ?? []) yield make(grown, 'grown', entry.from ?? other);
  if (entry.consumed) yield make(entry.consumed, 'consumed', to);
}

function* ofDone({ phases }: Ledger, facts: Facts): Generator<HandOffFact> {
  for (const { id, done } of phases) {
    const fact = facts.get(done.commit ?? '');
    if (!done.marked || !fact) continue;
    yield { event: 'done', commit: fact.commit, at: fact.at, role: roleOf(facts, fact.commit, 'builder'), phase: id, gate: null, entry: null, state: 'marked', to: 'operator', text: fact.subject };
  }
}

/** Whose commit it is, where the commit says so; else the side whose business such a hand-off is. */
function roleOf(facts: Facts, commit: string, usual: Role): Role {
  return facts.get(commit)?.role ?? usual;
}
