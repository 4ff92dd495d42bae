import type { Diagnostic } from '../contract/schema/envelope.ts';
import type { Entry } from '../contract/schema/entry.ts';
import type { PhaseStatus } from '../contract/schema/status.ts';
import { findUnreachable } from '../git/landing/reach.ts';
import type { CommitFact } from '../ledger/ledger.ts';
import { openDocket, type Docket } from '../ledger/open-docket.ts';
import type { RuleId } from '../rules/rule-ids.ts';
import { collectGateEvents } from './gate-events.ts';
import { claimParts } from './judge-claim-text.ts';

/** Why a PASS does not carry DONE although it is the newest word on its gate. */
export interface VerdictFault {
  gate: string;
  rule: Extract<RuleId, 'not-owner' | 'verdict-stale' | 'future-time'>;
  message: string;
  place: Diagnostic['place'];
  entry: string | null;
  next: string;
}

type Gate = PhaseStatus['gates'][number];

const dayMs = 86_400_000;

/**
 * Looks behind the PASS of each gate of a phase: it is committed, not by the Builder and not in the future, no claim was made after it whatever its date
 * says, and the claim still says what was judged. Reads git; executes nothing.
 */
export async function judgeVerdicts(docket: Docket, { id: phase, gates }: Pick<PhaseStatus, 'id' | 'gates'>, now: Date): Promise<VerdictFault[]> {
  const facts = new Map(docket.ledger.commits.map((fact) => [fact.commit, fact]));
  const faults: VerdictFault[] = [];
  for (const gate of gates) {
    if (gate.state !== 'verified' || gate.verdict === null) continue;
    const { commit, at } = gate.verdict;
    const say = openSaying(docket, phase, gate);
    if (commit === null || at === null) faults.push(say('verdict-stale', `the PASS of gate ${gate.id} is not committed, so that nobody can say whose it is and when it was given`));
    else faults.push(...whyNotOwn(facts.get(commit), gate, say), ...whyFuture(at, now, gate, say), ...whyOld(docket, phase, { gate: gate.id, at, now }, say), ...(await whyClaimedSince(docket, { phase, gate: gate.id, commit }, say)), ...(await whyReworded(docket, { phase, gate, commit }, say)));
  }
  return faults;
}

type Say = (rule: VerdictFault['rule'], message: string) => VerdictFault;

function openSaying({ ledger }: Docket, phase: string, { id, verdict }: Gate): Say {
  const entry = ledger.entries.find((each) => each.id === verdict?.entry);
  const place = entry === undefined ? null : { path: entry.place.path, line: entry.place.line, rev: entry.place.rev };
  return (rule, message) => ({ gate: id, rule, message, place, entry: entry?.id ?? `gate:${phase}/${id}`, next: `docket verdict ${phase}/${id} pass` });
}

/** The Builder does not judge his own claim. A commit that was made of others has the words of both. */
function whyNotOwn(fact: CommitFact | undefined, { id }: Gate, say: Say): VerdictFault[] {
  if (fact?.role !== 'builder' || (fact.replaces?.length ?? 0) > 0) return [];
  return [say('not-owner', `the PASS of gate ${id} was committed by the Builder (${fact.commit.slice(0, 12)}), expected one of the Adversary`)];
}

/** Clocks differ by minutes, not by days. */
function whyFuture(at: string, now: Date, { id }: Gate, say: Say): VerdictFault[] {
  return Date.parse(at) > now.getTime() + dayMs ? [say('future-time', `the PASS of gate ${id} says that it was committed at ${at}, which has not come yet`)] : [];
}

/** Once a phase is done its verdicts do not grow old any more; but they were not old when it was marked. */
function whyOld({ ledger }: Docket, phase: string, { gate, at, now }: { gate: string; at: string; now: Date }, say: Say): VerdictFault[] {
  const done = ledger.phases.find(({ id }) => id === phase)?.done;
  if (done?.marked !== true) return [];
  const marked = ledger.commits.find(({ commit }) => commit === done.commit)?.at ?? now.toISOString();
  const age = (Date.parse(marked) - Date.parse(at)) / 1000;
  return age > ledger.config.freshness ? [say('verdict-stale', `the PASS of gate ${gate} was too old when the phase was marked as done`)] : [];
}

interface Judged {
  phase: string;
  gate: string;
  commit: string;
}

/** A claim whose commit comes after that of the PASS is newer, whatever time it says. */
async function whyClaimedSince({ ledger, repository }: Docket, { phase, gate, commit }: Judged, say: Say): Promise<VerdictFault[]> {
  const claims = collectGateEvents(ledger).get(`${phase}/${gate}`)?.claims ?? [];
  for (const claim of claims.toReversed()) {
    if (claim.commit === null || claim.commit === commit) continue;
    if ((await findUnreachable(repository, [claim.commit], [commit])).size === 0) return [say('verdict-stale', `gate ${gate} was claimed again by ${claim.commit.slice(0, 12)}, which comes after its PASS, whatever time it says`)];
  }
  return [];
}

/** A claim that was rewritten after it was judged is another one. */
async function whyReworded({ ledger, repository }: Docket, { phase, gate, commit }: { phase: string; gate: Gate; commit: string }, say: Say): Promise<VerdictFault[]> {
  const claim = standingClaim(ledger.entries, phase, gate.id);
  if (claim === undefined || claim.changed?.commit === commit) return [];
  const changed = claim.changed?.commit ?? null;
  if (changed !== null && (await findUnreachable(repository, [commit], [changed])).size === 0) return [];
  const then = standingClaim((await openDocket(repository.root, { at: commit })).ledger.entries, phase, gate.id);
  const other = then === undefined ? undefined : claimParts.find((part) => plain(then.fields[part]) !== '' && plain(then.fields[part]) !== plain(claim.fields[part]));
  return other === undefined ? [] : [say('verdict-stale', `the ${other} of gate ${gate.id} was rewritten after its PASS, so that nobody has judged what stands there now`)];
}

/** The claim of a gate that stands in its document, not only in history. */
export function standingClaim(entries: readonly Entry[], phase: string, gate: string): Entry | undefined {
  return entries.findLast((entry) => entry.kind === 'claim' && entry.phase === phase && entry.gate === gate && entry.place.rev === null);
}

function plain(text: string | undefined): string {
  return (text ?? '').replace(/\s+/gu, ' ').trim();
}
