import { collectGateEvents } from '../../gates/gate-events.ts';
import { getStatus } from '../../gates/get-status.ts';
import { findTriggered } from '../../gates/triggers/find-triggered.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { GateInputs, InputName, RuleInputs } from '../engine/inputs.ts';

/** What rules ask for, made from a ledger that was read in full; only what is in `wanted`. */
export function loadInputs(ledger: Ledger, wanted: ReadonlySet<InputName>): Partial<RuleInputs> {
  const inputs: Partial<RuleInputs> = { documents: ledger, ledger, linked: ledger };
  if (wanted.has('gates') || wanted.has('triggered')) {
    const gates: GateInputs = { status: getStatus(ledger), events: collectGateEvents(ledger) };
    inputs.gates = gates;
    if (wanted.has('triggered')) inputs.triggered = findTriggered(ledger, gates.events);
  }
  return inputs;
}
