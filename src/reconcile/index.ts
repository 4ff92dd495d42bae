/** The reconciler as a library: reads a specification, probes, judges, orders, deploys and rolls back. */
export type { Clock } from './clock.ts';
export { sleep, systemClock } from './clock.ts';
export type * from './spec/types.ts';
export type * from './probes/types.ts';
export { readSpec } from './spec/read-spec.ts';
export { bindArgv, bindProbe, splitVersion, substituteVersion } from './spec/versions.ts';
export type { ProbeContext } from './probes/attempt.ts';
export { judgeProbe } from './probes/judge-probe.ts';
export { judgeRound, runProbe, runProbes } from './probes/run-probes.ts';
export type * from './order/types.ts';
export { runStaticControl, type StaticControl } from './controls/static.ts';
export { runLoopbackControls, type LoopbackControl } from './controls/loopback.ts';
