import { linkEvidence } from '../alerts/close-alert.ts';
import { appendEvidence } from '../evidence/evidence-log.ts';
import type { AppReport, Infra } from './types.ts';

/** Writes the run's line of evidence and names it in the alerts that it shows; returns its id. Bodies are in it by digest alone. */
export async function recordRun(infra: Infra, command: string, apps: readonly AppReport[]): Promise<string> {
  const id = await appendEvidence(infra.stateDir, {
    schema: 1,
    command,
    run: infra.run.id,
    at: infra.clock.wall().toISOString(),
    host: infra.host,
    boot_id: infra.run.bootId,
    commit: infra.commit,
    spec: { path: infra.spec.path, digest: infra.specDigest },
    apps: apps.map(({ app, wanted, verdict, outcome, why, gate, samples, alerts, controls, order, state }) => ({
      app,
      wanted,
      verdict,
      outcome,
      why,
      gate,
      order,
      samples,
      alerts: alerts.map((alert) => alert.id),
      controls,
      state: state === null ? null : { seq: state.seq, phase: state.phase, last_good: state.last_good },
    })),
  });
  await linkEvidence(infra.alertsDir, apps.flatMap(({ alerts }) => alerts.filter((alert) => alert.counted_for !== null && alert.evidence === null).map((alert) => alert.id)), id);
  return id;
}
