import type { Entry } from '../contract/schema/entry.ts';
import type { Phase } from '../ledger/ledger.ts';
import { isNewer } from './gate-state.ts';
import type { ClaimEvent, GateEvents, Result, VerdictEvent } from './gate-events.ts';

const words: Record<Result, string> = { pass: 'PASS', fail: 'FAIL', conditional: 'CONDITIONAL', pending: 'PENDING' };

/** One sentence about what tells different stories, by what kind of difference it is. */
export interface Disagreement {
  kind: 'claimed-by-force' | 'claim-without-commit' | 'claim-without-document' | 'verdict-without-claim' | 'verdict-stale' | 'results-differ';
  sentence: string;
  /** What it is about: the claim, else the verdict; null where only STATUS says something. */
  event: ClaimEvent | VerdictEvent | null;
}

/** Where documents and commit subjects tell different stories of one gate. `entries` are those of its phase. */
export function findDisagreements(entries: readonly Entry[], phase: Phase, events: GateEvents): Disagreement[] {
  return [...ofClaim(entries, events), ...ofVerdict(events), ...ofStatus(phase, events)];
}

function ofClaim(entries: readonly Entry[], events: GateEvents): Disagreement[] {
  const claim = events.claims.at(-1);
  if (!claim) return [];
  const { gate } = events;
  const entry = entries.find(({ id }) => id === claim.entry);
  const forced = entry?.fields['Forced'];
  const byForce: Disagreement[] = forced === undefined ? [] : [{ kind: 'claimed-by-force', sentence: `${gate} was claimed by force: ${forced}`, event: claim }];
  return [...byForce, ...ofClaimCommit(entry, events, claim)];
}

function ofClaimCommit(entry: Entry | undefined, events: GateEvents, claim: ClaimEvent): Disagreement[] {
  const { gate } = events;
  if (!claim.documented) return [{ kind: 'claim-without-document', sentence: `commit ${short(claim.commit)} claims ${gate}, but no document does`, event: claim }];
  const before = events.verdicts.findLast((verdict) => isNewer(claim, verdict));
  const declared = events.claims.some((other) => other.declared && (before === undefined || isNewer(other, before)));
  if (declared) return [];
  const document = /STATUS/iu.test(entry?.place.path ?? 'STATUS') ? 'STATUS' : (entry?.place.path ?? 'STATUS');
  return [{ kind: 'claim-without-commit', sentence: `${document} says that ${gate} is CLAIMED, but there is no claim commit`, event: claim }];
}

function ofVerdict(events: GateEvents): Disagreement[] {
  const { gate } = events;
  const claim = events.claims.at(-1);
  const verdict = events.verdicts.at(-1);
  if (!verdict) return [];
  const found: Disagreement[] = [];
  if (verdict.documented !== null && verdict.declared !== null && verdict.documented !== verdict.declared) {
    found.push({ kind: 'results-differ', sentence: `REVIEW says ${words[verdict.documented]} of ${gate}, but commit ${short(verdict.commit)} says ${words[verdict.declared]}`, event: verdict });
  }
  if (verdict.documented === null) found.push({ kind: 'results-differ', sentence: undocumented(events, verdict), event: verdict });
  if (!claim && verdict.result === 'pass') found.push({ kind: 'verdict-without-claim', sentence: `${gate} has a PASS, but it was never claimed`, event: verdict });
  if (claim && verdict.result !== 'fail' && isNewer(claim, verdict)) {
    found.push({ kind: 'verdict-stale', sentence: `the ${words[verdict.result]} of ${gate} (${short(verdict.commit)}) is older than its claim (${short(claim.commit)})`, event: verdict });
  }
  return found;
}

function undocumented({ gate, verdicts }: GateEvents, verdict: VerdictEvent): string {
  const written = verdicts.findLast(({ documented }) => documented !== null)?.documented;
  const said = written ? `REVIEW says ${words[written]}` : 'REVIEW has no verdict';
  return `${said} of ${gate}, but commit ${short(verdict.commit)} says ${words[verdict.result]}`;
}

function ofStatus(phase: Phase, events: GateEvents): Disagreement[] {
  const said = phase.said.findLast(({ gate }) => gate === events.gate);
  if (said?.result !== 'pass') return [];
  const told = (sentence: string): Disagreement[] => [{ kind: 'results-differ', sentence, event: null }];
  if (events.verdicts.some(({ result }) => result === 'pass')) {
    const last = events.verdicts.at(-1);
    return last && last.result !== 'pass' ? told(`STATUS says PASS of ${events.gate}, but its last verdict is ${words[last.result]}`) : [];
  }
  return told(`STATUS says PASS of ${events.gate}, but there is no such verdict`);
}

function short(commit: string | null): string {
  return commit === null ? 'not committed yet' : commit.slice(0, 12);
}

