import type { GateStatus, Status } from '../../contract/schema/status.ts';

/** Gates whose last claim has no verdict yet, by phase; a PENDING is none. */
export type Unjudged = ReadonlyMap<string, readonly string[]>;

/** The phases with a claim that waits for its verdict, and the gates that it is of. A veto is no verdict on a claim. */
export function findUnjudged({ phases }: Pick<Status, 'phases'>): Unjudged {
  return new Map(phases.flatMap(({ id, gates }) => {
    const waiting = gates.filter(waits).map((gate) => gate.id);
    return waiting.length === 0 ? [] : [[id, waiting] as const];
  }));
}

function waits({ state, claim, verdict }: GateStatus): boolean {
  if (state === 'claimed' || state === 'reclaimed') return true;
  if (state !== 'vetoed' || claim === null) return false;
  if (verdict === null || verdict.result === 'pending') return true;
  return claim.at === null || (verdict.at !== null && claim.at > verdict.at);
}

/** What waits here or there. */
export function uniteUnjudged(a: Unjudged, b: Unjudged): Unjudged {
  return new Map([...a, ...[...b].map(([phase, gates]) => [phase, [...new Set([...(a.get(phase) ?? []), ...gates])]] as const)]);
}
