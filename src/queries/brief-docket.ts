import { Failure } from '../contract/failure.ts';
import type { PhaseStatus, Status } from '../contract/schema/status.ts';
import { askClaim } from '../gates/ask-gate.ts';
import { getStatus } from '../gates/get-status.ts';
import type { ClaimJudgement } from '../gates/judge-claim.ts';
import { findUnjudged } from '../ledger/isolation/unjudged.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Docket } from '../ledger/open-docket.ts';
import { adversarySections } from './brief/adversary-sections.ts';
import { builderSections, openGates } from './brief/builder-sections.ts';
import { readClaimedCommits } from './brief/claimed-commits.ts';
import type { BriefFacts } from './brief/facts.ts';
import { fitBudget, type Brief } from './brief/fit-budget.ts';
import { suggestNearest } from './nearest.ts';
import { quoteWord } from './shell-word.ts';

export interface BriefRequest {
  role: 'builder' | 'adversary';
  /** Null: the phase that waits for a verdict (for the Adversary), else the one that was worked on last and is not done. */
  phase: string | null;
  /** Tokens, as `countTokens` counts them. */
  budget: number;
  now: Date;
}

export interface BriefAnswer extends Brief {
  role: BriefRequest['role'];
  phase: string | null;
}

/** What an agent needs on waking, within its budget. Reads only, executes nothing. Throws a usage failure for a phase that there is not. */
export async function briefDocket(docket: Docket, { role, phase: named, budget, now }: BriefRequest): Promise<BriefAnswer> {
  const { ledger } = docket;
  const status = getStatus(ledger);
  const phase = named === null ? choosePhase(ledger, status, role) : findPhase(status, named);
  const waiting = phase === null ? [] : (findUnjudged({ phases: [phase] }).get(phase.id) ?? []);
  const asked = role === 'adversary' ? waiting : openGates(phase?.gates ?? []);
  const judged = new Map<string, ClaimJudgement>();
  for (const gate of phase === null ? [] : asked) judged.set(gate, await askClaim(docket, { phase: phase?.id ?? '', gate, text: null, replayed: null, now }));
  const claimed = phase === null || role === 'builder' ? [] : await Promise.all(waiting.map((gate) => readClaimedCommits(docket, phase.id, gate)));
  const texts = await docket.bodies(ledger.entries.filter(({ kind, state }) => (kind === 'inbox' && state === 'unread') || kind === 'claim'));
  const facts: BriefFacts = { ledger, status, phase, bodyOf: (entry) => texts.get(entry) ?? '', judged, claimed: claimed.filter((each) => each !== null) };
  const sections = role === 'builder' ? builderSections(facts) : adversarySections(facts, waiting);
  const whole = (tokens: number): string => `docket brief --role ${role}${named === null ? '' : ` --phase ${quoteWord(named)}`} --budget ${Math.ceil(tokens / 500) * 500}`;
  return { role, phase: phase?.id ?? null, ...fitBudget(sections, budget, whole) };
}

function findPhase({ phases }: Status, named: string): PhaseStatus {
  const found = phases.find(({ id }) => id === named);
  if (found !== undefined) return found;
  throw new Failure('usage', `There is no phase "${named}".${suggestNearest(named, phases.map(({ id }) => id))}`, { next: 'docket status' });
}

function choosePhase(ledger: Ledger, { phases }: Status, role: BriefRequest['role']): PhaseStatus | null {
  const waits = findUnjudged({ phases });
  const touched = new Map<string, number>(ledger.commits.flatMap(({ phase }, index) => (phase === null ? [] : [[phase, index] as const])));
  const latest = (some: readonly PhaseStatus[]): PhaseStatus | undefined => some.toSorted((a, b) => (touched.get(a.id) ?? -1) - (touched.get(b.id) ?? -1) || a.order - b.order).at(-1);
  const waiting = role === 'adversary' ? latest(phases.filter(({ id }) => waits.has(id))) : undefined;
  return waiting ?? latest(phases.filter(({ done }) => !done.marked)) ?? phases.at(-1) ?? null;
}
