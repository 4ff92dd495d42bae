import { raiseAlert } from '../alerts/raise-alert.ts';
import { gateDigest } from '../evidence/gate-digest.ts';
import type { GateEnd, LoopRules, Outcome } from '../loop/types.ts';
import { runLoop } from '../loop/run-loop.ts';
import type { Order } from '../order/types.ts';
import { completeName } from '../order/unit-names.ts';
import type { ProbeVerdict } from '../probes/types.ts';
import type { App } from '../spec/types.ts';
import { readState } from '../state/state-file.ts';
import { takeLock } from '../../durable/lock.ts';
import { sweepTemporaries } from '../../durable/replace-file.ts';
import type { AppState } from '../state/types.ts';
import { portsFor } from './app-ports.ts';
import type { RunNotes } from './app-ports.ts';
import { askGate } from './ask-gate.ts';
import { confirm } from './confirm.ts';
import { exitOfOutcome, exits, worstExit } from './exits.ts';
import { findToothlessGate } from './judge-gates.ts';
import { lockedBy } from './locked.ts';
import { recordRun } from './record-run.ts';
import { reportApp } from './report-app.ts';
import { restoreBroken } from './restore-pending.ts';
import { selectApps } from './select-apps.ts';
import type { AppReport, Infra, InfraResult, Problem } from './types.ts';

export interface ReconcileData {
  apps: AppReport[];
  /** Id of the line of evidence; null when none was written. */
  evidence: string | null;
}

/** Brings every app to its wanted version, or back. One run at a time for a state folder: the second gets exit 75. Exit 0 when all
 *  are committed or need nothing, 1 held, rolled back, unhealthy or refused, 2 for an unknown app or a state that cannot be relied
 *  on, 3 conflict or unknown, 5 stuck. */
export async function reconcile(infra: Infra, names: readonly string[]): Promise<InfraResult<ReconcileData>> {
  const { apps, problems } = selectApps(infra, names);
  if (problems.length > 0) return { exit: exits.unreadable, data: { apps: [], evidence: null }, problems };
  const lock = await takeLock(infra.stateDir);
  if (!lock.held) return { exit: exits.locked, data: { apps: [], evidence: null }, problems: [lockedBy(infra, lock.holder)] };
  try {
    sweepTemporaries(infra.stateDir);
    problems.push(...(await restoreBroken(infra)));
    const order = await infra.readOrder();
    const reports: AppReport[] = [];
    for (const app of apps) {
      const done = await reconcileApp(infra, app, order);
      reports.push(done.report);
      if (done.problem !== null) problems.push(done.problem);
    }
    const evidence = await recordRun(infra, 'reconcile', reports);
    const codes = reports.flatMap(({ outcome }) => (outcome === null ? [] : [exitOfOutcome[outcome]]));
    return { exit: worstExit(codes, problems), data: { apps: reports, evidence }, problems };
  } finally {
    await lock.release();
  }
}

interface AppDone {
  report: AppReport;
  problem: Problem | null;
}

async function reconcileApp(infra: Infra, app: App, order: Order): Promise<AppDone> {
  const notes: RunNotes = { reports: [], raised: [] };
  const reading = await readState(infra.stateDir, app.name);
  const done = async (outcome: Outcome | null, why: string, state: AppState | null): Promise<AppReport> => {
    // Only where something was committed or stands, and never in a run that was asked to stop, can the dependents be expected to be well.
    const settled = (outcome === 'committed' || outcome === 'noop') && !infra.stop.aborted;
    const confirmed = settled ? await confirm(infra, app, state?.last_good ?? null) : null;
    infra.say(`${app.name}: ${outcome ?? 'no outcome'}: ${why}`);
    return reportApp(infra, app, { outcome, why, verdict: verdictOf(notes.reports.at(-1)?.end), reports: notes.reports, confirmed: confirmed?.round ?? null, order: order.answer, state });
  };
  if (!reading.ok) {
    const message = `${reading.path} ${reading.why}`;
    return { report: await done(null, message, null), problem: { rule: 'unreadable', message, next: `Run: docket infra state repair ${app.name}`, path: reading.path, line: null, column: null } };
  }
  const { state } = reading;
  const refusal = await refuse(infra, app, order, state);
  if (refusal !== null) return { report: await done('refused', refusal, state), problem: null };
  if (app.driver === null || app.wanted === null) {
    if (app.gate.length === 0) return { report: await done(null, 'neither deployed nor asked', state), problem: null };
    const gate = await askGate(infra, app, app.wanted, false);
    notes.reports.push(gate);
    return { report: await done(outcomeOfGate[gate.end], gate.why, state), problem: null };
  }
  const rules: LoopRules = { wanted: app.wanted, stateful: app.rollback.stateful };
  const result = await runLoop(state, rules, portsFor(infra, app, app.driver, notes));
  return { report: await done(result.outcome, result.why, result.state), problem: null };
}

/** An app without a driver is only looked at. */
const outcomeOfGate: Record<GateEnd, Outcome> = { pass: 'noop', fail: 'unhealthy', unknown: 'unknown', deadlock: 'deadlock', stopped: 'interrupted' };

function verdictOf(end: GateEnd | undefined): ProbeVerdict | null {
  if (end === undefined) return null;
  return end === 'pass' || end === 'fail' ? end : 'unknown';
}

/** Why nothing may be deployed at all; null when it may. A cycle is alerted: on a cold boot nobody would see why it hangs. */
async function refuse(infra: Infra, app: App, order: Order, state: AppState): Promise<string | null> {
  const toothless = findToothlessGate(app);
  if (toothless !== null) return toothless;
  const cycle = order.cycles[0];
  if (cycle === undefined) return null;
  const why = `the order is a cycle: ${cycle.path.join(' → ')}; ${cycle.proposal}`;
  const own = app.runsIn === null ? null : completeName(app.runsIn);
  if (own !== null && order.cycles.some(({ path }) => path.includes(own))) {
    const request = { app: app.name, reason: 'gate-cycle', version: app.wanted ?? '', lastGood: state.last_good, detail: why, gate: gateDigest(app.gate), suppressedBy: null, countFor: infra.run.id, isNewFault: true } as const;
    await raiseAlert(infra.alertsDir, request, infra.clock.wall());
  }
  return why;
}
