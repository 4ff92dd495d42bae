/**
 * The reconciler as a library (`docket/reconcile`): it probes, judges, orders, deploys and rolls back, and knows no markdown.
 *
 *     const opened = await openInfra({ file: '/srv/host/infra.yaml', shownAs: 'infra.yaml', root: '/srv/host', env: process.env });
 *     if (!opened.ok) throw new Error(opened.problems.map(({ path, line, message, next }) => `${path}:${line}: ${message}. ${next}`).join('\n'));
 *     const { exit, data } = await reconcile(opened.infra, []);
 *     for (const { app, outcome, why } of data.apps) console.log(app, outcome, why);
 *
 * Functions that work on an opened specification give `{exit, data, problems}`, with `exit` as docket's commands end, and reject only for a bug.
 * Those that only read (`readSpec`, `readOrder`, `inspectSpec`, `runStaticControl`, `judgeProbe`) are functions of what they are given.
 */

// The specification: what `infra.yaml` says, checked, with the place of everything.
export type * from './spec/types.ts';
export { readSpec } from './spec/read-spec.ts';
export { bindArgv, bindProbe, splitVersion, substituteVersion } from './spec/versions.ts';
export { inspectSpec, findFaults, type Inspection, type SpecFault } from './inspect/find-faults.ts';

// Probes: ask, and hold the answer against conditions.
export type * from './probes/types.ts';
export type { ProbeContext } from './probes/attempt.ts';
export { judgeProbe } from './probes/judge-probe.ts';
export { judgeRound, runProbe, runProbes } from './probes/run-probes.ts';

// Order: what waits for what, and the gates that wait for what waits for them.
export type * from './order/types.ts';
export { readOrder } from './order/read-order.ts';
export { findNeighbours, listUnits } from './order/neighbourhood.ts';
export { drawDot, drawMermaid } from './order/draw-order.ts';
export { baseOf, matchPaths } from './order/globs.ts';
export { readWorkingTree } from './order/working-tree.ts';
export { findDeadlock } from './deadlock/find-deadlock.ts';

// Negative controls: a gate must be able to fail.
export { runStaticControl, type StaticControl } from './controls/static.ts';
export { runLoopbackControls, type LoopbackControl } from './controls/loopback.ts';
export { gateDigest } from './evidence/gate-digest.ts';

// A specification on a machine: check, reconcile, controls, alerts, state.
export type * from './run/types.ts';
export { openInfra, type InfraOptions, type OpenedInfra } from './run/open-infra.ts';
export { checkInfra, type CheckData } from './run/check.ts';
export { reconcile, type ReconcileData } from './run/reconcile.ts';
export { runControls, type ControlsData } from './run/controls.ts';
export { closeOneAlert, listAlerts, type AlertsData, type ClosingData } from './run/alerts.ts';
export { repairApp, resumeApp, retryApp, showState, type StateChangeData, type StateData } from './run/state.ts';
export type { Clock } from './clock.ts';
export { systemClock } from './clock.ts';
export type { AlertReason, Deployed, GateEnd, Outcome, Saw } from './loop/types.ts';
export type { GateSample } from './loop/await-gate.ts';
export type { AppState, Attempt, LoopPhase } from './state/types.ts';
export type { Alert, Closing, Severity } from './alerts/types.ts';
export type { ClosingRequest } from './alerts/close-alert.ts';
export { readAlerts, type AlertFolder } from './alerts/alert-file.ts';
export { evidencePath, isIntact, type EvidenceLine } from './evidence/evidence-log.ts';

// Drivers: the ways to a running service.
export type { DriverHandle } from './drivers/types.ts';
export { openDriver, type DriverSetting } from './drivers/open-driver.ts';
