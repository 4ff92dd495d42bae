import type { DiagnosticPlace } from '../../contract/schema/envelope.ts';
import type { Entry } from '../../contract/schema/entry.ts';
import { findDisagreements, type Disagreement } from '../../gates/disagreements.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { toPlace, type RuleFinding } from '../engine/finding.ts';
import type { GateInputs } from '../engine/inputs.ts';

/** A disagreement with where it is to be seen. */
interface PlacedDisagreement extends Disagreement {
  phase: string;
  gate: string;
  entry: string | null;
  place: DiagnosticPlace | null;
}

/** The disagreements of one kind, over all gates: at the claim or verdict that stands in a document, else at the gate. */
export function* disagreementsOf(ledger: Ledger, { events }: GateInputs, kind: Disagreement['kind']): Generator<PlacedDisagreement> {
  const byId = new Map(ledger.entries.map((entry) => [entry.id, entry]));
  const byPhase = new Map<string, Entry[]>();
  for (const entry of ledger.entries) byPhase.set(entry.phase, [...(byPhase.get(entry.phase) ?? []), entry]);
  for (const phase of ledger.phases) {
    for (const gate of phase.gates) {
      const own = events.get(`${phase.id}/${gate}`);
      if (!own) continue;
      for (const disagreement of findDisagreements(byPhase.get(phase.id) ?? [], phase, own)) {
        if (disagreement.kind !== kind) continue;
        const at = byId.get(disagreement.event?.entry ?? '') ?? byId.get(`gate:${phase.id}/${gate}`);
        yield { ...disagreement, phase: phase.id, gate, entry: at?.id ?? null, place: at ? toPlace(at.place, at.place.line) : null };
      }
    }
  }
}

/** A finding for a disagreement: its sentence is what was found. */
export function findingOf({ phase, gate, sentence, entry, place, event }: PlacedDisagreement, expected: string): RuleFinding {
  return { found: `account of ${phase}/${gate}: ${sentence}`, expected, place, entry, commit: event?.commit ?? null, key: `${phase}/${gate} ${sentence}` };
}
