import type { Entry } from '../contract/schema/entry.ts';
import type { PhaseStatus } from '../contract/schema/status.ts';
import type { Phase } from '../ledger/ledger.ts';
import type { JudgedGate } from './gate-state.ts';

/** What DONE of a phase rests on. */
export interface PhaseRecord {
  /** Judged as if no veto stood: vetoes are counted by themselves. */
  gates: { gate: string; judged: JudgedGate }[];
  openFindings: readonly Entry[];
  standingVetoes: readonly Entry[];
}

/**
 * May the phase be called done? Every gate needs a PASS that is newer than its last claim and not expired, no veto may stand, no finding of the
 * phase be open. Fails closed: a phase that names no gate has nothing to rest on.
 */
export function judgeDone(phase: Phase, record: PhaseRecord): PhaseStatus['done'] {
  const missing = [
    ...(record.gates.length === 0 ? [`phase ${phase.id} names no gate`] : []),
    ...record.gates.flatMap(({ gate, judged }) => lackOf(gate, judged)),
    ...record.openFindings.map((finding) => `finding ${finding.id.replace(/^finding:[^/]*\//u, '')} is open`),
    ...record.standingVetoes.map((veto) => `veto ${veto.id} stands: ${veto.title}`),
  ];
  const forced = missing.length > 0 && phase.done.forced !== null ? [`DONE was marked by force: ${phase.done.forced}`] : [];
  return { marked: phase.done.marked, allowed: missing.length === 0, missing: [...missing, ...forced] };
}

/** The gate that one of the sentences of `missing` is about; null where it is about something else, whatever that is called. */
export function gateOfLack(missing: string): string | null {
  return /^(?:the PASS of )?gate (\S+) (?:has|was|is) /u.exec(missing)?.[1] ?? null;
}

function lackOf(gate: string, { state }: JudgedGate): string[] {
  switch (state) {
    case 'verified':
      return [];
    case 'failed':
      return [`gate ${gate} has a FAIL`];
    case 'conditional':
      return [`gate ${gate} has a CONDITIONAL only`];
    case 'reclaimed':
      return [`gate ${gate} was claimed again and has no PASS since`];
    case 'expired':
      return [`the PASS of gate ${gate} is too old`];
    default:
      return [`gate ${gate} has no PASS`];
  }
}
