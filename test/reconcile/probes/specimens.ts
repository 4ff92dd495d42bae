import { readSpec, systemClock, type Probe, type ProbeContext } from '../../../src/reconcile/index.ts';

/** A probe as it would stand in a specification, read by the real reader. */
export function probe(fields: Record<string, unknown>): Probe {
  const reading = readSpec(JSON.stringify({ version: 1, apps: { app: { wanted: '1.2.3', gate: [{ name: 'x', ...fields }] } } }), 'infra.yaml');
  if (!reading.ok) throw new Error(JSON.stringify(reading.errors, null, 1));
  return reading.spec.apps[0]!.gate[0]!;
}

/** Long enough that only what never ends runs into it. */
export const context = (more: Partial<ProbeContext> = {}): ProbeContext => ({ clock: systemClock, timeoutMs: 20_000, cwd: process.cwd(), ...more });
