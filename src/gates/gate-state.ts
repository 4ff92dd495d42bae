import type { GateState } from '../contract/schema/status.ts';
import { compareMoments, type ClaimEvent, type GateEvents, type VerdictEvent } from './gate-events.ts';

/** What surrounds a gate when it is judged. */
export interface GateCircumstances {
  /** A standing veto touches it. */
  vetoed: boolean;
  /** DONE of its phase is marked: a PASS does not grow old any more. */
  phaseDone: boolean;
  /** Freshness limit of a PASS and the moment to count its age from, both in seconds. */
  freshness: number;
  now: number | null;
}

/** The last claim, the last verdict that judges, and what they come to. */
export interface JudgedGate {
  state: GateState;
  claim: ClaimEvent | null;
  verdict: VerdictEvent | null;
}

/**
 * The state of a gate by commit time: `none` (nothing claimed or judged), `claimed`, `verified` (PASS newer than the last claim), `failed`,
 * `conditional`, `reclaimed` (claimed again after a verdict), `expired` (PASS older than the freshness limit while its phase is not done),
 * `vetoed`. A verdict in the claim's own commit answers it.
 */
export function judgeGate(events: GateEvents, circumstances: GateCircumstances): JudgedGate {
  const claim = events.claims.at(-1) ?? null;
  const verdict = events.verdicts.at(-1) ?? null;
  return { state: stateOf(claim, verdict, circumstances), claim, verdict };
}

function stateOf(claim: ClaimEvent | null, verdict: VerdictEvent | null, circumstances: GateCircumstances): GateState {
  if (claim === null && verdict === null) return 'none';
  if (circumstances.vetoed) return 'vetoed';
  if (claim !== null && (verdict === null || isNewer(claim, verdict))) return verdict === null ? 'claimed' : 'reclaimed';
  if (verdict?.result === 'fail') return 'failed';
  if (verdict?.result === 'conditional') return 'conditional';
  return verdict !== null && isExpired(verdict, circumstances) ? 'expired' : 'verified';
}

/** Is a claim newer than a verdict? */
export function isNewer(claim: ClaimEvent, verdict: VerdictEvent): boolean {
  return compareMoments(claim, verdict) > 0;
}

/** Seconds since a verdict was committed; 0 for one that is not committed yet. */
function ageOf(verdict: VerdictEvent, now: number | null): number {
  return verdict.at === null || now === null ? 0 : now - Date.parse(verdict.at) / 1000;
}

function isExpired(verdict: VerdictEvent, { phaseDone, freshness, now }: GateCircumstances): boolean {
  return !phaseDone && ageOf(verdict, now) > freshness;
}
