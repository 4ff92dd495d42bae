import { Failure } from '../../contract/failure.ts';
import { isGate } from '../../documents/vocabulary/gates.ts';
import { suggestNearest } from '../../queries/nearest.ts';
import type { Pen } from '../writer/pen.ts';

export interface GateName {
  phase: string;
  gate: string;
}

/**
 * The gate that `PHASE/GATE` names, there already or not; `GATE` alone where one phase has it. Throws a usage failure for what is no phase or no gate, and
 * where several phases, or none, have the gate.
 */
export function readGateArgument(pen: Pen, given: string): GateName {
  const [gate = '', phase] = given.replace(/^gate:/u, '').split('/').reverse();
  const { phases } = pen.docket.ledger;
  if (given.split('/').length > 2 || !isGate(gate)) throw new Failure('usage', `Unexpected gate "${given}", expected PHASE/GATE such as pxgate/M1.${suggestNearest(given, phases.flatMap(({ id, gates }) => gates.map((each) => `${id}/${each}`)))}`, { next: 'docket list gate' });
  if (phase !== undefined) return { phase: checkPhase(phase), gate };
  const having = phases.filter(({ gates }) => gates.includes(gate)).map(({ id }) => id);
  const [only] = having;
  if (only !== undefined && having.length === 1) return { phase: only, gate };
  if (having.length === 0 && pen.vocabulary.defaultPhase !== '-') return { phase: pen.vocabulary.defaultPhase, gate };
  const found = having.length === 0 ? 'no phase has a gate of that name' : `the phases ${having.join(', ')} have one`;
  throw new Failure('usage', `Unexpected gate "${given}" without a phase: ${found}.`, { next: `Name it whole, such as ${having[0] ?? phases[0]?.id ?? 'PHASE'}/${gate}.` });
}

/** `PHASE` or `PHASE/GATE`; `gate` is null for a whole phase. Throws as `readGateArgument` does. */
export function readScopeArgument(pen: Pen, given: string): { phase: string; gate: string | null } {
  if (given.includes('/') || given.startsWith('gate:') || (isGate(given) && !pen.docket.ledger.phases.some(({ id }) => id === given))) return readGateArgument(pen, given);
  return { phase: checkPhase(given), gate: null };
}

/** Throws a usage failure for what is no phase id. */
export function checkPhase(phase: string): string {
  if (phase === '-' || /^[A-Za-z0-9]+$/u.test(phase)) return phase;
  throw new Failure('usage', `Unexpected phase "${phase}", expected letters and digits only, such as pxgate or 2w.`, { next: 'docket status' });
}
