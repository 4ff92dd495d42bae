import { Failure } from '../../contract/failure.ts';
import type { Pen } from '../../edits/writer/pen.ts';
import { choosePhase } from '../../edits/writers/find-document.ts';
import type { Recordable } from './read-source.ts';

/** The phase whose journal a recording goes into, and the gate that it is for. */
export interface ChosenGate {
  phase: string;
  gate: string | null;
}

/**
 * The gate that `--claim M1` or `--claim PHASE/M1` means, else the one that the block names; and the phase, by the claim, `--phase`, the block that
 * stands there, or the only phase that has such a gate. Throws a usage failure where two of them disagree or none says.
 */
export function chooseGate(pen: Pen, given: { claim: string | null; phase: string | null }, { meta, standing }: Pick<Recordable, 'meta' | 'standing'>): ChosenGate {
  const claim = (given.claim ?? meta.claim)?.replace(/^gate:/, '') ?? null;
  const slash = claim?.lastIndexOf('/') ?? -1;
  const named = claim !== null && slash > 0 ? claim.slice(0, slash) : null;
  const gate = claim === null ? null : claim.slice(slash + 1);
  if (gate !== null && !/^[\p{L}\p{N}][\p{L}\p{N}._()+-]*$/u.test(gate)) throw new Failure('usage', `Unexpected gate "${gate}" for --claim, expected a gate such as M1 or PHASE/M1.`, { next: 'docket status' });
  const phases = [named, given.phase, standing?.entry.phase ?? null].filter((phase) => phase !== null);
  const [phase, ...others] = new Set(phases);
  if (others.length > 0) throw new Failure('usage', `The phases ${phases.join(' and ')} were both named for one recording.`, { next: 'Name one phase.' });
  return { phase: phase ?? phaseOfGate(pen, gate), gate };
}

function phaseOfGate(pen: Pen, gate: string | null): string {
  const own = gate === null ? [] : pen.docket.ledger.phases.filter(({ gates }) => gates.includes(gate));
  const [first] = own;
  if (first !== undefined && own.length === 1) return first.id;
  if (own.length > 1) throw new Failure('usage', `Several phases have a gate ${gate ?? ''}: ${own.map(({ id }) => `${id}/${gate ?? ''}`).join(', ')}.`, { next: `Name one, as in --claim ${first?.id ?? ''}/${gate ?? ''}.` });
  return choosePhase(pen, null);
}
