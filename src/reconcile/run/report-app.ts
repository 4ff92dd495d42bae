import { readAlerts } from '../alerts/alert-file.ts';
import { gateDigest } from '../evidence/gate-digest.ts';
import type { GateReport, GateRound } from '../loop/await-gate.ts';
import type { Outcome } from '../loop/types.ts';
import type { OrderVerdict } from '../order/types.ts';
import type { ProbeVerdict } from '../probes/types.ts';
import type { App } from '../spec/types.ts';
import type { AppState } from '../state/types.ts';
import { reportProbes } from './ask-gate.ts';
import { readControlReports } from './control-reports.ts';
import { judgeConditions } from './judge-gates.ts';
import type { AppReport, Infra } from './types.ts';

export interface Findings {
  outcome: Outcome | null;
  why: string | null;
  verdict: ProbeVerdict | null;
  reports: readonly GateReport[];
  confirmed: GateRound | null;
  order: OrderVerdict | null;
  state: AppState | null;
}

/** What a run found out about one app, in the form that callers and evidence get. */
export async function reportApp(infra: Infra, app: App, { reports, confirmed, ...found }: Findings): Promise<AppReport> {
  const samples = reports.flatMap((report) => report.samples.map((sample) => ({ ...sample, probes: reportProbes('gate', sample.probes) })));
  const { open } = await readAlerts(infra.alertsDir);
  return {
    app: app.name,
    wanted: app.wanted,
    ...found,
    probes: [...(samples.at(-1)?.probes ?? []), ...reportProbes('confirm', confirmed?.probes ?? [])],
    alerts: open.filter((alert) => alert.app === app.name),
    controls: [...judgeConditions(infra, app), ...(await readControlReports(infra.stateDir, app))],
    gate: gateDigest(app.gate),
    samples,
  };
}
