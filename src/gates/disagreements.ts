import type { Entry } from '../contract/schema/entry.ts';
import type { Phase } from '../ledger/ledger.ts';
import { isNewer } from './gate-state.ts';
import type { GateEvents, Result, VerdictEvent } from './gate-events.ts';

const words: Record<Result, string> = { pass: 'PASS', fail: 'FAIL', conditional: 'CONDITIONAL', pending: 'PENDING' };

/** Where documents and commit subjects tell different stories of one gate, a sentence each. `entries` are those of its phase. */
export function findDisagreements(entries: readonly Entry[], phase: Phase, events: GateEvents): string[] {
  return [...ofClaim(entries, events), ...ofVerdict(events), ...ofStatus(phase, events)];
}

function ofClaim(entries: readonly Entry[], events: GateEvents): string[] {
  const claim = events.claims.at(-1);
  if (!claim) return [];
  const { gate } = events;
  if (!claim.documented) return [`commit ${short(claim.commit)} claims ${gate}, but no document does`];
  const before = events.verdicts.findLast((verdict) => isNewer(claim, verdict));
  const declared = events.claims.some((other) => other.declared && (before === undefined || isNewer(other, before)));
  if (declared) return [];
  const entry = entries.find(({ id }) => id === claim.entry);
  const document = /STATUS/iu.test(entry?.place.path ?? 'STATUS') ? 'STATUS' : (entry?.place.path ?? 'STATUS');
  return [`${document} says that ${gate} is CLAIMED, but there is no claim commit`];
}

function ofVerdict(events: GateEvents): string[] {
  const { gate } = events;
  const claim = events.claims.at(-1);
  const verdict = events.verdicts.at(-1);
  if (!verdict) return [];
  const sentences: string[] = [];
  if (verdict.documented !== null && verdict.declared !== null && verdict.documented !== verdict.declared) {
    sentences.push(`REVIEW says ${words[verdict.documented]} of ${gate}, but commit ${short(verdict.commit)} says ${words[verdict.declared]}`);
  }
  if (verdict.documented === null) sentences.push(undocumented(events, verdict));
  if (!claim && verdict.result === 'pass') sentences.push(`${gate} has a PASS, but it was never claimed`);
  if (claim && verdict.result !== 'fail' && isNewer(claim, verdict)) sentences.push(`the ${words[verdict.result]} of ${gate} (${short(verdict.commit)}) is older than its claim (${short(claim.commit)})`);
  return sentences;
}

function undocumented({ gate, verdicts }: GateEvents, verdict: VerdictEvent): string {
  const written = verdicts.findLast(({ documented }) => documented !== null)?.documented;
  const said = written ? `REVIEW says ${words[written]}` : 'REVIEW has no verdict';
  return `${said} of ${gate}, but commit ${short(verdict.commit)} says ${words[verdict.result]}`;
}

function ofStatus(phase: Phase, events: GateEvents): string[] {
  const said = phase.said.findLast(({ gate }) => gate === events.gate);
  if (said?.result !== 'pass') return [];
  if (events.verdicts.some(({ result }) => result === 'pass')) {
    const last = events.verdicts.at(-1);
    return last && last.result !== 'pass' ? [`STATUS says PASS of ${events.gate}, but its last verdict is ${words[last.result]}`] : [];
  }
  return [`STATUS says PASS of ${events.gate}, but there is no such verdict`];
}

function short(commit: string | null): string {
  return commit === null ? 'not committed yet' : commit.slice(0, 12);
}

