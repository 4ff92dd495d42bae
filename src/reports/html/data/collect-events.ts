import type { Entry } from '../../../contract/schema/entry.ts';
import type { Ledger } from '../../../ledger/ledger.ts';
import { listHandOffs } from '../../../queries/watch/list-hand-offs.ts';

/** Something that happened, by a commit. */
export interface PageEvent {
  at: string;
  commit: string;
  lane: 'claim' | 'verdict' | 'deferral' | 'alert' | 'message' | 'done';
  /** What became of it: claimed, pass, filed, raised, … */
  state: string;
  phase: string | null;
  gate: string | null;
  entry: string | null;
  text: string;
}

const lanes = { claim: 'claim', verdict: 'verdict', veto: 'verdict', inbox: 'message', done: 'done' } as const;

/** Claims, verdicts, deferrals, alerts and messages by the commits that brought them, oldest first. What is not committed has not happened yet. */
export function collectEvents(ledger: Ledger): PageEvent[] {
  const order = new Map(ledger.commits.map(({ commit }, index) => [commit, index]));
  const handOffs = [...listHandOffs(ledger).values()].flat().flatMap(({ event, commit, at, state, phase, gate, entry, text }): PageEvent[] =>
    event === 'rewritten' ? [] : [{ at, commit, lane: lanes[event], state, phase, gate, entry, text }],
  );
  const all = [...handOffs, ...ledger.entries.flatMap(eventsOf)];
  return all.toSorted((a, b) => (a.at === b.at ? (order.get(a.commit) ?? 0) - (order.get(b.commit) ?? 0) : a.at < b.at ? -1 : 1));
}

function eventsOf(entry: Entry): PageEvent[] {
  const { kind, introduced, history, id, title, phase } = entry;
  if (kind !== 'deferred' && kind !== 'alert') return [];
  const lane = kind === 'alert' ? 'alert' : 'deferral';
  const make = (event: { commit: string; at: string }, state: string): PageEvent => ({ at: event.at, commit: event.commit, lane, state, phase: phase === '-' ? null : phase, gate: null, entry: id, text: title });
  const changes = (history ?? []).filter(({ what }) => what === 'closed' || what === 'reopened');
  return [...(introduced ? [make(introduced, kind === 'alert' ? 'raised' : 'filed')] : []), ...changes.map((event) => make(event, event.what))];
}
