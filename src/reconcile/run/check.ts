import { countPasses, forgetPasses } from '../alerts/close-alert.ts';
import { gateDigest } from '../evidence/gate-digest.ts';
import type { GateReport } from '../loop/await-gate.ts';
import { describe } from '../loop/await-gate.ts';
import type { Order } from '../order/types.ts';
import type { App } from '../spec/types.ts';
import { readState } from '../state/state-file.ts';
import { askRound } from './ask-gate.ts';
import { confirm } from './confirm.ts';
import { exits, worstExit } from './exits.ts';
import { findToothlessGate } from './judge-gates.ts';
import { recordRun } from './record-run.ts';
import { restorePending } from './restore-pending.ts';
import { reportApp } from './report-app.ts';
import { selectApps } from './select-apps.ts';
import type { AppReport, Infra, InfraResult } from './types.ts';

export interface CheckData {
  apps: AppReport[];
  /** Id of the line of evidence. */
  evidence: string | null;
}

/** Asks every gate once, for the wanted version, all apps at a time, and deploys nothing. Exit 0 when all pass; 1 when one fails,
 *  cannot fail, or waits in a cycle; 3 when one could not be asked; 2 for an unknown app or an unreadable state. */
export async function checkInfra(infra: Infra, names: readonly string[]): Promise<InfraResult<CheckData>> {
  const { apps, problems } = selectApps(infra, names);
  if (problems.length > 0) return { exit: exits.unreadable, data: { apps: [], evidence: null }, problems };
  problems.push(...(await restorePending(infra)));
  const order = await infra.readOrder();
  const checked = await Promise.all(apps.map((app) => checkApp(infra, app, order)));
  const evidence = await recordRun(infra, 'check', checked.map(({ report }) => report));
  problems.push(...checked.flatMap(({ problem }) => problem ?? []));
  const exit = worstExit(checked.map(({ exit }) => exit), problems);
  return { exit, data: { apps: checked.map(({ report }) => report), evidence }, problems };
}

async function checkApp(infra: Infra, app: App, order: Order) {
  const { clock, alertsDir, stateDir } = infra;
  const began = clock.monotonic();
  const round = app.gate.length === 0 ? null : await askRound(infra, app, app.gate, app.wanted);
  const ms = clock.monotonic() - began;
  const reading = await readState(stateDir, app.name);
  const state = reading.ok ? reading.state : null;
  const gate = gateDigest(app.gate);
  if (round?.verdict === 'fail') await forgetPasses(alertsDir, app.name, gate);
  // A pass counts towards closing an alert only where it is the wanted version's: after a rollback the alert stands.
  const isAtRest = state !== null && state.phase === 'idle' && (app.wanted === null || !state.bad.includes(app.wanted));
  if (round?.verdict === 'pass' && isAtRest) await countPasses(alertsDir, { app: app.name, gate, passes: 1, consecutive: app.timing.consecutive }, clock.wall());
  const confirmed = await confirm(infra, app, state?.last_good ?? null);

  const reports: GateReport[] = round === null ? [] : [{ end: round.verdict, why: describe(round), samples: [{ verdict: round.verdict, rounds: 1, firstMs: ms, lastMs: ms, probes: round.probes }] }];
  const toothless = findToothlessGate(app);
  const unconfirmed = confirmed !== null && confirmed.round.verdict === 'fail' && !confirmed.explained;
  const whys = [
    ...(round === null || round.verdict === 'pass' ? [] : [describe(round)]),
    ...(toothless === null ? [] : [toothless]),
    ...(unconfirmed ? [describe(confirmed.round)] : []),
    ...(order.answer === 'cycle' ? ['the order is a cycle'] : []),
  ];
  const failed = round?.verdict === 'fail' || toothless !== null || unconfirmed || order.answer === 'cycle';
  const exit = failed ? exits.no : round?.verdict === 'unknown' ? exits.undetermined : exits.yes;
  const report = await reportApp(infra, app, { outcome: null, why: whys.join('; ') || null, verdict: round?.verdict ?? null, reports, confirmed: confirmed?.round ?? null, order: order.answer, state });
  const problem = reading.ok ? null : ({ rule: 'unreadable', message: `${reading.path} ${reading.why}`, next: `Run: docket infra state repair ${app.name}`, path: reading.path, line: null, column: null } as const);
  return { report, exit, problem };
}
