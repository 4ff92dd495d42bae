import type { BreakResult } from '../controls/break-result.ts';
import { runDestructiveControl } from '../controls/destructive.ts';
import type { BreakPorts } from '../controls/destructive.ts';
import type { Dependent } from '../controls/differential.ts';
import { runDifferentialControl } from '../controls/differential.ts';
import { runLoopbackControls } from '../controls/loopback.ts';
import { forgetRestore, rememberRestore } from '../controls/pending-restore.ts';
import { commandLimits } from '../drivers/command-limits.ts';
import { runArgv } from '../drivers/run-argv.ts';
import { gateDigest } from '../evidence/gate-digest.ts';
import type { Order } from '../order/types.ts';
import { completeName } from '../order/unit-names.ts';
import type { App } from '../spec/types.ts';
import { takeLock } from '../../durable/lock.ts';
import { readState } from '../state/state-file.ts';
import { askGate, askRound } from './ask-gate.ts';
import type { KeptControl } from './control-reports.ts';
import { keepControlReports } from './control-reports.ts';
import { exits, worstExit } from './exits.ts';
import { findToothlessGate } from './judge-gates.ts';
import { lockedBy } from './locked.ts';
import { recordRun } from './record-run.ts';
import { reportApp } from './report-app.ts';
import { restoreBroken } from './restore-pending.ts';
import { selectApps } from './select-apps.ts';
import type { AppReport, Exit, Infra, InfraResult } from './types.ts';

export interface ControlsData {
  apps: AppReport[];
  evidence: string | null;
}

/** Shows that gates can fail. Always: their conditions against results that nobody saw, and their probes against loopback ports.
 *  For the apps in `mayBreak` also: broken and restored; and, where all apps that start after it may be broken as well, without
 *  those. Exit 0 when every control that was run says so, 1 when one does not, 3 when one could not be judged, 5 when something
 *  is broken and could not be restored. */
export async function runControls(infra: Infra, names: readonly string[], mayBreak: readonly string[]): Promise<InfraResult<ControlsData>> {
  const { apps, problems } = selectApps(infra, names);
  problems.push(...selectApps(infra, mayBreak).problems);
  if (problems.length > 0) return { exit: exits.unreadable, data: { apps: [], evidence: null }, problems };
  const lock = await takeLock(infra.stateDir);
  if (!lock.held) return { exit: exits.locked, data: { apps: [], evidence: null }, problems: [lockedBy(infra, lock.holder)] };
  try {
    problems.push(...(await restoreBroken(infra)));
    const order = mayBreak.length > 0 ? await infra.readOrder() : null;
    const reports: AppReport[] = [];
    const codes: Exit[] = [];
    for (const app of apps) {
      const results = [...(await runHarmless(infra, app)), ...(order !== null && mayBreak.includes(app.name) ? await runBreaking(infra, app, order, mayBreak) : [])];
      if (results.length > 0) await keepControlReports(infra.stateDir, app.name, results);
      const toothless = findToothlessGate(app);
      codes.push(...results.map(({ verdict }) => exitOfVerdict(verdict)), toothless === null ? exits.yes : exits.no);
      reports.push(await report(infra, app, order, toothless));
    }
    const evidence = await recordRun(infra, 'controls', reports);
    return { exit: worstExit(codes, problems), data: { apps: reports, evidence }, problems };
  } finally {
    await lock.release();
  }
}

async function report(infra: Infra, app: App, order: Order | null, why: string | null): Promise<AppReport> {
  const reading = await readState(infra.stateDir, app.name);
  return reportApp(infra, app, { outcome: null, why, verdict: null, reports: [], confirmed: null, order: order?.answer ?? null, state: reading.ok ? reading.state : null });
}

async function runHarmless(infra: Infra, app: App): Promise<KeptControl[]> {
  if (app.gate.length === 0) return [];
  infra.say(`${app.name}: loopback controls`);
  const results = await runLoopbackControls(app, { clock: infra.clock, timeoutMs: app.timing.timeoutMs, cwd: infra.root, signal: infra.stop });
  return results.map(({ name, verdict, why }) => keep(infra, app, { name, kind: 'loopback', verdict, why }));
}

async function runBreaking(infra: Infra, app: App, order: Order, mayBreak: readonly string[]): Promise<KeptControl[]> {
  const results: BreakResult[] = [];
  for (const control of app.negativeControls) {
    if (infra.stop.aborted) break;
    infra.say(`${app.name}: control ${control.name}`);
    results.push(await runDestructiveControl(control, portsFor(infra, app)));
    // Nothing more is broken where something is broken already.
    if (results.at(-1)?.verdict === 'not-restored') break;
  }
  const dependents = findDependents(infra, app, order);
  const whole = !infra.stop.aborted && results.every(({ verdict }) => verdict !== 'not-restored');
  if (whole && dependents.length > 0 && dependents.every(({ name }) => mayBreak.includes(name))) {
    infra.say(`${app.name}: without ${dependents.map(({ name }) => name).join(', ')}`);
    results.push(await runDifferentialControl(() => askGate(infra, app, app.wanted, false), dependents.map((dependent) => asDependent(infra, dependent))));
  }
  return results.map((result) => keep(infra, app, result));
}

function keep(infra: Infra, app: App, result: Omit<KeptControl, 'gate' | 'at'>): KeptControl {
  return { ...result, gate: gateDigest(app.gate), at: infra.clock.wall().toISOString() };
}

function asDependent(infra: Infra, app: App): Dependent {
  return { app: app.name, control: app.negativeControls[0] ?? null, ports: portsFor(infra, app) };
}

/** The apps whose unit waits, directly or through others, for the unit of `app`. */
function findDependents(infra: Infra, app: App, order: Order): App[] {
  if (app.runsIn === null) return [];
  const own = completeName(app.runsIn);
  const waiting = new Set([own]);
  for (const unit of waiting) for (const { from, to } of order.edges) if (to === unit) waiting.add(from);
  return infra.spec.apps.filter(({ name, runsIn }) => name !== app.name && runsIn !== null && completeName(runsIn) !== own && waiting.has(completeName(runsIn)));
}

function portsFor(infra: Infra, app: App): BreakPorts {
  const { clock, stop, root, stateDir } = infra;
  return {
    clock,
    stop,
    timing: app.timing,
    awaitGate: () => askGate(infra, app, app.wanted, false),
    askRound: () => askRound(infra, app, app.gate, app.wanted),
    run: (argv) => runArgv(argv, { cwd: root, limitMs: commandLimits.short, clock }),
    remember: ({ name, restore }) => rememberRestore(stateDir, { app: app.name, control: name, restore }),
    forget: () => forgetRestore(stateDir, app.name),
  };
}

const exitsByVerdict: Record<string, Exit> = {
  proven: exits.yes,
  // What could not be put on trial in this way may be on trial in another.
  void: exits.yes,
  toothless: exits.no,
  dependent: exits.no,
  'pre-red': exits.no,
  inconclusive: exits.undetermined,
  'not-restored': exits.stuck,
};

function exitOfVerdict(verdict: string): Exit {
  return exitsByVerdict[verdict] ?? exits.undetermined;
}
