import type { Entry } from '../contract/schema/entry.ts';
import type { CommitFact, Ledger } from '../ledger/ledger.ts';

export type Result = CommitFact['verdicts'][number]['result'];

/** When something happened: commit time decides, then the order of history. What is not committed yet comes after everything. */
export interface Moment {
  at: string | null;
  order: number;
}

/** A claim of one gate, in a document, in a commit subject, or in both (the same commit). */
export interface ClaimEvent extends Moment {
  entry: string | null;
  commit: string | null;
  /** A document said so at that time. */
  documented: boolean;
  /** A commit subject says so. */
  declared: boolean;
}

/** A verdict on one gate. Where document and subject disagree, `result` is the worse of the two. */
export interface VerdictEvent extends Moment {
  entry: string | null;
  commit: string | null;
  result: Result;
  documented: Result | null;
  declared: Result | null;
  writtenTime: string | null;
}

/** What has happened to one gate, oldest first. */
export interface GateEvents {
  phase: string;
  gate: string;
  claims: ClaimEvent[];
  /** Those that judge: PASS, FAIL, CONDITIONAL. */
  verdicts: VerdictEvent[];
  /** The last PENDING, which only waits. */
  pending: VerdictEvent | null;
}

export function compareMoments(a: Moment, b: Moment): number {
  if (a.at !== b.at) {
    if (a.at === null) return 1;
    if (b.at === null) return -1;
    return a.at < b.at ? -1 : 1;
  }
  return a.order - b.order;
}

const severity: Record<Result, number> = { pass: 0, pending: 1, conditional: 2, fail: 3 };

/** The events of every gate of the ledger, by `PHASE/GATE`. */
export function collectGateEvents(ledger: Ledger): Map<string, GateEvents> {
  const all = new Map<string, GateEvents>();
  const of = (phase: string, gate: string): GateEvents => {
    const key = `${phase}/${gate}`;
    const known = all.get(key) ?? { phase, gate, claims: [], verdicts: [], pending: null };
    all.set(key, known);
    return known;
  };
  for (const phase of ledger.phases) for (const gate of phase.gates) of(phase.id, gate);
  const order = new Map(ledger.commits.map(({ commit }, index) => [commit, index]));
  const momentOf = (entry: Entry): Moment & { commit: string | null } => ({
    commit: entry.introduced?.commit ?? null,
    at: entry.introduced?.at ?? null,
    order: order.get(entry.introduced?.commit ?? '') ?? Number.MAX_SAFE_INTEGER,
  });
  for (const entry of ledger.entries) {
    if (entry.gate === undefined) continue;
    const { commit, at, order: place } = momentOf(entry);
    if (entry.kind === 'claim') of(entry.phase, entry.gate).claims.push({ entry: entry.id, commit, at, order: place, documented: true, declared: false });
    if (entry.kind === 'verdict') addVerdict(of(entry.phase, entry.gate), { entry: entry.id, commit, at, order: place, result: resultOf(entry), writtenTime: writtenTimeOf(entry) });
  }
  const claims = new Map(ledger.entries.filter(({ kind }) => kind === 'claim').map((entry) => [entry.id, entry]));
  for (const [index, fact] of ledger.commits.entries()) {
    if (fact.phase === null) continue;
    for (const gate of fact.claims) declareClaim(of(fact.phase, gate), fact, index, claims);
    for (const { gate, result } of fact.verdicts) declareVerdict(of(fact.phase, gate), fact, index, result);
  }
  for (const events of all.values()) {
    events.claims.sort(compareMoments);
    events.verdicts = withoutEchoes(events.verdicts.sort(compareMoments), events.claims);
  }
  return all;
}

/** A subject that only repeats the verdict that stands ("M1 PASS holds, A2 filed") is no new verdict. */
function withoutEchoes(verdicts: VerdictEvent[], claims: readonly ClaimEvent[]): VerdictEvent[] {
  const kept: VerdictEvent[] = [];
  for (const verdict of verdicts) {
    const last = kept.at(-1);
    const echo = verdict.documented === null && last?.result === verdict.result && !claims.some((claim) => compareMoments(claim, last) > 0 && compareMoments(claim, verdict) <= 0);
    if (!echo) kept.push(verdict);
  }
  return kept;
}

function addVerdict(events: GateEvents, verdict: Omit<VerdictEvent, 'documented' | 'declared'>): void {
  const event: VerdictEvent = { ...verdict, documented: verdict.result, declared: null };
  if (verdict.result !== 'pending') events.verdicts.push(event);
  else if (!events.pending || compareMoments(events.pending, event) <= 0) events.pending = event;
}

/** Does a claim of a document still stand there when a commit is made? */
function stoodAt(entry: Entry | undefined, moment: Moment): boolean {
  if (!entry?.introduced || (moment.at !== null && entry.introduced.at > moment.at)) return false;
  const gone = entry.history?.find(({ what }) => what === 'gone');
  return gone === undefined ? entry.place.rev === null : moment.at !== null && gone.at > moment.at;
}

function declareClaim(events: GateEvents, fact: CommitFact, order: number, claims: ReadonlyMap<string, Entry>): void {
  const same = events.claims.find(({ commit }) => commit === fact.commit);
  if (same) {
    same.declared = true;
    return;
  }
  const moment = { at: fact.at, order };
  const standing = events.claims.findLast(({ entry }) => entry !== null && stoodAt(claims.get(entry), moment));
  events.claims.push({ entry: standing?.entry ?? null, commit: fact.commit, ...moment, documented: standing !== undefined, declared: true });
}

function declareVerdict(events: GateEvents, fact: CommitFact, order: number, result: Result): void {
  const same = events.verdicts.findLast(({ commit }) => commit === fact.commit);
  if (same) {
    same.declared = result;
    if (severity[result] > severity[same.result]) same.result = result;
    return;
  }
  if (result === 'pending') return;
  events.verdicts.push({ entry: null, commit: fact.commit, at: fact.at, order, result, documented: null, declared: result, writtenTime: null });
}

function resultOf(entry: Entry): Result {
  return entry.state === 'pass' || entry.state === 'fail' || entry.state === 'conditional' ? entry.state : 'pending';
}

/** `2026-06-13T13:00Z` as written; the date alone where no time stands, the commit's date for a time alone; null where nothing was written. */
function writtenTimeOf(entry: Entry): string | null {
  if (entry.time === null) return entry.date;
  const date = entry.date ?? entry.introduced?.at.slice(0, 10);
  return `${date === undefined ? '' : `${date}T`}${entry.time}${entry.zone === false ? '' : 'Z'}`;
}
